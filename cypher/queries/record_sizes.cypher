// record_sizes() -> [type, records, events, all_events, participants, all_participants, parts, all_parts]
// How many records there are of each type, and of each list of theirs the longest one and all together.
MATCH (n:Record)
WITH n.type AS type, COUNT { (n)-[:TOOK_PART]->() } AS events, COUNT { (n)<-[:TOOK_PART]-() } AS participants,
     COUNT { (n)<-[:PART_OF]-() } AS parts
RETURN type, count(*) AS records, max(events) AS events, sum(events) AS all_events, max(participants) AS participants,
       sum(participants) AS all_participants, max(parts) AS parts, sum(parts) AS all_parts
