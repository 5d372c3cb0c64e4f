"""Countries: ISO 3166-1 alpha-2 codes, and XK for Kosovo, which the standard leaves to its users."""

from __future__ import annotations

from types import MappingProxyType
from typing import Final

from graph_api.errors import InvalidValue
from graph_api.values.value_type import Raw, ValueType, text_of

CODES: Final = frozenset(
    """
    AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY BZ CA CC CD
    CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO FR GA GB GD GE GF
    GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG KH KI KM KN
    KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ NA
    NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU RW SA SB SC SD SE SG SH SI
    SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI
    VN VU WF WS YE YT ZA ZM ZW XK
    """.split()  # noqa: SIM905
)

_CORRECTIONS: Final = MappingProxyType(
    {"UK": "UA for Ukraine, GB for the United Kingdom", "EN": "GB", "RF": "RU", "SU": "the state of today"}
)
"""Hints for codes that are often written for another one."""


NAMES_UK: Final = MappingProxyType(
    {
        "AE": "Об’єднані Арабські Емірати",
        "BY": "Білорусь",
        "DE": "Німеччина",
        "FR": "Франція",
        "GB": "Велика Британія",
        "PL": "Польща",
        "QA": "Катар",
        "RU": "Росія",
        "SA": "Саудівська Аравія",
        "SI": "Словенія",
        "TR": "Туреччина",
        "UA": "Україна",
        "US": "Сполучені Штати Америки",
        "VA": "Святий Престол",
        "ZA": "Південно-Африканська Республіка",
    }
)
"""How Ukrainian writes the codes of states, for titles and texts where no source gives a name; a state without one here has the name that is shown.

Labels by CLDR, as those of other vocabularies, and no statements about the world (docs/decisions/0020-names-of-states-in-ukrainian.md).
"""


def parse_country(raw: Raw) -> str:
    """Return the code of a country; raises InvalidValue."""
    expected = "an ISO 3166-1 alpha-2 code such as UA"
    text = text_of(raw, expected, thing="country", most=60)
    if text not in CODES:
        upper = text.upper()
        raise InvalidValue(
            text, expected, f"write {upper}" if upper in CODES else _CORRECTIONS.get(upper, ""), thing="country"
        )
    return text


COUNTRY: Final = ValueType("country", "ISO 3166-1 alpha-2", "String", parse_country)
