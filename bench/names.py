"""Made-up names in two scripts: built of syllables, so that none is taken from a person."""

from __future__ import annotations

from random import Random
from typing import Final

WORD: Final = ("Synthetic", "Синтетик")

_GIVEN: Final = tuple(
    (first[0] + last[0], first[1] + last[1])
    for first in (("Ava", "Ава"), ("Bero", "Беро"), ("Dalo", "Дало"), ("Emi", "Емі"), ("Fani", "Фані"), ("Goru", "Гору"),
                  ("Kalo", "Кало"), ("Lumi", "Лумі"), ("Mavo", "Маво"), ("Nori", "Норі"), ("Olbe", "Олбе"), ("Rami", "Рамі"))
    for last in (("lan", "лан"), ("dor", "дор"), ("mir", "мір"), ("vek", "век"), ("sa", "са"), ("na", "на"), ("lit", "літ"), ("rum", "рум"))
)  # fmt: skip
_SYLLABLES: Final = (
    ("ba", "ба"), ("ve", "ве"), ("gu", "гу"), ("do", "до"), ("zi", "зі"), ("ka", "ка"), ("lo", "ло"), ("mu", "му"), ("ne", "не"),
    ("po", "по"), ("ri", "рі"), ("sa", "са"), ("tu", "ту"), ("fe", "фе"),
)  # fmt: skip
_ENDINGS: Final = (("renko", "ренко"), ("lyk", "лик"), ("vets", "вець"), ("skan", "скан"), ("maruk", "марук"))


def person_name(random: Random) -> tuple[str, str]:
    """Return the name of a person in Latin and in Cyrillic letters."""
    given = random.choice(_GIVEN)
    family = [random.choice(_SYLLABLES) for _ in range(3)]
    end = random.choice(_ENDINGS)
    latin = "".join(one[0] for one in family) + end[0]
    cyrillic = "".join(one[1] for one in family) + end[1]
    return f"{WORD[0]} {given[0]} {latin.capitalize()}", f"{WORD[1]} {given[1]} {cyrillic.capitalize()}"
