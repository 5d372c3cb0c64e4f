"""Words of closed lists: enums whose values are the GraphQL names; seed files write them in lower case with hyphens."""

from __future__ import annotations

import re
from collections.abc import Mapping
from enum import StrEnum
from functools import cache
from typing import Final, Self, TypeVar

from graph_api.errors import InvalidValue
from graph_api.values.value_type import Raw, ValueType, closest, shorten, text_of

Word = TypeVar("Word", bound=StrEnum)


class WordList(StrEnum):
    """Base of the closed lists whose words have descriptions: a word is declared as its value and its description."""

    _value_: str
    description: str

    def __new__(cls, value: str, description: str = "") -> Self:
        """Make a word; the text of a word is its value."""
        word = str.__new__(cls, value)
        word._value_ = value
        word.description = description
        return word


UNINFORMATIVE: Final = frozenset({"UNKNOWN", "UNSTATED"})
"""Words by which a source says that it does not know; they contradict nothing."""


def seed_word(word: StrEnum) -> str:
    """Return the word as seed files write it.

    >>> from graph_api.values.quantities import Operator
    >>> seed_word(Operator.MORE_THAN)
    'more-than'
    """
    return word.value.lower().replace("_", "-")


@cache
def thing_of(vocabulary: type[StrEnum]) -> str:
    """Return what messages call a word of a closed list.

    >>> from graph_api.values.sentences import SentenceKind
    >>> thing_of(SentenceKind)
    'sentence kind'
    """
    return re.sub(r"(?<=[a-z])(?=[A-Z])", " ", vocabulary.__name__).lower()


def parse_word(vocabulary: type[Word], raw: Raw) -> Word:
    """Return the word that a seed file wrote; raises InvalidValue, which lists the vocabulary and the closest words."""
    text = text_of(raw, "a word", thing=thing_of(vocabulary))
    by_text: Mapping[str, Word] = _by_text(vocabulary)
    if text in by_text:
        return by_text[text]
    right = text.lower().replace("_", "-").replace(" ", "-")
    hint = f"lower case, with hyphens: {right}" if right in by_text else closest(shorten(text), by_text)
    raise InvalidValue(shorten(text), f"one of {', '.join(by_text)}", hint, thing=thing_of(vocabulary))


@cache
def _by_text(vocabulary: type[Word]) -> Mapping[str, Word]:
    return {seed_word(word): word for word in vocabulary}


def parse_graphql_word(vocabulary: type[Word], value: object) -> Word:
    """Return a word given in its GraphQL form, as stored JSON has it; raises InvalidValue, which lists the vocabulary."""
    words = [word.value for word in vocabulary]
    if value not in words:
        raise InvalidValue(value, f"one of {', '.join(words)}", closest(str(value), words), thing=thing_of(vocabulary))
    return vocabulary(value)


@cache
def word_type(vocabulary: type[StrEnum]) -> ValueType:
    """Return the value type of the words of a closed list. A word that says that nothing is known goes with every other."""
    return ValueType(
        "word",
        f"a word of {vocabulary.__name__}",
        vocabulary.__name__,
        lambda raw: parse_word(vocabulary, raw).value,
        compatible=lambda a, b: a in UNINFORMATIVE or b in UNINFORMATIVE,
        imprecision=lambda word: int(word in UNINFORMATIVE),
        vocabulary=vocabulary,
        write=lambda word: seed_word(vocabulary(word)),
    )
