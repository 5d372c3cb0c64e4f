"""Names of states in Ukrainian: labels of ISO 3166-1 codes, by CLDR (decision 20)."""

from __future__ import annotations

from babel import Locale

from graph_api.values.countries import CODES, NAMES_UK

OTHERS = {"US": "Сполучені Штати Америки", "VA": "Святий Престол"}
"""The full form, and the name that ISO 3166-1 gives to the code."""


def test_ukrainian_names_of_states_are_those_of_cldr() -> None:
    stated = Locale("uk").territories
    assert dict(NAMES_UK) == {code: OTHERS.get(code, stated[code].replace("ʼ", "’")) for code in NAMES_UK}
    assert NAMES_UK.keys() <= CODES
