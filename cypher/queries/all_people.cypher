// all_people() -> [ids]
// The ids of all people.
RETURN COLLECT { MATCH (p:Person) RETURN p.id } AS ids
