"""From claims to records: what sources state, and what the graph shows of it.

``claims`` (claims, citations and speakers), ``audience`` (which of them an audience may see), ``origins`` (which sources count, and from when),
``resolution`` and ``list_resolution`` (which value is shown, and why), ``order`` (the rules of time), ``bounds`` (when events can have happened, and
the orders that follow), ``resolved_record`` and ``event_projection`` (the first two steps of the projection), ``projection`` (claims to records as
they are stored, one pure function; ``projection_cache`` for many of them), ``known`` (which claims were known on a day), ``judgments`` (sentences in
force), ``life_events`` (what happened to one person, in order), ``within_reach`` (who may be within reach of those who held them), ``merging``
(records that are one), ``withholding`` (what a public graph holds back of them), ``status`` (what is last reported of a person), ``status_text``
(that in words), ``differences`` (what cannot all be right) and ``stays`` (who was at which site from when to when).
"""
