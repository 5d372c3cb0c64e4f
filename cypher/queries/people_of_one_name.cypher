// people_of_one_name() -> [people]
// The people of each name that several people have in some spelling.
MATCH (p:Person)
UNWIND p.fold AS name
WITH name, collect(DISTINCT p.id) AS people
WHERE size(people) > 1
RETURN people ORDER BY name
