// withheld_ids() -> [id]
// The ids that every load refuses: digests of them, in graphs of earlier versions the ids themselves.
MATCH (n:Withheld)
RETURN n.id AS id
