"""Initials of names: the sounds that a letter stands for, and what a name is found by when all but one of its words are initials.

An initial is the first letter of another word than the one it stands beside. That is why the index has a term for each pair: ``v0roshina``
for an initial В beside Рощина, but no ``r0roshina``.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import permutations
from typing import Final

from graph_api.values.normalization import normalize_word

MAX_WORDS: Final = 5
"""Longer texts are titles, in which nobody looks for initials."""
SEPARATOR: Final = "0"

SOUNDS: Final = ("dzh", "zh", "ch", "sh", "ks", "ia")
"""Beginnings of keys that are one sound though they are written with several letters."""

LATIN: Final = {
    "c": ("c", "k", "ch", "sh", "s", "dzh"),
    "d": ("d", "dzh"),
    "e": ("e", "i"),
    "h": ("g",),
    "i": ("i", "e", "u", "ia"),
    "j": ("i", "e", "u", "ia", "zh", "dzh"),
    "k": ("k", "g", "ks"),
    "o": ("o", "u"),
    "p": ("p", "f"),
    "q": ("k",),
    "s": ("s", "sh", "z"),
    "t": ("t", "c", "ch"),
    "w": ("v",),
    "x": ("ks", "g"),
    "y": ("i", "e", "u", "ia"),
    "z": ("z", "zh", "c"),
}
"""Sounds with which names begin that are written with a Latin letter in some spelling; other letters stand for their own."""
CYRILLIC: Final = {"д": ("d", "dzh"), "й": ("i", "e"), "е": ("e", "i"), "и": ("i",), "о": ("o", "e")}
WRITTEN_OUT: Final = frozenset(
    {
        "ya",
        "ye",
        "yu",
        "yi",
        "yo",
        "ja",
        "je",
        "ju",
        "ji",
        "jo",
        "ia",
        "ie",
        "iu",
        "zh",
        "kh",
        "gh",
        "ts",
        "ch",
        "sh",
        "dz",
        "dj",
        "th",
    }
    | {"ph", "sch", "tch", "cz", "sz", "shch", "szcz", "tsch", "dzh", "dsch", "schtsch", "дж"}
)
"""One letter of the Cyrillic alphabet in several, which is an initial where a point follows."""


def sounds_of(initial: str) -> tuple[str, ...]:
    """Return the sounds for which an initial, in lower case, may stand.

    >>> sounds_of("я"), sounds_of("ya"), sounds_of("y"), sounds_of("ш"), sounds_of("c")
    (('ia',), ('ia',), ('i', 'e', 'u', 'ia'), ('sh',), ('c', 'k', 'ch', 'sh', 's', 'dzh'))
    """
    if len(initial) == 1 and (found := LATIN.get(initial) or CYRILLIC.get(initial)):
        return found
    key = normalize_word(initial)
    if initial in ("ch", "cz", "tch"):
        return ("ch", "g", "sh", "k")
    if initial in ("sh", "sch", "sz"):
        return ("sh", "zh")
    return (_first_sound(key),) if key else ()


def _first_sound(key: str) -> str:
    return next((sound for sound in SOUNDS if key.startswith(sound)), key[:1])


def initial_pair(sound: str, word: str) -> str:
    """Return the term of the index for an initial beside a word.

    >>> initial_pair("v", "roshina")
    'v0roshina'
    """
    return f"{sound}{SEPARATOR}{word}"


def initial_pairs(words: Sequence[tuple[Iterable[str], Iterable[str]]]) -> set[str]:
    """Return the terms for each word of a name as an initial beside each other. A word is its keys as an initial, and its keys beside one.

    >>> sorted(initial_pairs([(["viktoria"], ["viktoria"]), (["roshina"], ["roshina"])]))
    ['r0viktoria', 'v0roshina']
    """
    if not 2 <= len(words) <= MAX_WORDS:
        return set()
    return {
        initial_pair(_first_sound(one), other)
        for (first, _), (_, second) in permutations(words, 2)
        for one in first
        for other in second
        if one and not one[0].isdigit()
    }
