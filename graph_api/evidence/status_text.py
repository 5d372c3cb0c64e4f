"""The words in which a status is shown, in English and Ukrainian: neutral, and the same for everybody.

They follow the reports: what is given is last reported, and what is not given is not given in this edition, which says nothing of what exists.
The Ukrainian forms are impersonal. No native-speaking lawyer has reviewed them.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import orjson

from graph_api.evidence.life_events import LifeEvent
from graph_api.evidence.status import PersonStatus
from graph_api.ontology.vocabulary import Custody, EventKind, LegalState
from graph_api.values.dates import When
from graph_api.values.languages import Language
from graph_api.values.sentences import Sentence

__all__ = ["MESSAGES", "Language", "custody_text", "legal_texts", "status_text"]


MESSAGES: Final[dict[str, tuple[str, str]]] = {
    "in-custody": ("Last reported in custody{when}.", "За останнім повідомленням, утримують{when}."),
    "in-custody-undated": ("Reported in custody; no date stated.", "Повідомлено, що утримують; дати не зазначено."),
    "handed-over": ("Reported handed over in an exchange{when}.", "Повідомлено про передання під час обміну{when}."),
    "handed-over-unknown": (
        "Reported handed over in an exchange{when}; conditions there are not given.",
        "Повідомлено про передання під час обміну{when}; умов перебування там не наведено.",
    ),
    "released": ("Reported released{when}.", "Повідомлено про звільнення{when}."),
    "reunited": ("Reported reunited with family or guardian{when}.", "Повідомлено про возз’єднання з родиною{when}."),
    "died": ("Reported to have died{when}.", "Повідомлено про смерть{when}."),
    "body-returned": ("Return of the body reported{when}.", "Повідомлено про репатріацію тіла{when}."),
    "buried": ("Burial reported{when}.", "Повідомлено про поховання{when}."),
    "died-unordered": (
        "Reported to have died{when}; other reports are not ordered with it.",
        "Повідомлено про смерть{when}; черговості щодо інших повідомлень не встановлено.",
    ),
    "deported": (
        "Reported deported{when}; whether held is not given.",
        "Повідомлено про депортацію{when}; чи утримують, не наведено.",
    ),
    "missing": ("Reported missing{when}.", "Повідомлено про зникнення{when}."),
    "custody-unordered": (
        "Reports of custody and of return are not ordered with each other.",
        "Черговості повідомлень про утримування і про повернення не встановлено.",
    ),
    "custody-not-given": ("No report of custody in this edition.", "У цій версії повідомлень про утримування не наведено."),
    "charged": ("Charge reported{when}.", "Повідомлено про обвинувачення{when}."),
    "remanded": ("Custody ordered by a court reported{when}.", "Повідомлено про обрання запобіжного заходу{when}."),
    "tried": ("Trial reported{when}.", "Повідомлено про судовий розгляд{when}."),
    "sentenced": ("Judgment reported{when}.", "Повідомлено про вирок{when}."),
    "sentenced-in-absentia": (
        "Judgment in the person's absence reported{when}.",
        "Повідомлено про вирок за відсутності особи (in absentia){when}.",
    ),
    "outcome-not-given": (
        "Trial reported; its outcome is not given in this edition.",
        "Повідомлено про судовий розгляд; у цій версії його результату не наведено."),
    "set-aside": ("Judgment reported set aside{when}.", "Повідомлено про скасування вироку{when}."),
    "term-served": ("Term served, as reported{when}.", "За повідомленням, строк відбуто{when}."),
    "acquitted": ("Acquittal reported{when}.", "Повідомлено про виправдувальний вирок{when}."),
    "legal-unordered": (
        "Reports of proceedings are not ordered with each other.",
        "Черговості повідомлень про провадження не встановлено.",
    ),
    "sentence": (
        "Last sentence reported, after the appeals that are reported: {sentence}.",
        "Останнє повідомлене покарання, після повідомлених переглядів: {sentence}.",
    ),
    "sentence-disputed": (
        "Last sentence reported, after the appeals that are reported: {sentence} (sources differ).",
        "Останнє повідомлене покарання, після повідомлених переглядів: {sentence} (джерела розходяться).",
    ),
    "pardoned": ("Pardon reported; no sentence shown.", "Повідомлено про помилування; покарання не показано."),
    "judgments-unordered": (
        "Several judgments are reported; sources do not say how they stand to each other.",
        "Повідомлено про кілька вироків; джерела не зазначають, як вони співвідносяться.",
    ),
}  # fmt: skip
"""Every message by its key: English, Ukrainian."""

_RETURNED: Final = {
    EventKind.EXCHANGE: "handed-over",
    EventKind.RELEASE: "released",
    EventKind.REUNIFICATION: "reunited",
}
_DIED: Final = {EventKind.DEATH: "died", EventKind.BODY_RETURN: "body-returned", EventKind.BURIAL: "buried"}
_LEGAL: Final = {
    LegalState.CHARGED: "charged",
    LegalState.DETAINED_BY_RULING: "remanded",
    LegalState.ON_TRIAL: "tried",
    LegalState.CONVICTED: "sentenced",
    LegalState.CONVICTED_IN_ABSENTIA: "sentenced-in-absentia",
    LegalState.COMPULSORY_MEASURE: "outcome-not-given",
    LegalState.VERDICT_QUASHED: "set-aside",
    LegalState.SENTENCE_SERVED: "term-served",
    LegalState.ACQUITTED: "acquitted",
}


def status_text(status: PersonStatus, language: Language = Language.EN) -> str:
    """Return a status in words: a sentence for custody, then those for proceedings, where there are any."""
    return " ".join((custody_text(status, language), *legal_texts(status, language)))


def custody_text(status: PersonStatus, language: Language) -> str:
    """Return the sentence for custody."""
    deaths = [one.date for one in status.last if one.kind is EventKind.DEATH]
    return _message(_custody_key(status), language, deaths[0] if deaths else status.custody.reported_for)


def legal_texts(status: PersonStatus, language: Language) -> list[str]:
    """Return the sentences for proceedings; none where nothing of them is reported."""
    found = []
    if status.legal.value != LegalState.UNKNOWN:
        found.append(_message(_LEGAL[LegalState(status.legal.value)], language, status.legal.since))
    elif status.legal.events:
        found.append(_message("legal-unordered", language))
    if status.sentence is not None:
        key = "sentence-disputed" if status.is_sentence_disputed else "sentence"
        found.append(_message(key, language, sentence=_sentence(status.sentence).display_in(language)))
    elif status.is_pardoned:
        found.append(_message("pardoned", language))
    elif status.has_unordered_judgments:
        found.append(_message("judgments-unordered", language))
    return found


def _custody_key(status: PersonStatus) -> str:
    kinds = {one.kind for one in status.last}
    match status.custody.value:
        case Custody.IN_CUSTODY:
            return "in-custody" if status.custody.reported_for else "in-custody-undated"
        case Custody.FREE:
            return _RETURNED[_latest(status.last).kind]
        case Custody.DEAD:
            return _DIED[status.last[0].kind]
        case _ if not kinds:
            return "custody-not-given"
        case _ if kinds & _DIED.keys():
            return "died-unordered"
        case _ if kinds == {EventKind.EXCHANGE}:
            return "handed-over-unknown"
        case _ if kinds == {EventKind.DEPORTATION}:
            return "deported"
        case _ if kinds == {EventKind.DISAPPEARANCE}:
            return "missing"
        case _:
            return "custody-unordered"


def _latest(events: Sequence[LifeEvent]) -> LifeEvent:
    """Return the event that was reported last, of which the status gives the date."""
    return max(
        events, key=lambda one: (one.reported is not None, one.hi if one.reported is None else one.reported, one.id)
    )


def _message(key: str, language: Language, date: str | None = None, *, sentence: str = "") -> str:
    text = MESSAGES[key][language is Language.UK]
    return text.format(when=_when(date, language) if date else "", sentence=sentence)


def _when(edtf: str, language: Language) -> str:
    """Return a date with what joins it to a sentence.

    >>> _when("2022-05-13", Language.EN), _when("2023-03", Language.EN), _when("2023-06?", Language.EN)
    (' on 13 May 2022', ' in March 2023', ' in June 2023 (uncertain)')
    >>> _when("2022-05-13", Language.UK), _when("[..2024-05]", Language.UK), _when("2023-06?", Language.UK)
    (' (13 травня 2022 року)', ' (травень 2024 року або раніше)', ' (червень 2023 року, непевно)')
    """
    when = When.parse(edtf)
    if language is Language.UK:
        return f" ({when.display_in(language)})"
    if when.approximate:
        return f" {when.display}"
    if edtf.startswith("["):
        return f" ({when.display})"
    return f" {'on' if when.precision == 0 else 'in'} {when.display}"


def _sentence(stored: str) -> Sentence:
    return Sentence.from_json(orjson.loads(stored))
