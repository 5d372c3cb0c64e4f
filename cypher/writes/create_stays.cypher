// create_stays(rows) -> [count]
// Stores stays; a row is {subject, site, events, properties, claims}, where claims are those that it rests on, as {subject, properties}: all
// claims about a subject where properties is empty, else those that state one of them.
UNWIND $rows AS row
MATCH (who:Record {id: row.subject})
MATCH (site:Record {id: row.site})
CREATE (who)-[:STAYED]->(s:Stay)-[:STAY_AT]->(site)
SET s = row.properties, s.subject = row.subject
WITH s, row
CALL (s, row) {
  UNWIND row.events AS id
  MATCH (e:Record {id: id})
  CREATE (s)-[:FOLLOWS_FROM]->(e)
}
CALL (s, row) {
  UNWIND row.claims AS one
  MATCH (c:Claim {subject: one.subject}) USING INDEX SEEK c:Claim(subject)
  WHERE c.reason IS NULL AND (one.properties = [] OR any(name IN c.properties WHERE name IN one.properties))
  MERGE (s)-[:RELIES_ON]->(c)
}
RETURN count(s) AS count
