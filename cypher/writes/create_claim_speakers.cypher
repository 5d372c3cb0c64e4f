// create_claim_speakers(rows) -> [count]
// Stores whose words a claim is; a row is {id, who}.
UNWIND $rows AS row
MATCH (c:Claim {id: row.id})
MATCH (n:Record {id: row.who})
CREATE (c)-[x:SAID_BY]->(n)
RETURN count(x) AS count
