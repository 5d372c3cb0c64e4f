"""Ukrainian names as readers of other languages spell them, by tables of their own: nothing of the product's is used here.

Sources of the tables: German, Duden, transcription of Ukrainian; Polish, PWN spelling dictionary, transcription of Ukrainian; French, the
usual transcription of newspapers; Italian, the scientific transliteration of publishers and the traditional one by sound; Turkish, the
alphabet by sound; scholarly, ISO/R 9:1968 with ``x`` or ``ch`` for х, and the same without diacritics, as it is typed.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Callable, Mapping
from typing import Final

_VOWELS: Final = "аеєиіїоуюя"
_COMMON: Final = dict(zip("абгґдезклмнопрстуф", "abhgdezklmnoprstuf", strict=True)) | {
    "ь": "",
    "'": "",
    "’": "",
    "ʼ": "",
    "ъ": "",
}


def _table(pairs: str, **more: str) -> dict[str, str]:
    return _COMMON | dict(one.split("=") for one in pairs.split()) | more


_GERMAN: Final = _table("в=w є=je ж=sch з=s и=y і=i ї=ji й=j х=ch ц=z ч=tsch ш=sch щ=schtsch ю=ju я=ja")
_POLISH: Final = _table("в=w є=je ж=ż и=y і=i ї=ji й=j л=ł х=ch ц=c ч=cz ш=sz щ=szcz ю=ju я=ja")
_FRENCH: Final = _table("в=v є=ie ж=j и=y і=i ї=ï й=ï у=ou х=kh ц=ts ч=tch ш=ch щ=chtch ю=iou я=ia")
_ITALIAN: Final = _table("в=v є=je ж=ž и=y і=i ї=ji й=j х=ch ц=c ч=č ш=š щ=šč ю=ju я=ja")
_TURKISH: Final = _table("в=v є=ye ж=j и=ı і=i ї=yi й=y х=h ц=ts ч=ç ш=ş щ=şç ю=yu я=ya")
_SCHOLARLY: Final = _table("в=v є=je ж=ž и=y і=i ї=ï й=j х=x ц=c ч=č ш=š щ=šč ю=ju я=ja", ь="ʹ")


def _spell(word: str, table: Mapping[str, str]) -> str:
    return "".join(table.get(c, c) for c in word)


def _german(word: str) -> str:
    return _spell(re.sub(f"(?<=[{_VOWELS}])с(?=[{_VOWELS}])", "ss", word), _GERMAN)


def _polish(word: str) -> str:
    for pattern, to in (
        ("дз", "dz"), ("дж", "dż"), ("ль|л(?=і)", "l"), ("лю", "lu"), ("ля", "la"), ("лє", "le"),
        ("сь", "ś"), ("зь", "ź"), ("нь", "ń"), ("ць", "ć"),
        ("(?<=[бвгдзкмнпрстфхцчшщж])ю", "iu"), ("(?<=[бвгдзкмнпрстфхцчшщж])я", "ia"), ("(?<=[бвгдзкмнпрстфхцчшщж])є", "ie"),
        ("ьо", "io"),
    ):  # fmt: skip
        word = re.sub(pattern, to, word)
    return _spell(word, _POLISH)


def _french(word: str) -> str:
    for pattern, to in (
        ("дж", "dj"), (f"(?<=[{_VOWELS}])с(?=[{_VOWELS}])", "ss"), ("ґ(?=[еєиіїю])", "gu"), ("(ий|ій)$", "y"), ("ин$", "yne"),
    ):  # fmt: skip
        word = re.sub(pattern, to, word)
    return _spell(word, _FRENCH)


def _italian_by_sound(word: str) -> str:
    for pattern, to in (
        ("дж(?=[еиії])", "g"), ("дж", "gi"), ("ч(?=[еиієї])", "c"), ("ч(?=[аоуюя])", "ci"), ("ш(?=[еиієї])", "sc"), ("ш(?=[аоуюя])", "sci"),
        ("г(?=[еиіє])", "gh"), ("ц", "ts"), ("ж", "zh"), ("х", "kh"), ("ю", "iu"), ("я", "ia"), ("є", "ie"), ("й", "i"), ("ї", "i"),
    ):  # fmt: skip
        word = re.sub(pattern, to, word)
    return _spell(word, _ITALIAN)


def _plain(word: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFD", word) if not unicodedata.combining(c) and c != "ʹ")


READERS: Final[Mapping[str, Callable[[str], str]]] = {
    "german": _german,
    "polish": _polish,
    "french": _french,
    "italian": lambda word: _spell(word, _ITALIAN),
    "italian by sound": _italian_by_sound,
    "turkish": lambda word: _spell(word, _TURKISH),
    "scholarly": lambda word: _spell(word, _SCHOLARLY),
    "scholarly with ch": lambda word: _spell(word, _SCHOLARLY | {"х": "ch"}),
    "scholarly, typed": lambda word: _plain(_spell(word, _SCHOLARLY)),
}


def spell(name: str, reader: str) -> str:
    """Return a Ukrainian name as that reader spells it.

    >>> [spell("Дмитро Хилюк", one) for one in ("german", "french", "scholarly")]
    ['Dmytro Chyljuk', 'Dmytro Khyliouk', 'Dmytro Xyljuk']
    """
    return re.sub(
        r"[^\W\d_]+(?:['’ʼ][^\W\d_]+)*",
        lambda word: (found := READERS[reader](word.group().lower()))[:1].upper() + found[1:],
        name,
    )


def is_unseen(name: str) -> bool:
    """Whether a name belongs to the half that nobody looked at while the rules of the search were written; by its hash."""
    return hashlib.sha256(name.encode()).digest()[0] % 2 == 1
