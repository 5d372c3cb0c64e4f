"""Builds queries in the language of Lucene, for the full-text index.

Text of callers enters as words only, and every word is escaped. Operators, wildcards and edit distances are added here. A text without
words gives an empty query, which finds nothing. A record is found only if it has every word::

    spelling_query(parse_search("Oleg Sencow"))

    (+fold_tokens:(oleg^8 00oleg^2) +fold_tokens:(senkov^8 sencov^6 … senkov* sencov* senkov~1)) (+name_text:oleg +name_text:sencow)
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from typing import Final

from graph_api.compiler.search_terms import SearchTerms, SearchWord
from graph_api.values.initials import SEPARATOR, initial_pair
from graph_api.values.name_index import NO_PATRONYMIC, loose_term
from graph_api.values.readings import loose_key

MAX_TERMS: Final = 12
"""Further words of a text are ignored, because each multiplies the work of the index."""
FUZZY_MIN_LENGTH: Final = 5
"""Shortest word that may differ in one letter; among shorter ones half would match."""
MAX_FUZZY: Final = 12
"""Most terms that may each differ in a letter: the index takes 1,024 clauses, and such a term up to 50 of them."""

FIRST, OTHER, LOOSE = 8, 6, 2
"""Weights of the most probable key of a word, of its other keys, and without the sounds that transcriptions confuse."""

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


def spelling_query(terms: SearchTerms) -> str:
    """Return the query for records with these words; empty if there are none."""
    words = terms.words[:MAX_TERMS]
    if not words:
        return ""
    fuzzy = MAX_FUZZY // (len(words) + len(terms.compounds))
    clauses = [_word(word, fuzzy) for word in words]
    beside = [_initial(sounds, words, is_first=place == 0) for place, sounds in enumerate(terms.initials[:MAX_TERMS])]
    if terms.patronymic is not None:
        beside.append(_any([*_exact(terms.patronymic), NO_PATRONYMIC]))
    ways = [[*clauses, *beside]]
    for place, joined in terms.compounds:
        if place + 1 < len(clauses):
            ways.append([*clauses[:place], _word(joined, fuzzy), *clauses[place + 2 :], *beside])
    ways.append([f"name_text:{word}" for word in map(escape, terms.literal[:MAX_TERMS]) if word])
    return " ".join(_all(way) for way in ways if way)


def _all(clauses: Sequence[str]) -> str:
    return "(" + " ".join(f"+{clause}" for clause in clauses) + ")"


def _any(terms: Iterable[str]) -> str:
    return f"fold_tokens:({' '.join(dict.fromkeys(terms))})"


def _exact(word: SearchWord) -> list[str]:
    first, *others = map(escape, word.keys)
    loose = [f"{escape(term)}^{LOOSE}" for term in word.loose]
    return [f"{first}^{FIRST}", *(f"{one}^{OTHER}" for one in others), *loose]


def _word(word: SearchWord, fuzzy: int) -> str:
    """Return the clause of a word: the terms under which a record may have it."""
    begun = [f"{escape(key)}*" for key in word.keys if len(key) > 1 or word.keys[0] == key] if word.may_begin else []
    long_keys = [key for key in word.keys if len(key) >= FUZZY_MIN_LENGTH and not word.is_number]
    may_differ = [*long_keys, *(one for one in dict.fromkeys(map(loose_term, long_keys)) if one in word.loose)]
    return _any([*_exact(word), *begun, *(f"{escape(key)}~1" for key in may_differ[:fuzzy])])


def _initial(sounds: Sequence[str], words: Sequence[SearchWord], *, is_first: bool) -> str:
    """Return the clause of an initial. Beside one word the first stands for a given name, others for a patronymic, which names may lack."""
    pairs: list[str] = []
    for word in (word for word in words if not word.is_number):
        for key in word.keys:
            pair = [f"{escape(initial_pair(sound, key))}" for sound in sounds]
            pairs += [f"{one}*" for one in pair] if word.may_begin else pair
        loose = dict.fromkeys(SEPARATOR + loose_key(key) for key in word.keys)
        pairs += [escape(initial_pair(sound, key)) for sound in sounds for key in loose]
    return _any(pairs if is_first and len(words) == 1 else [*pairs, NO_PATRONYMIC])
