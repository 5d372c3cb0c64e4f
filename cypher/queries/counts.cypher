// counts() -> [figure, quantity, scope, about, total, side]
// All figures about records, with what each counts, the total of which it is a part, and the side of an exchange to which its speaker belongs.
MATCH (f:Figure)
WHERE EXISTS { (f)-[:ABOUT]->() }
RETURN f.id AS figure, f.quantity AS quantity,
       [f.measure, f.category, f.sex, f.nationality, f.as_of, f.`from`, f.until,
        COLLECT { MATCH (f)-[:FIGURE_SIDE]->(a) RETURN a.id ORDER BY a.id },
        COLLECT { MATCH (f)-[:INCLUDES]->(a) RETURN a.id ORDER BY a.id },
        COLLECT { MATCH (f)-[:EXCLUDES]->(a) RETURN a.id ORDER BY a.id }] AS scope,
       COLLECT { MATCH (f)-[:ABOUT]->(a) RETURN a.id ORDER BY a.id } AS about,
       head(COLLECT { MATCH (f)-[:TOTAL]->(t) RETURN t.id }) AS total,
       head(COLLECT {
         MATCH (f)-[:SAID_BY]->(w), (f)-[:ABOUT]->(:Exchange)-[:SIDE]->(a)
         WHERE w = a OR coalesce(w.country, w.code) = a.code
         RETURN a.id ORDER BY a.id
       }) AS side
