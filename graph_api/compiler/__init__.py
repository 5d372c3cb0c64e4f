"""GraphQL selection in, one Statement out; and rows back into the shape of the response.

In the order of control flow:

- ``selection`` reads what a caller selected of one root field: fragments, directives and variables are resolved here, for each
  concrete type that a value can have. It is the last module that knows GraphQL's documents.
- ``placeholders`` are values that come with each request: binding carries them along and says what is made of them.
- ``binder`` turns names into ONTOLOGY's (``field_bindings`` for what is read, ``filters`` for what is asked, ``roots``, ``sequences``,
  ``totals`` and ``search``, with its words in ``lucene``, for where rows begin, ``cursors`` for where a page begins) and gives a
  ``Read`` of the IR together with its ``response_shape``, which ``response_codegen`` prints as the function that makes the answer of rows.
- ``ir`` is what there is to say to the database: frozen values without any text.
- ``passes`` are functions IR → IR, in the order of a tuple.
- ``emit`` (with ``emit_where``, ``emit_order``, ``emit_totals``, ``emit_search`` and the ``cypher_writer`` of names and patterns) prints the
  IR as Cypher. The same question gives the same text, whatever aliases, field order and white space it came with: columns are
  positional and sorted, values are parameters.
- ``decode`` holds the functions that turn stored values into those of the response; ``explain`` says in words why a sequence holds.
- ``compile`` is the sequence of these.
"""
