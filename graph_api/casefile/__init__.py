"""The case file of a person: facts in, a value in which every text is decided out.

``facts`` (what the graph holds of the person, as values), ``messages``, ``value_words`` and ``notices`` (words in English and Ukrainian),
``difference_words`` (what sources differ on), ``clauses`` (what a line says, each part with the claims that say it), ``placement`` (order, and
what no source settles), ``references`` (numbers and texts of sources), ``stays`` (at sites, and who was there), ``about`` (statements and
reports about the person), ``gaps`` and ``leads`` (what this edition says nothing of), ``case_file`` (the pure function), ``forms`` (annexes),
``canonical_json`` (RFC 8785), ``selection`` (the root field of the API). ``layout`` turns a case file into a document of ``blocks``, which every
format draws, with ``headings``, ``document_texts`` and ``marked_text`` (references behind the words that they are for). ``certification`` is
the page that goes with a file, ``recent`` what became known since a day.
"""
