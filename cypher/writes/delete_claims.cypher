// delete_claims(ids) -> [count]
// Takes claims out that their seed entry no longer makes.
UNWIND $ids AS id
MATCH (c:Claim {id: id})
DETACH DELETE c
RETURN count(*) AS count
