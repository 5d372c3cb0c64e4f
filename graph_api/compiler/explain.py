"""Explains in words why a sequence of events holds: how each order is known, and what of this subject no source states.

In English and Ukrainian, whose kinds of events are the terms of ``title_text``. No native-speaking lawyer has reviewed the Ukrainian.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final, assert_never

from graph_api.compiler.order_basis import SequenceEvent, is_dated_order, order_basis
from graph_api.compiler.title_text import ukrainian_kind, with_remark
from graph_api.ontology.vocabulary import EventKind, Modality, OrderBasis
from graph_api.values.dates import OPEN_HI, OPEN_LO, When, day_date
from graph_api.values.languages import Language
from graph_api.values.ukrainian import plural

MESSAGES: Final[dict[str, tuple[str, str]]] = {
    "before": ("{a} before {b}: {basis}", "{a}, потім {b}: {basis}"),
    "dated": ("dated", "за датами"),
    "possible": ("possible by the dates", "можливо за датами"),
    "stated": ("an order that a source states", "такий порядок зазначає джерело"),
    "known-by": ("reported before it", "про першу подію повідомлено до другої"),
    "implied": (
        "implied by what sources say; no single source states the order",
        "випливає з повідомлень джерел, хоча жодне окремо такого порядку не зазначає",
    ),
    "for-all-dates": ("Holds whatever the days are.", "Це так за будь-яких днів, які допускають джерела."),
    "for-some-dates": (
        "Possible for some of the days that the sources allow.",
        "Це можливо за деяких із днів, які допускають джерела.",
    ),
    "not-stated.IMPLIED": (
        "Implied by what sources say, not stated of this {subject}: {what}.",
        "Випливає з повідомлень джерел, прямо про {subject} не зазначено: {what}.",
    ),
    "not-stated.DERIVED": (
        "Worked out from other claims by a written rule, stated of this {subject} by no source: {what}.",
        "Визначено на підставі інших тверджень за записаним правилом, жодне джерело не зазначає цього про {subject}: {what}.",
    ),
    "not-stated.ATTRIBUTED": (
        "Reported of this {subject} in the words of others: {what}.",
        "Повідомлено про {subject} за словами інших: {what}.",
    ),
    "event": ("the {event}", "{event}"),
    "date-of": ("the date of the {event}", "дата події – {event}"),
    "date-disputed": ("{date}; sources differ on the date", "{date}; джерела розходяться щодо дати"),
    "no-date": ("no date stated", "дати не зазначено"),
    "between": ("no date stated; between {earliest} and {latest}", "дати не зазначено; {between}"),
    "not-after": ("no date stated; not after {latest}", "дати не зазначено; не пізніше {latest}"),
    "not-before": ("no date stated; not before {earliest}", "дати не зазначено; не раніше {earliest}"),
    "chains": ("{chains} of events; shown is the best established.", "{chains} подій; наведено найкраще обґрунтовану."),
}  # fmt: skip
"""Every message by its key: English, Ukrainian. A day in Ukrainian is in the genitive always."""

_NOT_STATED: Final = (Modality.IMPLIED, Modality.DERIVED, Modality.ATTRIBUTED)
"""The modalities of which there is a sentence, in its order."""
_SUBJECTS_UK: Final = {"person": "цю особу", "group": "цю групу осіб"}


def explain(
    events: Sequence[SequenceEvent],
    stated: Sequence[Modality | None],
    *,
    subject: str,
    chains: int,
    is_sure: bool,
    language: Language = Language.EN,
) -> str:
    """Return the explanation of a sequence; ``stated`` says how sources state the order of each pair of neighbours.

    >>> sentenced = SequenceEvent("CONVICTION", "2022-09-21", 19256, 19256, 19256, 19256)
    >>> exchanged = SequenceEvent("EXCHANGE", "2024-06-28", 19902, 19902, 19902, 19902)
    >>> explain([sentenced, exchanged], [None], subject="person", chains=1, is_sure=True)
    'conviction (21 September 2022) before exchange (28 June 2024): dated. Holds whatever the days are.'
    >>> explain([exchanged], [], subject="person", chains=1, is_sure=True, language=Language.UK)
    'Обмін (28 червня 2024 року). Це так за будь-яких днів, які допускають джерела.'
    """
    say = _Messages(language)
    parts = [_event(events[0], say)] if len(events) == 1 else []
    for (a, b), modality in zip(pairwise(events), stated, strict=True):
        parts.append(say.text("before", a=_event(a, say), b=_event(b, say), basis=say.text(_basis(a, b, modality))))
    sentences = [_begun("; ".join(parts), language) + "."]
    sentences.append(say.text("for-all-dates" if is_sure else "for-some-dates"))
    sentences += _not_stated(events, subject, say)
    if chains > 1:
        sentences.append(say.text("chains", chains=_counted(chains, language)))
    return " ".join(sentences)


@dataclass(frozen=True, slots=True)
class _Messages:
    language: Language

    def text(self, key: str, **values: str) -> str:
        return MESSAGES[key][self.language is Language.UK].format(**values)

    def date(self, edtf: str) -> str:
        return When.parse(edtf).display_in(self.language)


def _begun(words: str, language: Language) -> str:
    """Return words as a sentence begins with them; in English it begins in lower case."""
    return words if language is Language.EN else words[:1].upper() + words[1:]


def _counted(chains: int, language: Language) -> str:
    if language is Language.EN:
        return f"{chains} chains"
    return plural(chains, "послідовність", "послідовності", "послідовностей")


def _word(event: SequenceEvent, language: Language) -> str:
    return event.kind.lower().replace("_", " ") if language is Language.EN else ukrainian_kind(EventKind(event.kind))


def _event(event: SequenceEvent, say: _Messages) -> str:
    date = say.date(event.date) if event.date else _bounds(event, say)
    if event.is_date_disputed:
        date = say.text("date-disputed", date=date)
    return with_remark(_word(event, say.language), date)


def _bounds(event: SequenceEvent, say: _Messages) -> str:
    latest = day_date(event.hi) if event.hi < OPEN_HI else None
    earliest = day_date(event.lo) if event.lo > OPEN_LO else None
    if earliest and latest:
        first, last = earliest.isoformat(), latest.isoformat()
        between = say.date(first if first == last else f"[{first}..{last}]")
        return say.text("between", earliest=say.date(first), latest=say.date(last), between=between)
    if latest:
        return say.text("not-after", latest=say.date(latest.isoformat()))
    return say.text("not-before", earliest=say.date(earliest.isoformat())) if earliest else say.text("no-date")


def _basis(a: SequenceEvent, b: SequenceEvent, stated: Modality | None) -> str:
    """Return the key of the message that says how the order of two events is known."""
    match order_basis(a, b, stated):
        case OrderBasis.DATED:
            return "dated" if is_dated_order(a, b) else "possible"
        case OrderBasis.STATED:
            return "stated"
        case OrderBasis.KNOWN_BY:
            return "known-by"
        case OrderBasis.IMPLIED:
            return "implied"
        case _ as basis:
            assert_never(basis)


def _not_stated(events: Sequence[SequenceEvent], subject: str, say: _Messages) -> list[str]:
    """Return a sentence for each modality other than STATED: which events of this subject, and which dates, are of it."""
    found: dict[Modality, list[str]] = {}
    for event in events:
        word = _word(event, say.language)
        own = [one for one in (event.modality, event.part_modality) if one is not Modality.STATED]
        for modality in dict.fromkeys(own):
            found.setdefault(modality, []).append(say.text("event", event=word))
        if event.date is not None and event.date_modality not in (None, Modality.STATED):
            found.setdefault(event.date_modality, []).append(say.text("date-of", event=word))
    whom = subject if say.language is Language.EN else _SUBJECTS_UK[subject]
    return [
        say.text(
            f"not-stated.{modality}", subject=whom, what=_listed(list(dict.fromkeys(found[modality])), say.language)
        )
        for modality in _NOT_STATED
        if modality in found
    ]


def _listed(words: Sequence[str], language: Language) -> str:
    if language is Language.UK:
        return "; ".join(words)
    return f"{', '.join(words[:-1])} and {words[-1]}" if len(words) > 1 else words[0]
