// delete_totals() -> [count]
// Deletes all stored totals.
MATCH (t:Total)
DELETE t
RETURN count(*) AS count
