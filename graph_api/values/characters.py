"""Characters that look alike: apostrophes, hyphens, blanks, and letters that Cyrillic and Latin share by their shape.

Names are compared, searched and sorted in a form in which such characters are one. The form is never shown.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from typing import Final

APOSTROPHES: Final = "'’‘‛ʼʻʽˈʹʾʿ′‵`´＇\N{LATIN SMALL LETTER SALTILLO}\N{ARMENIAN APOSTROPHE}"
"""One class: the apostrophe in every form that keyboards, typesetting and transliteration give it, primes of soft signs included."""
HYPHENS: Final = "-\u2010\u2011\u2012\u2013\u2014\u2015\u2212\u2043\ufe58\ufe63\uff0d"
BLANKS: Final = " \u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"

_ONE_CLASS: Final = str.maketrans(
    {**dict.fromkeys(APOSTROPHES, "'"), **dict.fromkeys(HYPHENS, "-"), **dict.fromkeys(BLANKS, " ")}
)
_STRESS: Final = re.compile("[\u0300\u0301]")
"""Marks of stress, where no letter is composed with them."""
_BLANKS: Final = re.compile(r"\s+")
_WORD: Final = re.compile(r"[^\W\d_]+")
_FORMAT: Final = frozenset({"Cf", "Cc"})

CYRILLIC_TWINS: Final = dict(zip("ABCEHIJKMOPTXYaceijopxyÏïö", "АВСЕНІЈКМОРТХУасеіјорхуЇїӧ", strict=True))
"""Latin letters that look like a Cyrillic one, with it."""
LATIN_TWINS: Final = {cyrillic: latin for latin, cyrillic in CYRILLIC_TWINS.items()}


def unify_characters(text: str) -> str:
    """Return a text with one kind of apostrophe, hyphen and blank, in NFKC, without characters that nobody sees.

    >>> unify_characters("Лук´янченко"), unify_characters("Нечай\N{NON-BREAKING HYPHEN}Левицька")
    ("Лук'янченко", 'Нечай-Левицька')
    """
    plain = unicodedata.normalize("NFKC", text.translate(_ONE_CLASS)).translate(_ONE_CLASS)
    if plain.isascii() and plain.isprintable():
        return plain
    return "".join(c for c in plain if unicodedata.category(c) not in _FORMAT or c.isspace())


def comparable_text(text: str) -> str:
    """Return the form in which filters compare names and titles: like characters as one, without regard to case in any script.

    >>> comparable_text("В’ячеслав  ВИГАДЬКО"), comparable_text("İLMİ"), comparable_text("Пeтро Xоменко") == comparable_text("Петро Хоменко")
    ("в'ячеслав вигадько", 'ilmi', True)
    """
    folded = unicodedata.normalize(
        "NFC", unify_scripts(unify_characters(text)).casefold().replace("i\u0307", "i").replace("ı", "i")
    )
    return _BLANKS.sub(" ", _STRESS.sub("", folded))


def comparable_texts(texts: Iterable[str]) -> list[str]:
    """Return the comparable forms of some texts, each once."""
    return list(dict.fromkeys(comparable_text(text).strip() for text in texts))


def unify_scripts(text: str) -> str:
    """Return a text in which every word is in one script, where letters of another one got into it.

    >>> unify_scripts("Пeтро Xоменко") == "Петро Хоменко"
    True
    """
    return text if text.isascii() else _WORD.sub(lambda found: one_script(found.group()), text)


@lru_cache(maxsize=65536)
def one_script(word: str) -> str:
    """Return a word whose letters are of two scripts in the script that it is meant to be in; other words unchanged.

    Letters without a twin decide, then the number of letters, then Cyrillic. Where both scripts have such letters, as in КримSOS, both are meant.

    >>> one_script("Xоменко"), one_script("Sеntsov") == "Sentsov", one_script("Bіра"), one_script("Hilmi")
    ('Хоменко', True, 'Віра', 'Hilmi')
    """
    if word.isascii():
        return word
    cyrillic, latin = ([c for c in word if is_of(c, script)] for script in ("CYRILLIC", "LATIN"))
    if not cyrillic or not latin:
        return word
    sure_latin = sum(c not in CYRILLIC_TWINS for c in latin)
    sure_cyrillic = sum(c not in LATIN_TWINS for c in cyrillic)
    if sure_latin and sure_cyrillic:
        return word
    means_latin = (sure_latin, len(latin)) > (sure_cyrillic, len(cyrillic))
    twins = LATIN_TWINS if means_latin else CYRILLIC_TWINS
    return "".join(twins.get(c, c) for c in word)


def is_of(letter: str, script: str) -> bool:
    """Whether a letter belongs to a script, CYRILLIC or LATIN, by its Unicode name.

    >>> is_of("Є", "CYRILLIC"), is_of("c", "CYRILLIC")
    (True, False)
    """
    return unicodedata.name(letter, "").startswith(script)


def has_mixed_scripts(word: str) -> bool:
    """Whether Cyrillic and Latin letters stand in one word.

    >>> has_mixed_scripts("Xоменко"), has_mixed_scripts("Хоменко")
    (True, False)
    """
    return not word.isascii() and any(is_of(c, "CYRILLIC") for c in word) and any(is_of(c, "LATIN") for c in word)
