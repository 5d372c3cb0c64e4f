// archived_loads() -> [load]
// Every load with all that is noted of it, as one map each; the time as text.
MATCH (l:Load)
RETURN l {.*, at: toString(l.at)} AS load ORDER BY l.at, l.id
