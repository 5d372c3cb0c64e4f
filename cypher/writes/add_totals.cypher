// add_totals(rows) -> [count]
// Adds numbers of people and events to totals, which may be less than zero; a row is {id, properties, people, events}. A total of nothing goes.
UNWIND $rows AS row
MERGE (t:Total {id: row.id})
ON CREATE SET t += row.properties, t.people = 0, t.events = 0
SET t.people = t.people + row.people, t.events = t.events + row.events
WITH t, t.people = 0 AND t.events = 0 AS is_empty
CALL (t, is_empty) { WITH t WHERE is_empty DELETE t }
RETURN count(*) AS count
