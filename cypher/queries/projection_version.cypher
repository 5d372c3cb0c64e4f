// projection_version() -> [version, records]
// The version of the rules by which the records were computed (1 in graphs that do not tell), and the count of records.
OPTIONAL MATCH (g:Graph {name: 'detention-graph'})
RETURN coalesce(g.projection, 1) AS version, COUNT { MATCH (:Record) } AS records
