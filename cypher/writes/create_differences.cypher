// create_differences(rows) -> [count]
// Stores differences; a row is {id, kind, record, property, event, compared, between}, where between has {subject, property, claim} for each
// set of claims.
UNWIND $rows AS row
MATCH (n:Record {id: row.record})
MERGE (d:Difference {id: row.id})
SET d.kind = row.kind, d.property = row.property, d.event = row.event, d.compared = row.compared
MERGE (d)-[:DIFFERS_ON]->(n)
WITH d, row
CALL (d, row) {
  UNWIND row.between AS one
  MATCH (c:Claim {subject: one.subject}) USING INDEX SEEK c:Claim(subject)
  WHERE c.reason IS NULL AND one.property IN c.properties AND (one.claim IS NULL OR c.id = one.claim)
  WITH d, c, head([i IN range(0, size(c.properties) - 1) WHERE c.properties[i] = one.property]) AS index
  MERGE (d)-[b:BETWEEN]->(c)
  SET b.index = index
}
RETURN count(*) AS count
