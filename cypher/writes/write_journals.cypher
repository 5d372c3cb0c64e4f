// write_journals(rows) -> [count]
// Replaces what loads remember of what they removed; a row is {id, journal}.
UNWIND $rows AS row
MATCH (l:Load {id: row.id})
SET l.journal = row.journal
RETURN count(l) AS count
