// record_versions() -> [name]
// Records that the versions of nodes are stored for the graph as it is, how many sources it has, and how many without a publication date.
MATCH (g:Graph {name: 'detention-graph'})
SET g.has_versions = true,
    g.sources = COUNT { MATCH (:Source) },
    g.undated_sources = COUNT { MATCH (s:Source) WHERE s.published IS NULL }
RETURN g.name AS name
