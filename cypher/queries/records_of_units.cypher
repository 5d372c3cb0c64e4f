// records_of_units(ids) -> [record]
// All records about which these seed entries made claims: a judgement makes one about each record that it names.
UNWIND $ids AS id
MATCH (c:Claim {unit: id})
RETURN DISTINCT c.record AS record
