"""Types of values: how each is parsed, stored, compared and displayed.

``words`` (words of closed lists), ``dates`` (with ``date_parser`` and ``date_display``), ``durations``, ``quantities``, ``sentences``, and
``folding`` (one search key for all spellings of a name).
"""
