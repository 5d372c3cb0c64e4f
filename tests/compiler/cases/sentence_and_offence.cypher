RETURN [COLLECT {
MATCH (n0:Event)
WHERE (any(n1 IN coalesce(n0.offence_articles, [])
WHERE n1 = $p0) AND n0.in_absentia = $p1 AND (any(n2 IN coalesce(n0.offence_codes, [])
WHERE toLower(n2) CONTAINS toLower($p2) AND toLower(n2) STARTS
WITH toLower($p3)) OR any(n3 IN coalesce(n0.offence_texts, [])
WHERE toLower(n3) CONTAINS toLower($p4) AND toLower(n3) STARTS
WITH toLower($p5))) AND (n0.sentence_kind = $p6 OR n0.sentence_high >= $p7) AND n0.sentence_low <= $p8 AND n0.announced = $p9) AND n0.id > $p10
WITH n0 ORDER BY n0.id LIMIT $p11
RETURN [n0.id] }, null] AS row
