"""The words of measures, what figures count, in English and Ukrainian.

Measures are words of a half-closed list: a seed file may bring one that is not here, which is shown as it is written, with blanks for hyphens.
Those who were handed over are not said to be free. The Ukrainian forms are impersonal or in the nominative. No native-speaking lawyer has
reviewed them.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import Final

from graph_api.values.languages import Language

MEASURES: Final = MappingProxyType({
    "agreed": ("agreed", "погоджено"),
    "announced": ("announced", "оголошено наперед"),
    "bodies-agreed": ("bodies agreed", "погоджена репатріація тіл"),
    "bodies-returned": ("bodies returned", "репатріація тіл"),
    "captives-exchanged": ("captives exchanged", "утримувані особи, передані під час обмінів"),
    "cases-listed": ("cases listed", "справи у списку"),
    "cases-under-investigation": ("cases under investigation", "справи, які вивчають"),
    "children-returned": ("children returned", "повернення дітей"),
    "civilians-among-freed": ("civilians among those handed over", "цивільні особи серед переданих"),
    "convicted": ("convicted", "повідомлено про вирок"),
    "deported": ("deported", "повідомлено про депортацію"),
    "detained": ("detained", "затримано"),
    "documented-cases": ("documented cases", "задокументовані випадки"),
    "exchange-stages-held": ("exchange stages held", "проведені етапи обміну"),
    "exchanges-held": ("exchanges held", "проведені обміни"),
    "families-hosted": ("families hosted", "прийняті родини"),
    "fate-unknown": ("fate unknown", "особи, доля яких невідома"),
    "fine-in-roubles": ("fine in roubles", "штраф у рублях"),
    "formerly-missing": ("formerly missing", "раніше повідомлено про зникнення"),
    "found": ("found", "знайдено"),
    "freed": ("handed over", "передано"),
    "freed-convicted": ("handed over, convicted", "передано осіб, щодо яких повідомлено про вирок"),
    "freed-due-for-deportation": ("handed over, due for deportation", "передано осіб, яких мали депортувати"),
    "freed-political-prisoners": ("handed over, political prisoners", "передано політичних в’язнів"),
    "freed-share": ("handed over, share", "частка переданих"),
    "held": ("held", "утримувані особи"),
    "held-per-site": ("held per site", "утримувані особи в одному місці несвободи"),
    "imprisoned": ("imprisoned", "ув’язнені особи"),
    "interviewed": ("interviewed", "опитані особи"),
    "interviews": ("interviews", "проведені опитування"),
    "listed": ("listed", "особи у списку"),
    "located": ("located", "особи, місцеперебування яких встановлено"),
    "mediations": ("mediations", "посередництво в обмінах"),
    "members": ("members", "входять до складу"),
    "missing": ("missing", "повідомлено про зникнення"),
    "points": ("points", "пункти"),
    "put-up-for-adoption": ("put up for adoption", "запропоновано для усиновлення"),
    "registered-missing-or-captured": ("registered missing or captured", "зареєстровано зникнення або полон"),
    "released": ("released", "повідомлено про звільнення"),
    "returned-outside-exchanges": ("returned outside exchanges", "повернення поза обмінами"),
    "sites-found": ("sites found", "виявлені місця"),
    "summary-executions": ("summary executions", "страти без суду"),
    "time-held": ("time held", "тривалість утримування"),
    "time-without-contact": ("time without contact", "час без зв’язку"),
    "unaccounted-for": ("unaccounted for", "особи, про місцеперебування яких не відомо"),
    "verified": ("verified", "перевірено"),
    "visits-to-prisoners": ("visits to prisoners", "відвідування утримуваних осіб"),
})  # fmt: skip
"""Every measure of the seeds and of the ontology: English, Ukrainian."""


def measure_words(measure: str, language: Language) -> str:
    """Return what a figure counts, as it stands within a sentence.

    >>> measure_words("freed-convicted", Language.EN), measure_words("bodies-returned", Language.UK)
    ('handed over, convicted', 'репатріація тіл')
    >>> measure_words("aid-parcels", Language.UK)
    'aid parcels'
    """
    plain = measure.replace("-", " ")
    return MEASURES.get(measure, (plain, plain))[language is Language.UK]
