"""From seed files to the graph, in one direction: read, validate, project, plan, apply, report.

``nodes`` (YAML and JSON Lines with positions), ``read`` (files to entries), ``shapes`` (one value of each shape), ``entries``
(what entries say), ``claims`` (values and what they rest on to claims), ``validate`` (may it be so? all problems at once),
``gather`` (what is stored and touched),
``plan`` (what a load would change, a value that prints), ``apply`` (one transaction), ``report`` (words and JSON), ``load`` (the flow).
"""
