"""A knowledge graph of unlawful detention in Russia's war against Ukraine, every fact with its source.

Packages, in the order in which data meets them: ``seeding`` reads and checks seed files, ``evidence`` turns claims into the
picture, ``store`` writes and reads Neo4j, ``engine`` says where that Neo4j comes from, ``compiler`` turns a GraphQL selection
into one statement, ``schema`` holds the words of the API, ``web`` and ``cli`` are its two doors. ``model`` is what exists.
"""

__version__ = "0.1.0"
