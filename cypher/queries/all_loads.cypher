// all_loads() -> [id, files]
// The files of every load.
MATCH (l:Load)
RETURN l.id AS id, l.files AS files ORDER BY id
