"""The only package that imports neo4j.

``cypher_file`` (text of a file to a named query), ``queries`` (the files of ``cypher/``, read once), ``driver`` (open, read, write),
``errors`` (the driver's and the server's errors become ours), ``statement_runner`` (how the API reads, through the driver), ``bolt`` (the
same over a native client), ``migrations`` (what ran, what is to run), ``stored_claims`` (stored claims back to values).
"""
