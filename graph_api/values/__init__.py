"""Value types: how values of each type are parsed, stored, compared and decoded, one module each.

``value_type`` (what a value type is, and the raw values of input files that it parses) and ``registry`` (all of them); ``text``,
``flags``, ``dates`` (with ``date_parser``, ``date_display`` and ``ukrainian``), ``days``, ``words``, ``countries``, ``languages``, ``urls``, ``checksums``,
``quantities``, ``sentences``, ``offences``, ``names``, ``points`` and ``links``. They share ``scales`` (widths between bounds). Besides: ``sums``
(totals and what adds up to them), ``durations``, ``spans`` (in words), ``overlaps`` (of inexact spans),
``characters`` (those that look alike), ``collation`` (the order of names), ``normalization`` (one search key for all spellings of a name),
``readings`` (what Latin letters are for readers of other languages), ``initials`` and ``name_index`` (what is stored to find names).
"""
