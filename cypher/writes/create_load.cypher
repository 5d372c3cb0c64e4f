// create_load(row) -> [id]
// Notes a load: when, which files, how much.
CREATE (l:Load) SET l = $row, l.at = datetime()
RETURN l.id AS id
