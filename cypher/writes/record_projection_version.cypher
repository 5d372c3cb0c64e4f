// record_projection_version(version) -> [name]
// Records by which version of the rules the records of the graph were computed.
MERGE (g:Graph {name: 'detention-graph'}) SET g.projection = $version
RETURN g.name AS name
