// write_positions(rows) -> [count]
// Stores the position of events among those of a subject; a row is {subject, part, position}, without a position for events without order.
UNWIND $rows AS row
MATCH (:Record {id: row.subject})-[r:TOOK_PART {id: row.part}]->(:Event)
SET r.position = row.position
RETURN count(r) AS count
