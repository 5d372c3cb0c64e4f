"""Order of names: a key whose order by code points is that of the Unicode collation for Ukrainian, whatever the script.

The rules are those of the Unicode Collation Algorithm (UTS 10) with the CLDR tailoring for ``uk``: Cyrillic precedes Latin, ґ is a letter of
its own after г; blanks, then digits, precede letters; accents count only between names that are otherwise equal, then case. Hyphens and
apostrophes are ignored in the first place.

>>> sorted(["Яна", "Ґалаґан", "Гнат", "Іван", "Ива", "Їжак", "Anna", "ʼЄва", "Ада"], key=sort_key)
['Ада', 'Гнат', 'Ґалаґан', 'ʼЄва', 'Ива', 'Іван', 'Їжак', 'Яна', 'Anna']
"""

from __future__ import annotations

import unicodedata
from typing import Final

from graph_api.values.characters import unify_characters, unify_scripts

CYRILLIC: Final = "абвгґдђеєжзѕиіїйјклљмнњопрстћуўфхцчџшщъыьэюя"
"""The order of Cyrillic letters; those that Ukrainian does not have stand where the Unicode default puts them."""
LATIN: Final = "abcdefghijklmnopqrstuvwxyz"
_VARIANTS: Final = {
    "ё": "е",
    "æ": "ae",
    "œ": "oe",
    "ß": "ss",
    "ł": "l",
    "đ": "d",
    "ø": "o",
    "ı": "i",
    "þ": "th",
    "ð": "d",
}

_DIGITS: Final = {c: chr(ord("0") + int(c)) * 2 for c in "0123456789"}
_WEIGHTS: Final = {
    " ": "  ",
    **_DIGITS,
    **{c: f"C{chr(ord('A') + place // 26)}{chr(ord('a') + place % 26)}" for place, c in enumerate(CYRILLIC)},
    **{c: f"L{c}" for c in LATIN},
}


def sort_key(name: str) -> str:
    """Return the key of a name: ASCII text, so that every system sorts it alike.

    >>> sort_key("Є.") < sort_key("Ж."), sort_key("Cemil").isascii(), sort_key("Zoe") < sort_key("Zoë") < sort_key("Zof")
    (True, True, True)
    """
    text = " ".join(unify_scripts(unify_characters(name)).split())
    primary: list[str] = []
    accents: list[str] = []
    for letter in text.casefold():
        base = _VARIANTS.get(letter, letter)
        if base not in _WEIGHTS and base.isalpha() and len(base) == 1:
            parts = unicodedata.normalize("NFD", base)
            base = parts[0]
            accents += [f"{len(primary):03d}{ord(mark):05x}" for mark in parts[1:]]
        elif base != letter:
            accents.append(f"{len(primary):03d}{ord(letter):05x}")
        if base not in "'-" and not unicodedata.combining(base[0]):
            primary += [_WEIGHTS.get(one, f"O{ord(one):05x}" if one.isalpha() else "!") for one in base]
    case = "".join("1" if c.isupper() else "0" for c in text)
    rest = "".join(
        c if c.isascii() and c.isprintable() else f"~{ord(c):05x}" for c in text if not c.isalnum() and c != " "
    )
    return "\t".join(("".join(primary), "".join(accents), case, rest))
