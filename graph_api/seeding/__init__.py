"""From seed files to the graph, in one direction: read, validate, project, plan, apply, report.

``nodes`` (YAML and JSON Lines with positions), ``characters`` (which a file may not hold), ``read`` (files to entries), ``entries``
(what entries say) with ``shapes`` (one value of each shape), ``citing`` (what a value rests on), ``choosing`` (which value a steward
shows), ``claims`` (values and what they rest on to claims) and ``said`` (all of it, before anybody asked whether it can be so),
``validate`` (all problems at once), ``gather`` (what is stored and touched, as a value of ``held``), ``plan`` (what a load would
change, a value that prints), ``apply`` (one transaction), ``report`` (words and JSON), ``load`` (the flow); ``rebuild`` (the picture
from the stored evidence again).
"""
