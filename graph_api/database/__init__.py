"""The only package that imports neo4j.

``cypher_file`` (text of a file to a named query), ``queries`` (the files of ``cypher/``, read once), ``driver`` (open, read, write),
``errors`` (errors of the driver and the server as errors of this project), ``statement_runner`` (the protocol by which the API reads),
``driver_runner`` (over the asynchronous driver), ``bolt`` (over a native client), ``runners`` (chooses one of the two), ``migrations``
(applied and pending migrations), ``stored_claims`` (stored claims back to values).
"""
