// location_kinds(ids) -> [id, kind]
// The kind of each of these places; SITE for a site.
UNWIND $ids AS id
MATCH (n:Site|Place {id: id})
RETURN n.id AS id, CASE WHEN n:Site THEN 'SITE' ELSE n.kind END AS kind
