// write_claim_decisions(rows) -> [count]
// Stores what the projection found about claims: since when known, which values are shown, why; a row is {id, since, preferred, because}.
UNWIND $rows AS row
MATCH (c:Claim {id: row.id})
SET c.since = row.since, c.preferred = row.preferred, c.because = row.because
RETURN count(c) AS count
