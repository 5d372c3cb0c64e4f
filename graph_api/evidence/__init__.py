"""From claims to records: what sources say, and what the graph shows of it.

``claims`` (what a claim, a citation and a speaker are), ``audience`` (which of them a graph may hold), ``origins`` (which sources count,
and from when), ``resolution`` (which value is shown, and why), ``order`` (the rules of time), ``spellings`` (what a record is called, for
searching), ``records`` (nodes and links as they are stored) and ``projection`` (claims to records, one pure function).
"""
