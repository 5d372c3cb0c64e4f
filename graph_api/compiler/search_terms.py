"""The words of a search: for each the keys under which a name may have it, initials, a patronymic that names may lack.

::

    parse_search("В.В. Рощина")

    SearchTerms(words=(SearchWord(("roshina",), …),), initials=(("v",), ("v",)), …)
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Final

from graph_api.values.initials import WRITTEN_OUT, sounds_of
from graph_api.values.name_index import loose_term
from graph_api.values.normalization import (
    WORD,
    find_patronymic,
    normalize_word,
    normalized_words,
    plain_text,
    same_name,
    split_words,
)
from graph_api.values.readings import readings

STOP_WORDS: Final = frozenset(normalized_words("a an and at by for in not of on or the to на"))
"""Words that are ignored, normalized."""
PREPOSITIONS: Final = frozenset("авзійкосуияai")
"""Single letters that are words where they stand in lower case, without a point, between words."""


@dataclass(frozen=True, slots=True)
class SearchWord:
    """A word. A name has it under one of the ``keys``, of which the first is the most probable, or under a ``loose`` term.

    ``may_begin``: a name may go on after it.
    """

    keys: tuple[str, ...]
    loose: tuple[str, ...] = ()
    may_begin: bool = False

    @property
    def is_number(self) -> bool:
        """Whether it contains digits: 2 is not the beginning of 28, nor similar to 3."""
        return any(c.isdigit() for c in self.keys[0])


@dataclass(frozen=True, slots=True)
class SearchTerms:
    """What is looked for. A name has every word, or every one but two neighbours that it has as ``compounds``; initials beside the words.

    ``initials`` has the sounds of each. ``keys`` are those of the whole text, ``literal`` its words as they are written.
    """

    words: tuple[SearchWord, ...]
    initials: tuple[tuple[str, ...], ...]
    patronymic: SearchWord | None
    compounds: tuple[tuple[int, SearchWord], ...]
    keys: tuple[str, ...]
    literal: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Token:
    text: str
    is_initial: bool
    is_joined: bool
    """Whether a hyphen follows."""


def parse_search(text: str) -> SearchTerms:
    """Return the terms of a text.

    >>> found = parse_search("Рощина В.В.")
    >>> found.words[0].keys, found.initials
    (('roshina',), (('v',), ('v',)))
    >>> parse_search("Dzhel").words[0].may_begin, parse_search("н").words[0]
    (True, SearchWord(keys=('n',), loose=('00n',), may_begin=False))
    """
    tokens = [token for token in _tokens(text) if token.is_initial or normalize_word(token.text) not in STOP_WORDS]
    names = [token for token in tokens if not token.is_initial]
    if all(any(c.isdigit() for c in token.text) for token in names):
        return _of_initials(tokens)
    words = [_word(token.text) for token in names]
    if names[-1] is tokens[-1] and not words[-1].is_number and len(words[-1].keys[0]) > 1:
        words[-1] = replace(words[-1], may_begin=True)
    initials = tuple(found for token in tokens if token.is_initial and (found := sounds_of(token.text)))
    joined = tuple(
        (place, _word(first.text + second.text))
        for place, (first, second) in enumerate(pairwise(names))
        if first.is_joined
    )
    place = None if initials else find_patronymic([word.keys[0] for word in words])
    patronymic = None if place is None else words.pop(place)
    compounds = () if patronymic else joined
    literal = tuple(dict.fromkeys(split_words(text)))
    return SearchTerms(tuple(words), initials, patronymic, compounds, _whole_keys(words, names, initials), literal)


def _whole_keys(words: Sequence[SearchWord], names: Sequence[_Token], initials: Sequence[object]) -> tuple[str, ...]:
    """Return the keys of the whole text, one for each reader."""
    if initials:
        return ()
    kept = [token.text for token in names]
    if len(words) < len(names) and (place := find_patronymic([normalize_word(one) for one in kept])) is not None:
        del kept[place]
    by_reader = [readings(one) for one in kept]
    readers = dict.fromkeys(reader for found in by_reader for reader in found)
    keys = (
        " ".join(sorted({same_name(found.get(reader, found["default"])) for found in by_reader})) for reader in readers
    )
    return tuple(dict.fromkeys(keys))


def _of_initials(tokens: Sequence[_Token]) -> SearchTerms:
    """Return the terms of a text of initials and numbers: the beginnings of words, but a single letter is a whole word."""
    words = tuple(
        SearchWord(sounds_of(token.text), may_begin=len(tokens) > 1) if token.is_initial else _word(token.text)
        for token in tokens
        if token.text
    )
    return SearchTerms(words, (), None, (), (), tuple(token.text for token in tokens))


def _tokens(text: str) -> list[_Token]:
    plain = plain_text(text)
    found = list(WORD.finditer(plain))
    written = WORD.findall(text)
    cases = [one[:1].isupper() for one in written] if len(written) == len(found) else [True] * len(found)
    tokens = []
    for place, (one, is_upper) in enumerate(zip(found, cases, strict=True)):
        word, after = one.group(), plain[one.end() : one.end() + 1]
        is_letter = len(word) == 1 and word.isalpha()
        if is_letter and word in PREPOSITIONS and after != "." and not is_upper and place < len(found) - 1:
            continue
        is_initial = len(found) > 1 and bool(sounds_of(word)) and (is_letter or (after == "." and word in WRITTEN_OUT))
        tokens.append(_Token(word, is_initial, after == "-"))
    return [token for token in tokens if token.is_initial or normalize_word(token.text)]


def _word(text: str) -> SearchWord:
    found = readings(text)
    keys = tuple(dict.fromkeys(key for one in found.values() for key in (same_name(one), one) if key))
    loose = () if any(c.isdigit() for c in text) else tuple(dict.fromkeys(map(loose_term, keys)))
    return SearchWord(keys, loose)
