"""The GraphQL API as Strawberry types: types, inputs, enums, arguments and root fields; nothing is executed here.

``types`` holds what callers read; ``scalars``, ``enums``, ``query_enums``, ``inputs`` and ``arguments`` what they write; ``root_fields``
the fields of Query. ``decorators`` put descriptions in place, and ``build`` makes the schema, which stands as printed in ``schema.graphql``.
"""
