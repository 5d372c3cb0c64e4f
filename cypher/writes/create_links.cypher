// create_links(rows) -> [count]
// Stores links between records; a row is {start, type, end, properties}.
UNWIND $rows AS row
MATCH (a:Record {id: row.start})
MATCH (b:Record {id: row.end})
CREATE (a)-[r:$(row.type)]->(b)
SET r = row.properties
RETURN count(r) AS count
