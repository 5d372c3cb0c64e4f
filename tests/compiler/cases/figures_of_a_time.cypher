RETURN [COLLECT {
MATCH (n0:Figure)
WHERE ((((NOT coalesce(n0.`from` IS NULL, false) OR NOT coalesce(n0.`until` IS NULL, false)) AND (n0.until_hi >= $p0 OR (n0.`until` IS NULL AND (n0.as_of_hi >= $p1 OR n0.`as_of` IS NULL))) AND (n0.from_lo <= $p2 OR n0.`from` IS NULL)) OR (n0.as_of_hi >= $p3 AND n0.as_of_lo <= $p4) OR NOT coalesce((NOT coalesce(n0.`from` IS NULL, false) OR NOT coalesce(n0.`until` IS NULL, false) OR NOT coalesce(n0.`as_of` IS NULL, false)), false)) AND n0.sex = $p5) AND n0.id > $p6
WITH n0 ORDER BY n0.id LIMIT $p7
RETURN [n0.id] }, null] AS row
