// withheld_ids() -> [id, reason]
// The ids that every load refuses: digests of them, in graphs of earlier versions the ids themselves; with the word of the reason, where one is noted.
MATCH (n:Withheld)
RETURN n.id AS id, n.reason AS reason
