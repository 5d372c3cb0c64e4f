// all_events() -> [ids]
// The ids of all events.
RETURN COLLECT { MATCH (e:Event) RETURN e.id } AS ids
