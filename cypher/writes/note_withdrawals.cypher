// note_withdrawals(rows) -> [count]
// Notes why ids are withheld, one word of a closed list; a row is {id, reason}.
UNWIND $rows AS row
MATCH (w:Withheld {id: row.id})
SET w.reason = row.reason
RETURN count(w) AS count
