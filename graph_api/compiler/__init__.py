"""Compiles a GraphQL selection to one Cypher statement, and its rows to the response.

In the order of control flow::

    document ── selection ──▶ SelectedField ── binder ──▶ IR and response shape ── passes ──▶ IR ── emit ──▶ Statement
                                                                        └── response_codegen ──▶ function from rows to response

- ``selection`` resolves fragments, directives and variables, for each concrete type that a field can return. It is the only module
  that knows GraphQL documents.
- ``placeholders`` stand for values of variables while an operation is compiled; they are bound at each execution.
- ``binder`` turns fields into columns of the ``ir`` and a ``response_shape``: ``field_bindings`` declares how each field is bound,
  ``labels`` those that name a record, ``roots``, ``comparisons`` (differences, totals, paths), ``stays``, ``sequences``, ``totals`` and ``search`` (with
  ``search_terms`` and the query language of ``lucene``) how each root field is, ``filters`` turns filter inputs into predicates
  (``date_filters`` those of dates), ``claim_properties`` is the closed list of properties of claims, and ``cursors`` holds the format of
  cursors. ``exchanges`` binds the fields of exchanges and of their sides.
- ``ir`` (with ``ir_facts``) is the intermediate representation: frozen values without Cypher. ``column_order`` is the canonical order of columns.
- ``occurrences`` are the filters of what happened and of what was only announced.
- ``passes`` are functions from IR to IR, in the order of a tuple.
- ``emit`` (with ``emit_sources``, ``emit_facts``, ``emit_paths``, ``emit_stays``, ``emit_order``, ``emit_totals``, ``emit_dimensions``,
  ``emit_search`` and ``cypher_writer``, which names variables and parameters) writes the IR as Cypher. Columns are positional and sorted, and values are
  parameters, so that equal selections give equal statements, whatever their aliases, field order and white space.
- ``stored_totals`` says which totals a load stores, so that they are read and not counted.
- ``as_of`` rewrites a statement, so that it answers as of a day.
- ``emit_presence`` writes the statements that say why a filter finds nothing.
- ``response_codegen`` compiles a response shape to a Python function. It uses ``decode``, which converts stored values, ``order_basis``,
  how the order of the events of a sequence is known, ``explain``, which says that in words, and ``difference_text``, which says in
  words what cannot all be right, ``sum_text``, what a total is compared with, ``path_text``, what connects two records, ``title_text``,
  what an event is called, ``measure_text``, what a figure counts, and ``role_text``, what a role is called in Ukrainian.
- ``compile`` calls these stages in turn.
"""
