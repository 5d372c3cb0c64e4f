// create_claim_references(rows) -> [count]
// Stores which records the values of a claim name; a row is {id, property, object}.
UNWIND $rows AS row
MATCH (c:Claim {id: row.id})
MATCH (n:Record {id: row.object})
CREATE (c)-[x:NAMES {property: row.property}]->(n)
RETURN count(x) AS count
