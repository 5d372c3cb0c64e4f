// withheld_ids() -> [id]
// The ids that every load refuses.
MATCH (n:Withheld)
RETURN n.id AS id
