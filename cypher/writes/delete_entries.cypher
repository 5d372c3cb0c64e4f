// delete_entries(ids) -> [count]
// Takes out those of these seed entries of which no claim is left.
UNWIND $ids AS id
OPTIONAL MATCH (e:Entry {id: id}) WHERE NOT EXISTS { (:Claim {unit: id}) }
DELETE e
RETURN count(*) AS count
