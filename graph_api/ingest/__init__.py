"""From seed files to the graph, in one direction: read, parse, validate, project, plan, apply, report.

``nodes`` (YAML and JSON Lines with positions), ``characters`` (which a file may not hold), ``reader`` (files to entries),
``record_parser`` (what entries say) with ``property_parser``, ``evidence_parser``, ``choices_parser`` and ``claim_builder``, ``batch`` (the
parsed batch), ``validate`` (all problems at once), ``fetch_state`` (the stored state that a batch affects, a value of ``stored_state``),
``plan`` (what a load would change), ``apply`` (one transaction), ``report`` (text and JSON), ``load`` (the flow); ``rebuild`` computes
all records again from the stored claims.
"""
