"""Evidence and picture: what sources say, and what the graph shows of it.

``claims`` (what a claim, a citation and a speaker are), ``audience`` (which of them a graph may hold), ``origins`` (which sources
count, and from when), ``preference`` (which value is shown, and why), ``spellings`` (what a record is called, for searching),
``picture`` (nodes and links as they are stored), ``project`` (claims to pictures, one pure function). The rules of order in time
are ``graph_api.model.order``.
"""
