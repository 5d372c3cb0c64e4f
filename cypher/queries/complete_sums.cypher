// complete_sums() -> [figure, quantity, parts]
// The figures whose parts are said to be all of it, each with the ids, quantities, sexes and categories of these parts.
MATCH (f:Figure)
WHERE f.parts_complete
RETURN f.id AS figure, f.quantity AS quantity,
       COLLECT { MATCH (f)<-[:TOTAL]-(p:Figure) RETURN [p.id, p.quantity, p.sex, p.category] ORDER BY p.id } AS parts
