// dated_claims(ids) -> [event, claim, date, published]
// Of these events, the claims whose date may be after the day on which their source was published; texts of dates are compared roughly.
UNWIND $ids AS id
MATCH (e:Event {id: id})
MATCH (c:Claim {subject: e.id})-[:CITES]->(s:Source)
WHERE s.published IS NOT NULL AND NOT coalesce(c.announced, false) AND c.reason IS NULL AND 'date' IN c.properties
WITH e, c, s, head([i IN range(0, size(c.properties) - 1) WHERE c.properties[i] = 'date']) AS index
WHERE c.values[index] > '"' + s.published
RETURN e.id AS event, c.id AS claim, c.values[index] AS date, s.published AS published
