"""What exists: the ontology of unlawful detention, as data.

In the order in which one needs them: ``vocabulary`` (closed word lists); ``dates`` (with ``date_points``, texts taken apart, and
``date_words``, for people), ``durations``, ``quantities`` and ``sentences`` (values that parse or refuse); ``order`` (the rules of
time); ``folding`` (one key for all spellings of a name); ``names`` (every identifier that can appear in Cypher); ``kinds`` (which
properties, links and parts each kind of record has), ``graph`` (GRAPH, the registry that all others derive from) and ``dictionary``
(all of it as a page for readers).
"""
