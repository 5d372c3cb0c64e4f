// stored_content_hash() -> [content_hash]
// The content hash that the last load recorded; null where none did.
OPTIONAL MATCH (g:Graph {name: 'detention-graph'})
RETURN g.content_hash AS content_hash
