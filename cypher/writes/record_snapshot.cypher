// record_snapshot(content_hash) -> [name]
// Records the content hash of the graph, and the last day on which somebody read a source: what a case file states of the graph it was made from.
MATCH (g:Graph {name: 'detention-graph'})
SET g.content_hash = $content_hash, g.known_to = reduce(last = '', day IN COLLECT { MATCH (s:Source) WHERE s.retrieved IS NOT NULL RETURN DISTINCT toString(s.retrieved) } | CASE WHEN day > last THEN day ELSE last END)
RETURN g.name AS name
