"""The only package that speaks to Neo4j.

``cypherfile`` (text of a file to a named query), ``queries`` (the files of ``cypher/``, read once), ``driver`` (open, read, write;
the driver's errors become ours), ``migrations`` (what ran, what is to run), ``evidence`` (stored claims back to values).
"""
