"""The GraphQL API as Strawberry types: types, inputs, enums, arguments and root fields. Nothing is executed here.

``types`` are returned to clients; ``scalars``, ``enums``, ``query_enums``, ``value_inputs``, ``inputs``, ``orders`` and ``arguments`` are
sent by them; ``root_fields`` are the fields of Query. ``bindings`` tell the compiler how fields are read and what filters mean.
``directives`` are those of operations.
``decorators`` declare them with their descriptions, and ``build`` builds and prints the schema, which is committed as ``schema.graphql``.
"""
