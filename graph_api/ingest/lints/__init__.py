"""Lints: what the check of seed files finds doubtful. A finding stops nothing, unless ``validate --strict`` is asked for.

``facts`` (what the rules read of a batch), ``time`` (dates and orders), ``sources``, ``names``, ``parts`` (who took part in what), ``offences``
(articles and words), ``figures`` (whose people are counted), ``agreement`` (sources that differ from all others), ``harm``
(what is not for the public), ``run`` (every rule, and what a record accepts). ``detention-graph explain CODE`` prints what a code means.
"""
