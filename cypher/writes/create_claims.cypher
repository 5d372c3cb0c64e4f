// create_claims(rows) -> [count]
// Stores claims; a row is {id, properties, record}.
UNWIND $rows AS row
MATCH (n:Record {id: row.record})
CREATE (c:Claim)-[:ABOUT]->(n)
SET c = row.properties, c.id = row.id
RETURN count(c) AS count
