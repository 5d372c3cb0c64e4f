"""From seed files to the graph in one direction: read, parse, fetch the stored state, validate, plan, apply.

``formats`` (the registry of seed formats, reading of files), ``nodes`` (trees of nodes with positions) and ``characters`` (those that look
like others); ``collections`` (folders with a declaration); ``record_parser`` (entries to claims) with ``evidence_parser``, ``acceptance``
(codes that an entry accepts) and ``wordings`` (what to write instead); ``codes`` (what problems mean) with ``problem_code`` and
``lint_codes``; ``lints`` (what is doubtful); ``batch`` (the parsed batch); ``ownership`` (whose entries these are); ``stored_state`` (the
stored state that a batch affects)
and ``fetch_state`` (its reading); ``validate`` (all problems at once) with ``order_problems`` (those in time);
``plan`` (what a load changes); ``journal`` (what a load removed);
``stale`` (old copies of files); ``prepare`` (all that is known before anything is written); ``consequences`` (what follows),
``decisions`` (what a steward has to decide) and ``plan_report`` (both as text); ``saved_plan`` (plans in files); ``apply`` (one
transaction); ``positions`` (events in order among those of a subject), ``statuses`` (of people), ``stays`` (at sites), ``differences``
(what cannot all be right), ``totals`` (numbers of people and events by what they are counted over) and
``snapshot`` (what the graph states of itself); ``load`` (the steps in order); ``history`` (what loads did,
and reverting them); ``report`` (results as text and JSON); ``seed_schema`` (JSON Schema for editors); ``identity`` (which records may be
of one person), ``judgements`` (on it) and ``moved_ids`` (that lead to records); ``current_rules`` (what follows from claims by the rules of this version) and
``rebuild`` (all records again from the stored claims);
``stored_graph`` and ``derived_nodes`` (all that a load stores, as values), ``versions`` (what was known on each day) and ``as_of`` (storing that);
``upgrade`` (the shipped seeds of this version into a graph of an earlier one); ``archive`` (the content of a graph as one value) and ``archive_file``
(as a file), ``restore`` (a graph from one); ``withheld`` (ids as digests), ``key_file`` (digests of what was left out) and ``withdrawal``
(hiding, erasing, readmitting).
``references`` finds those of a batch to what is not there, ``collection_export`` writes stored claims as seed files again.
``judgement_files`` has the entries that a review of candidates writes, ``load_size`` how much one transaction holds, ``garbage`` the settings of the
garbage collector during a load. A load that is larger becomes a new graph (``new_graph``), imported from files (``import_files``), or is
written in blocks (``blocks``).
"""
