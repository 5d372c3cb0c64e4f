// create_claim_citations(rows) -> [count]
// Stores where a claim stands; a row is {id, source, properties}.
UNWIND $rows AS row
MATCH (c:Claim {id: row.id})
MATCH (s:Source {id: row.source})
CREATE (c)-[x:CITES]->(s)
SET x = row.properties
RETURN count(x) AS count
