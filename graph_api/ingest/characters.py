"""Characters that a seed file may not hold: those that readers cannot see, and letters that are two characters."""

from __future__ import annotations

import unicodedata
from typing import Final

HIDDEN: Final = frozenset(
    "\u00ad\u061c\u180e\u200b\u200e\u200f\u2028\u2029\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2068\u2069\ufeff"
)
"""Soft hyphens, zero-width characters, separators and marks of direction. The joiners of Persian and Indic words are not among them."""

CONTROL_CATEGORIES: Final = frozenset({"Cc", "Cs", "Co", "Cn"})


def find_forbidden_character(text: str) -> tuple[int, str] | None:
    r"""Return the offset of the first thing that a text may not hold, and what is wrong with it; None where it is in order.

    >>> find_forbidden_character("Kherson"), find_forbidden_character("Kher\u200bson")
    (None, (4, 'saw the character U+200B, which readers cannot see; take it out'))
    """
    if text.isascii() and text.isprintable():
        return None
    for at, one in enumerate(text):
        if one in HIDDEN or (unicodedata.category(one) in CONTROL_CATEGORIES and one not in "\t\n\r"):
            return at, f"saw the character U+{ord(one):04X}, which readers cannot see; take it out"
    if unicodedata.is_normalized("NFC", text):
        return None
    whole = unicodedata.normalize("NFC", text)
    at = next((i for i, (a, b) in enumerate(zip(text, whole, strict=False)) if a != b), len(whole) - 1)
    return at, "saw a letter that is written as letter and accent; right would be one character for both (Unicode NFC)"
