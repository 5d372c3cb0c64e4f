"""Evidence and picture: what sources say, and what the graph shows of it.

``claims`` (what a claim, a citation and a speaker are), ``origins`` (which sources count, and from when), ``preference`` (which
value is shown, and why), ``order`` lives in the model; ``picture`` (nodes and links as they are stored), ``project`` (claims to
pictures, one pure function).
"""
