// replace_withheld_ids(rows) -> [count]
// Replaces digests of withheld ids by others of the same ids; a row is {old, new}.
UNWIND $rows AS row
MATCH (w:Withheld {id: row.old})
MERGE (k:Withheld {id: row.new})
SET k.reason = coalesce(k.reason, w.reason)
DELETE w
RETURN count(*) AS count
