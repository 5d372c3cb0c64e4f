"""Builds queries in the language of Lucene, for the full-text index.

Text of callers enters as words only, and every word is escaped. Operators, wildcards and edit distances are added here. A text without
words gives an empty query, which finds nothing::

    spelling_query(["oleg"], ["sencov"], ["oleh", "sentsov"])

    (+fold_tokens:(oleg^2) +fold_tokens:(sencov^2 sencov* sencov~1)) (+name_text:oleh +name_text:sentsov)
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from typing import Final

MAX_TERMS: Final = 12
"""Further words of a text are ignored, because each multiplies the work of the index."""
FUZZY_MIN_LENGTH: Final = 5
"""Shortest word that may differ in one letter; among shorter ones half would match."""
FUZZY_MAX_TERMS: Final = 4
"""Most words that may each differ in a letter: the index takes 1,024 clauses, and such a word up to 50 of them."""

_SPECIAL: Final = frozenset('+-&|!(){}[]^"~*?:\\/<>=@#,;')
_OPERATORS: Final = frozenset({"AND", "OR", "NOT", "TO"})


def escape(term: str) -> str:
    r"""Return a word escaped for Lucene; empty if nothing is left.

    >>> escape("a*:(b"), escape("NOT"), escape("/.*/"), escape("x\x00y\ud800")
    ('a\\*\\:\\(b', '\\NOT', '\\/.\\*\\/', 'xy')
    """
    kept = (c for c in term if unicodedata.category(c) not in {"Cc", "Cs"} and not c.isspace())
    text = "".join(f"\\{c}" if c in _SPECIAL else c for c in kept)
    return f"\\{text}" if text in _OPERATORS else text


def spelling_query(exact_terms: Sequence[str], prefix_terms: Sequence[str], written: Sequence[str]) -> str:
    r"""Return the query for records with these words; empty if there are none. All are folded except those ``written``.

    ``prefix_terms`` may be the beginnings of words. Of three or more words one may be missing, but never a number, which tells
    sites with otherwise equal names apart.

    >>> spelling_query(["oleg"], ["sencov"], ["oleh", "sentsov"])
    '(+fold_tokens:(oleg^2) +fold_tokens:(sencov^2 sencov* sencov~1)) (+name_text:oleh +name_text:sentsov)'
    """
    terms = _escaped([*exact_terms, *prefix_terms])
    if not terms:
        return ""
    beginnings = set(_escaped(prefix_terms))
    may_differ = len(terms) <= FUZZY_MAX_TERMS
    clauses = {term: _clause(term, may_begin=term in beginnings, may_differ=may_differ) for term in terms}
    left_out = [term for term in terms if not is_number(term)] if len(terms) > 2 else [""]
    ways = [[clause for term, clause in clauses.items() if term != one] for one in left_out or [""]]
    literal = [f"name_text:{word}" for word in _escaped(written)]
    return " ".join(_all(way) for way in (*ways, literal) if way)


def _escaped(terms: Sequence[str]) -> list[str]:
    return [found for found in map(escape, dict.fromkeys(terms)) if found][:MAX_TERMS]


def _all(clauses: Sequence[str]) -> str:
    return "(" + " ".join(f"+{clause}" for clause in clauses) + ")"


def _clause(term: str, *, may_begin: bool, may_differ: bool) -> str:
    """Return the forms in which a record may contain a word."""
    ways = [f"{term}^2"] + [f"{term}*"] * may_begin
    if may_differ and len(term) >= FUZZY_MIN_LENGTH and not is_number(term):
        ways.append(f"{term}~1")
    return f"fold_tokens:({' '.join(ways)})"


def is_number(term: str) -> bool:
    """Whether a word contains digits: 2 is not the beginning of 28, nor similar to 3.

    >>> is_number("rosh"), is_number("28")
    (False, True)
    """
    return any(c.isdigit() for c in term)
