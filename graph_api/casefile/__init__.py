"""The case file of a person: facts in, a value in which every text is decided out.

``facts`` (what the graph holds of the person, as values), ``messages``, ``value_words`` and ``notices`` (words in English and Ukrainian),
``clauses`` (what a line says, each part with the claims that say it), ``placement`` (order, and what no source settles), ``references``
(numbers and texts of sources), ``gaps`` and ``leads`` (what this edition says nothing of), ``case_file`` (the pure function), ``forms``
(annexes), ``canonical_json`` (RFC 8785), ``headings`` and ``plain_text`` (the printed file), ``selection`` (the root field of the API).
"""
