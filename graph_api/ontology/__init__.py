"""What exists, declared once: the ontology of unlawful detention, as data.

``vocabulary`` (closed word lists), ``names`` (every identifier that can appear in Cypher), ``properties`` (what a property and a nested
record are), ``event_types`` (each type of events with its kinds and properties), ``kinds`` (each kind of record with its properties),
``registry`` (ONTOLOGY, which finds them by name) and ``dictionary`` (all of it as a page for readers).
"""
