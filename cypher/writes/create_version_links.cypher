// create_version_links(rows) -> [count]
// Relates versions of nodes; a row is {start, type, end, properties} with the keys of both.
UNWIND $rows AS row
MATCH (a:AsOf {as_of_key: row.start})
MATCH (b:AsOf {as_of_key: row.end})
CREATE (a)-[r:$(row.type)]->(b)
SET r = row.properties
RETURN count(r) AS count
