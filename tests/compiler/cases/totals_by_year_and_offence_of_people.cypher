RETURN [COLLECT {
MATCH (n0:Event)
WHERE n0.announced = $p0
WITH n0, coalesce(n0.offence_codes, []) AS n5
UNWIND CASE WHEN size(n5) = 0 THEN [null] ELSE n5 END AS n3
WITH n0, n3, CASE WHEN n0.date IS NOT NULL AND left(toString(date({year: 1970, month: 1, day: 1}) + duration({days: n0.date_lo})), 4) = left(toString(date({year: 1970, month: 1, day: 1}) + duration({days: n0.date_hi})), 4) THEN left(toString(date({year: 1970, month: 1, day: 1}) + duration({days: n0.date_lo})), 4) END AS n4
MATCH (n1:Person)-[n2:TOOK_PART {role: $p1}]->(n0)
WHERE n1.category IN $p2
WITH n3, n4, count(DISTINCT n1) AS people, count(DISTINCT n0) AS events
WITH n3, n4, people, events ORDER BY n3, n4 LIMIT $p3
RETURN [[[n3, []], [n4, []]], people, events, $p4] },
COUNT {
MATCH (n6:Event)
WHERE n6.announced = $p5
WITH n6, coalesce(n6.offence_codes, []) AS n11
UNWIND CASE WHEN size(n11) = 0 THEN [null] ELSE n11 END AS n9
WITH n6, n9, CASE WHEN n6.date IS NOT NULL AND left(toString(date({year: 1970, month: 1, day: 1}) + duration({days: n6.date_lo})), 4) = left(toString(date({year: 1970, month: 1, day: 1}) + duration({days: n6.date_hi})), 4) THEN left(toString(date({year: 1970, month: 1, day: 1}) + duration({days: n6.date_lo})), 4) END AS n10
MATCH (n7:Person)-[n8:TOOK_PART {role: $p6}]->(n6)
WHERE n7.category IN $p7
RETURN DISTINCT n9, n10 }] AS row
