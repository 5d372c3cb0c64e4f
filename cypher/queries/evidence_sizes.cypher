// evidence_sizes() -> [type, claims, all_claims, citations, all_citations]
// Of the claims and citations about the records of each type the longest list and all together; without a type about parts of records.
MATCH (c:Claim)-[:ABOUT]->(n:Record)
WITH CASE WHEN c.subject = n.id THEN n.type END AS type, c.subject AS subject, sum(size(c.properties)) AS claims, count(*) AS citations
RETURN type, max(claims) AS claims, sum(claims) AS all_claims, max(citations) AS citations, sum(citations) AS all_citations
