"""Words to the query language of Lucene, which the full-text index reads. The one place that writes it.

What callers wrote comes in as words only, and each word is escaped; operators, wildcards and distances are ours. A text without
words, operators alone among them, asks for nothing.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from typing import Final

MOST_TERMS: Final = 12
"""Longer texts are looked for by their first words: every further one multiplies the work of the index."""
FUZZY_FROM: Final = 5
"""Words of so many letters may differ in one; of shorter ones half would."""
FUZZY_UP_TO: Final = 4
"""With so many words and no more each may differ: the index takes at most 1024 clauses, a word that may differ up to 50 of them."""

_SPECIAL: Final = frozenset('+-&|!(){}[]^"~*?:\\/<>=@#,;')
_OPERATORS: Final = frozenset({"AND", "OR", "NOT", "TO"})


def escape(term: str) -> str:
    r"""Return a word so that Lucene reads it as a word, whatever stands in it; empty where nothing is left.

    >>> escape("a*:(b"), escape("NOT"), escape("/.*/"), escape("x\x00y\ud800")
    ('a\\*\\:\\(b', '\\NOT', '\\/.\\*\\/', 'xy')
    """
    kept = (c for c in term if unicodedata.category(c) not in {"Cc", "Cs"} and not c.isspace())
    text = "".join(f"\\{c}" if c in _SPECIAL else c for c in kept)
    return f"\\{text}" if text in _OPERATORS else text


def any_spelling(whole: Sequence[str], begun: Sequence[str], written: Sequence[str]) -> str:
    r"""Return the query for records with these words, all of them folded but those ``written``; empty for none.

    ``begun`` may be the beginnings of words. Of three words or more one may be missing, though never a number: that of another site
    is no spelling of this one's.

    >>> any_spelling(["oleg"], ["sencov"], ["oleh", "sentsov"])
    '(+fold_tokens:(oleg^2) +fold_tokens:(sencov^2 sencov* sencov~1)) (+name_text:oleh +name_text:sentsov)'
    """
    terms = _escaped([*whole, *begun])
    if not terms:
        return ""
    beginnings = set(_escaped(begun))
    may_differ = len(terms) <= FUZZY_UP_TO
    clauses = {term: _clause(term, may_begin=term in beginnings, may_differ=may_differ) for term in terms}
    left_out = [term for term in terms if not is_number(term)] if len(terms) > 2 else [""]
    ways = [[clause for term, clause in clauses.items() if term != one] for one in left_out or [""]]
    literal = [f"name_text:{word}" for word in _escaped(written)]
    return " ".join(_all(way) for way in (*ways, literal) if way)


def _escaped(terms: Sequence[str]) -> list[str]:
    return [found for found in map(escape, dict.fromkeys(terms)) if found][:MOST_TERMS]


def _all(clauses: Sequence[str]) -> str:
    return "(" + " ".join(f"+{clause}" for clause in clauses) + ")"


def _clause(term: str, *, may_begin: bool, may_differ: bool) -> str:
    """Return the ways in which a word may stand in a record."""
    ways = [f"{term}^2"] + [f"{term}*"] * may_begin
    if may_differ and len(term) >= FUZZY_FROM and not is_number(term):
        ways.append(f"{term}~1")
    return f"fold_tokens:({' '.join(ways)})"


def is_number(term: str) -> bool:
    """Tell whether a word holds digits: 2 is not the beginning of 28, nor nearly 3.

    >>> is_number("rosh"), is_number("28")
    (False, True)
    """
    return any(c.isdigit() for c in term)
