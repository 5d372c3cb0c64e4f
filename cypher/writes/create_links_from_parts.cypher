// create_links_from_parts(rows) -> [count]
// Stores links from parts to records; a row is {start, type, end, properties}.
UNWIND $rows AS row
MATCH (a:Part {id: row.start})
MATCH (b:Record {id: row.end})
CREATE (a)-[r:$(row.type)]->(b)
SET r = row.properties
RETURN count(r) AS count
