// mark_replaced() -> [name]
// Notes that a new graph replaces this one: no load may change it any more.
MERGE (g:Graph {name: 'detention-graph'}) SET g.replaced = true
RETURN g.name AS name
