"""The only package that speaks to Neo4j.

``cypherfile`` (text of a file to a named query), ``queries`` (the files of ``cypher/``, read once), ``driver`` (open, read, write),
``problems`` (the driver's and the server's errors become ours), ``reading`` (how the API reads, through the driver), ``bolt`` (the same,
lean, over messages of ``packstream``), ``migrations`` (what ran, what is to run), ``evidence`` (stored claims back to values).
"""
