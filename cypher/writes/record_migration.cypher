// record_migration(name, checksum) -> [name]
// Notes that a migration ran.
MERGE (m:Migration {name: $name}) SET m.checksum = $checksum, m.at = datetime()
RETURN m.name AS name
