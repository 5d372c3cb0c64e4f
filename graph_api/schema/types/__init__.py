"""The object types, interfaces and unions of the GraphQL API.

``actors``, ``case_file``, ``connections``, ``events``, ``event_types``, ``evidence``, ``figures``, ``places``, ``results``, ``stays`` and
``values``; ``declared`` makes fields and types of what the ontology declares, and ``lazy_types`` holds the references by which types point at each other.
"""
