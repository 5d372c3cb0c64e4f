// all_records(after, limit) -> [id]
// The ids of all records in order, a page at a time.
MATCH (n:Record) WHERE n.id > $after
RETURN n.id AS id ORDER BY n.id LIMIT $limit
