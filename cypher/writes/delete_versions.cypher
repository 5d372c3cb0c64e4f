// delete_versions(most) -> [count]
// Removes versions of nodes, at most so many; without all of them the graph does not answer as of a day.
OPTIONAL MATCH (g:Graph {name: 'detention-graph'})
REMOVE g.has_versions, g.sources, g.undated_sources
WITH count(*) AS graphs
CALL () { MATCH (n:AsOf) WITH n LIMIT $most DETACH DELETE n RETURN count(*) AS count }
RETURN count
