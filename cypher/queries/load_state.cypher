// load_state() -> [audience, loads, version, loading, content_hash]
// The audience of the graph (null where nothing was loaded), how many loads changed it, and the version that wrote last.
// Then the group of loads of which it holds a part only (null where none is under way), and the content hash that the last load stored.
OPTIONAL MATCH (g:Graph {name: 'detention-graph'})
RETURN g.audience AS audience, coalesce(g.loads, 0) AS loads, g.version AS version, g.loading AS loading, g.content_hash AS content_hash
