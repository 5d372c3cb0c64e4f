r"""The stored properties by which names are searched, filtered and sorted.

==============  ====================================================================================================================
``name_text``   the names as lines
``name_keys``   the names as filters compare them (``characters``)
``name_sort``   the sort key of the first name (``collation``)
``fold``        the keys of the names (``normalization``), by which hits are ranked
``fold_tokens`` the terms of the full-text index: every word normalized; without the sounds that transcriptions confuse (after ``00``);
                words that belong together as one; initials beside a word; a mark where no name has a patronymic
==============  ====================================================================================================================
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise
from typing import Any, Final

from graph_api.values.characters import comparable_texts
from graph_api.values.collation import sort_key
from graph_api.values.initials import MAX_WORDS, SEPARATOR, initial_pairs
from graph_api.values.normalization import (
    find_patronymic,
    forms_of_same_name,
    literal_words,
    normalize_name,
    normalize_word,
    normalized_words,
    same_name,
    split_words,
)
from graph_api.values.readings import loose_key, readings

NO_PATRONYMIC: Final = "0patronymic"
"""The term of records whose names have no patronymic, so that one in a query contradicts nothing."""
LOOSE: Final = "00"


def name_properties(names: Iterable[str]) -> dict[str, Any]:
    """Return the properties of a record with these names, the shown one first; none without a name.

    >>> name_properties(["Iryna Kulish", "Ірина Куліш"])["fold_tokens"]
    ['00irina', '00kulis', '0patronymic', 'i00kulis', 'i0kulish', 'irina', 'irinakulish', 'k00irina', 'k0irina', 'kulish', 'kulishirina']
    """
    forms = list(names)
    if not forms:
        return {}
    terms = {term for form in forms for term in _terms(form)}
    if not any(find_patronymic(normalized_words(form)) is not None for form in forms):
        terms.add(NO_PATRONYMIC)
    return {
        "name_text": "\n".join(forms),
        "name_keys": comparable_texts(forms),
        "name_sort": sort_key(forms[0]),
        "fold": list(dict.fromkeys(normalize_name(form) for form in forms)),
        "fold_tokens": sorted(terms),
    }


def _terms(form: str) -> set[str]:
    words = {*normalized_words(form), *literal_words(form)}
    terms = words | {loose_term(word) for word in words if not word.isdigit()}
    written = split_words(form)
    if 2 <= len(written) <= MAX_WORDS:
        both = [*pairwise(written), *(pair[::-1] for pair in pairwise(written))]
        terms |= {normalize_word(first + second) for first, second in both}
        terms |= {key for word in written for key in _own_readings(word)}
        terms |= initial_pairs([_initial_and_word(word) for word in written])
    return terms


def _own_readings(word: str) -> list[str]:
    """Return the keys of a word of a name; Latin letters may be those of Crimean Tatar, in which names are written that nobody transcribed."""
    return [key for reader, key in readings(word).items() if reader in ("default", "turkish")]


def _initial_and_word(word: str) -> tuple[set[str], set[str]]:
    """Return the keys of a word as an initial, and its terms beside one."""
    found = _own_readings(word)
    forms = {form for key in found for form in forms_of_same_name(same_name(key))}
    common = same_name(found[0])
    return forms, {common, found[0], SEPARATOR + loose_key(common)}


def loose_term(key: str) -> str:
    """Return the term of a word without the sounds that transcriptions confuse.

    >>> loose_term("zagarenko")
    '00sagarenko'
    """
    return LOOSE + loose_key(key)
