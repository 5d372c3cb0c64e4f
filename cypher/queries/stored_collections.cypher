// stored_collections() -> [id, properties]
// What the declarations of all collections say.
MATCH (c:Collection)
RETURN c.id AS id, properties(c) AS properties
