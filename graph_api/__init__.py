"""A knowledge graph of unlawful detention in Russia's war against Ukraine, every fact with its source.

Packages, from the foundation up; each imports only from those before it:

``ontology`` declares record kinds, event types, properties and vocabularies, ``values`` the types of values. ``evidence`` computes records
from claims. ``compiler`` turns a GraphQL selection into one Cypher statement, and rows into a response; ``export`` writes answers as files.
``schema`` holds GraphQL types, inputs and root fields, ``database`` talks to Neo4j, ``embedded`` runs a private one. ``ingest`` reads, checks
and loads seed files. ``execution`` plans and executes operations. ``web`` is the ASGI application, ``cli`` the command line.
"""

__version__ = "0.1.0"
