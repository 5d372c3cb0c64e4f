// create_links_to_parts(rows) -> [count]
// Stores links from records to their parts; a row is {start, type, end, properties}.
UNWIND $rows AS row
MATCH (a:Record {id: row.start})
MATCH (b:Part {id: row.end})
CREATE (a)-[r:$(row.type)]->(b)
SET r = row.properties
RETURN count(r) AS count
