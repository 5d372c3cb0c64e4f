// delete_record_links(ids) -> [count]
// Takes away what these records state: their links and parts, and others' parts in them. The nodes stay.
UNWIND $ids AS id
MATCH (n:Record {id: id})
CALL (n) { OPTIONAL MATCH (n)-[r]->(:Record) WHERE type(r) <> 'TOOK_PART' DELETE r }
CALL (n) { OPTIONAL MATCH (n)<-[r:TOOK_PART]-() DELETE r }
CALL (n) { OPTIONAL MATCH (n)-->(p:Part) DETACH DELETE p }
RETURN count(*) AS count
