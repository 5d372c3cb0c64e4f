// events_at_several_places(ids) -> [id]
// Events at these places, or at places within them, and at other places as well.
// Whether these exclude each other depends on which place lies in which.
UNWIND $ids AS id
MATCH (n:Place {id: id})<-[:WITHIN*0..8]-(:Place)<-[:IN]-(e:Event)
WHERE COUNT { (e)-[:IN]->(:Place) } > 1
RETURN DISTINCT e.id AS id
