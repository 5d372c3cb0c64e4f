// record_content_version(content_version) -> [name]
// Records that the graph holds the shipped seeds of this version.
MERGE (g:Graph {name: 'detention-graph'}) SET g.content_version = $content_version
RETURN g.name AS name
