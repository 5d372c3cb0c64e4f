// upgrade_state() -> [audience, content_version, version, records]
// What an upgrade compares: the audience, the version of the shipped seeds, the version of the program that wrote last, the count of records.
OPTIONAL MATCH (g:Graph {name: 'detention-graph'})
RETURN g.audience AS audience, g.content_version AS content_version, g.version AS version, COUNT { MATCH (:Record) } AS records
