"""From claims to records: what sources state, and what the graph shows of it.

``claims`` (claims, citations and speakers), ``audience`` (which of them a graph may contain), ``origins`` (which sources count, and from
when), ``resolution`` (which value is shown, and why), ``order`` (the rules of time), ``spellings`` (the names of a record, for the search),
``records`` (nodes and links as they are stored) and ``projection`` (claims to records, one pure function).
"""
