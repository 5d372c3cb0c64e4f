// archived_state() -> [audience, loads, version, content_version, loading]
// What is noted of the whole graph; null where nothing was loaded.
OPTIONAL MATCH (g:Graph {name: 'detention-graph'})
RETURN g.audience AS audience, coalesce(g.loads, 0) AS loads, g.version AS version, g.content_version AS content_version,
  g.loading AS loading
