"""The object types, interfaces and unions of the GraphQL API.

``actors``, ``connections``, ``events``, ``evidence``, ``figures``, ``places``, ``proceedings``, ``releases``, ``results`` and ``values``;
``lazy_types`` holds the references by which they point at each other.
"""
