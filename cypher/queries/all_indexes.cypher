// all_indexes() -> [name, type, labels, properties]
// The indexes of nodes.
SHOW INDEXES YIELD name, type, entityType, labelsOrTypes, properties
WHERE entityType = 'NODE' AND type IN ['RANGE', 'FULLTEXT']
RETURN name, type, labelsOrTypes AS labels, properties
