// write_statuses(rows) -> [count]
// Stores the status of people; a row is {person, properties, claims}, with the subject of each claim relied on and its record.
UNWIND $rows AS row
MATCH (p:Record {id: row.person})
SET p += row.properties
WITH p, row
CALL (p) { OPTIONAL MATCH (p)-[r:RELIES_ON]->() DELETE r }
CALL (p, row) {
  UNWIND row.subjects AS subject
  MATCH (c:Claim {subject: subject})
  CREATE (p)-[:RELIES_ON]->(c)
}
RETURN count(p) AS count
