// delete_compared_differences(kinds) -> [count]
// Takes away the differences of these kinds that were found by comparing all records with each other.
UNWIND $kinds AS kind
CALL (kind) { OPTIONAL MATCH (d:Difference {kind: kind}) WHERE d.id > '' AND d.event IS NULL AND d.compared DETACH DELETE d }
RETURN count(*) AS count
