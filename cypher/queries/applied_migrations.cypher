// applied_migrations() -> [name, checksum]
// The migrations that ran, in their order.
MATCH (m:Migration)
RETURN m.name AS name, m.checksum AS checksum ORDER BY m.name
