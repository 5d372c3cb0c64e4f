// restore_loads(rows) -> [count]
// Stores loads of a backup; a row is {id, at} with all else that is noted of a load.
UNWIND $rows AS row
CREATE (l:Load) SET l = row, l.at = datetime(row.at)
RETURN count(l) AS count
