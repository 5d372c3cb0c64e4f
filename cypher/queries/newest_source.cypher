// newest_source() -> [day]
// The day number from which the source that was known last is known; null without sources.
MATCH (s:Source)
RETURN max(s.known_from) AS day
