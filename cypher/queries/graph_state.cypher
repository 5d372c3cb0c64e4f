// graph_state() -> [audience, records, claims, loading]
// For whom the graph was loaded (null where nothing was), how much is in it, and the group of loads of which it holds a part only.
OPTIONAL MATCH (g:Graph {name: 'detention-graph'})
RETURN g.audience AS audience, COUNT { MATCH (:Record) } AS records, COUNT { MATCH (:Claim) } AS claims,
  g.loading AS loading
