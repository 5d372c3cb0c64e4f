RETURN [COLLECT {
CALL db.index.fulltext.queryNodes($p0, $p1) YIELD node AS n0, score AS n1
WITH n0, n1
WHERE n0:Person|Event
WITH n0, n1, reduce(most = 0.0, form IN [form IN n0.fold
WHERE all(keys IN $p4
WHERE any(key IN keys
WHERE key IN split(form, ' '))) AND all(keys IN $p5
WHERE any(word IN split(form, ' ')
WHERE any(key IN keys
WHERE word STARTS
WITH key))) AND all(sounds IN $p6
WHERE any(word IN split(form, ' ')
WHERE any(sound IN sounds
WHERE word STARTS
WITH sound) AND none(keys IN $p4 + $p5
WHERE any(key IN keys
WHERE word STARTS
WITH key))))] | CASE WHEN (0.5 * size($p4 + $p5) + 0.4 * size([keys IN $p4 + $p5
WHERE any(key IN keys
WHERE key IN split(form, ' '))])) / size(split(form, ' ')) > most THEN (0.5 * size($p4 + $p5) + 0.4 * size([keys IN $p4 + $p5
WHERE any(key IN keys
WHERE key IN split(form, ' '))])) / size(split(form, ' ')) ELSE most END) AS share
WITH n0, CASE WHEN any(key IN $p2
WHERE key IN n0.fold) THEN 3 + CASE WHEN n0.fold[0] IN $p2 THEN 0.2 ELSE 0 END + CASE WHEN n0.fold[0] = $p2[0] THEN 0.05 ELSE 0 END + CASE WHEN $p3 IN split(toLower(n0.name_text), '\n') THEN 0.1 ELSE 0 END WHEN share > 0 THEN 2 + share / (1 + share) ELSE 0.9 * n1 / (1 + n1) END + CASE WHEN n0:Event|Source THEN 0 ELSE 0.05 END AS points
WITH n0, toInteger(round(1000000 * points)) AS rank ORDER BY rank DESC, n0.id LIMIT $p7
RETURN [rank, [n0.id, n0.name_text, n0.`type`, n0.name, n0.title, n0.kind, CASE WHEN n0.title IS NULL THEN
COLLECT {
MATCH (n2)-[n3:TOOK_PART]->(n0)
WHERE n3.role IN $p8
RETURN [n2.name, n2:Group, n3.role] ORDER BY n3.role DESC, n2.id LIMIT 3 } END, n0.date]] }, null] AS row
