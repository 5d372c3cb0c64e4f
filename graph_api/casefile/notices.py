"""The fixed lines that stand at the head of every case file."""

from __future__ import annotations

from typing import Final

from graph_api.evidence.status_text import Language

NOTICES: Final[tuple[tuple[str, str], ...]] = (
    (
        "Recording a judgment recognises neither the court, nor the law that it applied, nor its findings. Names of courts, authorities and "
        "places are those of the sources and say nothing of the status of any territory.",
        "Запис про вирок не означає визнання ні суду, ні застосованого ним законодавства, ні його висновків. Назви судів, органів і місць "
        "подано за джерелами; вони не визначають правового статусу території.",
    ),
    (
        "This file states what the cited sources report. It makes no finding of fact and determines nobody's status under the Geneva Conventions.",
        "Тут наведено те, що повідомляють зазначені джерела. Це не встановлення фактів і не визначення статусу особи за Женевськими конвенціями.",
    ),
    (
        "“In custody” means deprived of liberty, by whomever and whether acknowledged or not; it does not say that there is a legal basis.",
        "«Утримують» означає, що людину позбавлено свободи, ким би то не було і незалежно від того, чи це визнають; про законність підстав "
        "це не свідчить.",
    ),
    (
        "“Last reported” is not “now”: no later report in this edition does not mean that nothing has changed.",
        "«За останнім повідомленням» не означає «тепер»: відсутність пізніших повідомлень у цій версії не означає, що нічого не змінилося.",
    ),
    (
        "For everyone who may be within reach of those who held them, this edition gives no health, relatives or counsel, and no place of "
        "detention finer than its region unless a court or official source published it. The rule is the same for all and says nothing of "
        "what exists.",
        "Щодо всіх, хто може перебувати під владою тих, хто їх утримував, ця версія не містить відомостей про здоров’я, рідних та адвокатів, "
        "а місце утримування подає не точніше за регіон, якщо його не оприлюднив суд чи офіційне джерело. Правило однакове для всіх і не "
        "свідчить, чи такі відомості існують.",
    ),
    (
        "That somebody was handed over in an exchange does not mean that they could lawfully be held or exchanged.",
        "Те, що особу передано під час обміну, не означає, що її можна було правомірно утримувати чи обмінювати.",
    ),
)  # fmt: skip
"""Every fixed line in English and Ukrainian."""


def notice_lines(language: Language) -> tuple[str, ...]:
    """Return the fixed lines in a language."""
    return tuple(english if language is Language.EN else ukrainian for english, ukrainian in NOTICES)
