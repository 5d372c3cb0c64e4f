"""Words of closed lists: enums whose values are the GraphQL names; seed files write them in lower case with hyphens."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable
from enum import StrEnum
from typing import TypeVar

from graph_api.errors import InvalidValue

Word = TypeVar("Word", bound=StrEnum)


def seed_word(word: StrEnum) -> str:
    """Return the word as seed files write it: PRISONER_OF_WAR is ``prisoner-of-war``."""
    return word.value.lower().replace("_", "-")


def thing_of(vocabulary: type[StrEnum]) -> str:
    """Return what messages call a word of a closed list.

    >>> from graph_api.values.sentences import SentenceKind
    >>> thing_of(SentenceKind)
    'sentence kind'
    """
    return re.sub(r"(?<=[a-z])(?=[A-Z])", " ", vocabulary.__name__).lower()


def closest(found: str, words: Iterable[str]) -> str:
    """Return a hint that names the words of a list most similar to ``found``, at most three; empty where none is similar.

    >>> closest("convicton", ["conviction", "charge"])
    'closest: conviction'
    """
    near = difflib.get_close_matches(found, list(words), n=3, cutoff=0.5)
    return f"closest: {', '.join(near)}" if near else ""


def parse_word(vocabulary: type[Word], text: str) -> Word:
    """Return the word that a seed file wrote.

    Raises InvalidValue, which lists the vocabulary and the closest words.
    """
    for word in vocabulary:
        if seed_word(word) == text:
            return word
    words = [seed_word(word) for word in vocabulary]
    raise InvalidValue(text, f"one of {', '.join(words)}", closest(text, words), thing=thing_of(vocabulary))
