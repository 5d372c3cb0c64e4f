// graph_state() -> [audience, records, claims]
// For whom the graph was loaded (null where nothing was), and how much is in it.
OPTIONAL MATCH (g:Graph {name: 'detention-graph'})
RETURN g.audience AS audience, COUNT { MATCH (:Record) } AS records, COUNT { MATCH (:Claim) } AS claims
