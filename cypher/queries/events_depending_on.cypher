// events_depending_on(ids) -> [event]
// The events of which a total may change with these records: those at a place or site, of a court or authority, and on the word of a source.
UNWIND $ids AS id
MATCH (x:Record {id: id})
WHERE x:Place OR x:Site OR x:Organization OR x:Source
CALL (x) {
  MATCH (x)<-[:AT|IN|WITHIN|FROM_SITE|TO_SITE|FROM_PLACE|TO_PLACE*1..8]-(e:Event) RETURN e
  UNION
  MATCH (x)<-[:COURT|AUTHORITY|CITES]-(e:Event) RETURN e
}
RETURN DISTINCT e.id AS event
