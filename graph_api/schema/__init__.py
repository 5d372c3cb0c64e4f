"""The words of the API: Strawberry types and root fields, written by hand; they say what can be asked and do no work.

``words`` puts descriptions in place. Callers write ``scalars``, ``enums``, ``choices``, ``filters`` and ``arguments``.
They read ``values``, ``evidence``, ``places``, ``actors``, ``events``, ``proceedings``, ``releases``, ``figures`` and
``answers``, in ``connections``; ``refs`` ties these types into a graph. ``query`` holds the root fields, and ``build`` makes
the schema, which stands as printed in ``schema.graphql``.

``limits`` parses documents and refuses those that are too large; ``plans`` makes operations ready once for each shape of their
``variables`` and keeps them in a bounded ``cache``; ``answer`` reads what they need and makes the answer of it.
"""
