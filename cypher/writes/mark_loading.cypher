// mark_loading(group) -> [name]
// Notes the group of loads that is under way in blocks: until its last block the graph holds a part of it. Null: none is.
MERGE (g:Graph {name: 'detention-graph'}) SET g.loading = $group
RETURN g.name AS name
