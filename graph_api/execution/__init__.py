"""Executing GraphQL operations: from a request's document and variables to the data of the response.

``document_limits`` parses documents and rejects those that are too large; ``operation_planner`` compiles an operation once for each shape
of its ``variables``, checks its ``cost`` by the ``graph_sizes`` and caches the plans; ``executor`` runs the statements, with ``former_ids``
for records that are not found, and builds the result, with the ``resolvers`` of graphql-core where rows alone do not suffice, and the
``notes`` of empty and cut answers, for which ``note_lookups`` says what to read and ``cut_lists`` what is shown in part. ``as_of`` is about
operations and case files as of a day. ``validation_hints`` add to errors what to write instead. ``persisted`` holds the operations that
clients may name by hash, and ``planned_statements`` knows which statements the database has planned.
"""
