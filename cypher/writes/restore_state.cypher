// restore_state(row) -> [name]
// Stores what a backup notes of the whole graph. The version of the rules stays out, so that the records count as not computed yet.
MERGE (g:Graph {name: 'detention-graph'})
SET g.audience = $row.audience, g.loads = $row.loads, g.content_version = $row.content_version, g.version = $row.version,
  g.loading = $row.loading
RETURN g.name AS name
