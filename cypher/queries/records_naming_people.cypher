// records_naming_people(ids) -> [id]
// What can link these people to a site.
// Their events, what these are part of or are named by, their groups with the events of those, and records about them.
UNWIND $ids AS id
MATCH (p:Person {id: id})
CALL (p) {
  MATCH (p)-[:TOOK_PART]->(n:Event) RETURN n.id AS other
  UNION
  MATCH (p)-[:TOOK_PART]->(:Event)-[:PART_OF]->{1,12}(n:Event) RETURN n.id AS other
  UNION
  MATCH (p)-[:TOOK_PART]->(:Event)<-[:PART_OF|ABOUT|OF|TRIAL|OUTCOME]-(n:Record) RETURN n.id AS other
  UNION
  MATCH (p)<-[:ABOUT|MEMBER|INCLUDES|EXCLUDES|UNCLEAR]-(n:Record) RETURN n.id AS other
  UNION
  MATCH (p)<-[:MEMBER]-(:Group)-[:TOOK_PART]->(n:Event) RETURN n.id AS other
}
RETURN DISTINCT other AS id
