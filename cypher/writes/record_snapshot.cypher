// record_snapshot(content_hash) -> [name]
// Records the content hash of the graph, and the last day on which somebody read a source: what a case file states of the graph it was made from.
// Where no source says when it was read, the day from which the newest one is known stands for it.
MATCH (g:Graph {name: 'detention-graph'})
WITH g, reduce(last = '', day IN COLLECT { MATCH (s:Source) WHERE s.retrieved IS NOT NULL RETURN DISTINCT toString(s.retrieved) } | CASE WHEN day > last THEN day ELSE last END) AS read
SET g.content_hash = $content_hash,
  g.known_to = CASE read WHEN '' THEN coalesce([day IN COLLECT { MATCH (s:Source) RETURN max(s.known_from) } WHERE day IS NOT NULL | toString(date('1970-01-01') + duration({days: day}))][0], '') ELSE read END
RETURN g.name AS name
