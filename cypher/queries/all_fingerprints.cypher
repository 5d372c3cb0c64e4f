// all_fingerprints() -> [hash]
// The fingerprint of every record; their sum modulo 2^256 is the content hash of the graph.
MATCH (n:Record)
RETURN n.hash AS hash
