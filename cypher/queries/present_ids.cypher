// present_ids(ids) -> [ids]
// The ids of the records that had these ids before, each as a pair.
RETURN COLLECT { UNWIND $ids AS id MATCH (f:FormerId {id: id}) RETURN [f.id, f.record] } AS ids
