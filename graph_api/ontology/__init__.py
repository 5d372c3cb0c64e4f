"""What exists, declared once: the ontology of unlawful detention, as data.

``vocabulary`` (closed word lists), ``names`` (every identifier that can appear in Cypher), ``kinds`` (which properties, links and parts
each kind of record has), ``registry`` (ONTOLOGY, from which all others derive) and ``dictionary`` (all of it as a page for readers).
"""
