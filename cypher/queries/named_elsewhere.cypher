// named_elsewhere(ids, read) -> [id]
// Those of these records that claims about other records than those that were read name, cite or let speak.
UNWIND $ids AS id
MATCH (n:Record {id: id})
WHERE EXISTS { (n)<-[:NAMES|CITES|SAID_BY]-(c:Claim) WHERE NOT c.record IN $read }
RETURN id
