// loads_of_claims(ids) -> [id, load]
// The load that wrote each of these claims.
UNWIND $ids AS id
MATCH (c:Claim {id: id})
RETURN c.id AS id, c.load AS load
