// stored_totals() -> [id, people, events]
// All stored totals.
MATCH (t:Total)
RETURN t.id AS id, t.people AS people, t.events AS events
