"""Differences in words: each value with who reports it, which one is shown, and by which rule.

The reasons are those of the claims. A day on which somebody read a page is never one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final, assert_never

import orjson

from graph_api.errors import InvalidValue
from graph_api.ontology.vocabulary import DifferenceKind, Modality
from graph_api.values.dates import When, one_of
from graph_api.values.languages import Language
from graph_api.values.normalization import normalize_name
from graph_api.values.sentences import Sentence

NO_RULE: Final = "no rule decides"
"""How the reason of a value begins to which no rule prefers another one (``evidence.resolution``)."""


@dataclass(frozen=True, slots=True)
class ReportedValue:
    """What one source states of one property of a record: the value, who reports it, and whether and why it is shown.

    ``record`` is the id of the record, ``title`` what it is called. ``speaker`` is whose words the source reports, ``has_unnamed_speaker`` tells
    that they are those of somebody who is not named. ``published`` is the date of publication as written. ``names`` has a row for each record that
    the value names: its id, its name, and its Ukrainian name or None.
    """

    value: Any
    property: str
    record: str
    title: str
    source: str
    published: str | None = None
    speaker: str | None = None
    has_unnamed_speaker: bool = False
    modality: str = Modality.STATED.value
    is_shown: bool = False
    reason: str = ""
    names: Sequence[Sequence[str | None]] = ()


def explain_difference(kind: DifferenceKind, name: str, statements: Sequence[ReportedValue]) -> str:
    """Return a difference in words. ``name`` is the property, or the axis of a status; ``statements`` are what the claims say."""
    match kind:
        case DifferenceKind.VALUE | DifferenceKind.DATE:
            tied = _tied_dates(statements) if kind is DifferenceKind.DATE else ""
            return f"Sources differ on {_words(name)}: {_values(statements)}. {tied or _shown(statements)}"
        case DifferenceKind.COUNT:
            records = {one.record for one in statements}
            shown = _shown(statements) if len(records) == 1 else "Each number is kept as a figure of its own."
            return f"These numbers cannot all be right: {_values(statements)}. {shown}"
        case DifferenceKind.SUM:
            largest_first = sorted(statements, key=lambda one: -float(one.value.get("low") or 0))
            return (
                f"The parts do not add up to the total: {_values(largest_first)}. Each number is shown as it is stated."
            )
        case DifferenceKind.ORDER if name == "date":
            [one, *_] = statements
            published = f"published {When.parse(one.published).display}" if one.published else "published before"
            return (
                f"The source is older than the day that it states: {display(one.value)} in {one.source}, {published}."
            )
        case DifferenceKind.ORDER:
            return f"The last reports differ, and their order is not settled in this edition: {_reports(statements)}. The state is shown as unknown."
        case DifferenceKind.TWO_PLACES:
            return f"Stays at two sites overlap whatever the days are: {_values(statements)}. Both are shown."
        case DifferenceKind.IDENTITY:
            names = list(dict.fromkeys(one.title for one in statements))
            if len({normalize_name(name) for name in names}) == 1:
                return f"Several people have one name: {', '.join(names)}. They are not known to be the same person."
            return f"Not the same person: {' and '.join(names)} have one family name and are named in one event."
        case _:
            assert_never(kind)


def decode_difference(kind: str, name: str, rows: Sequence[Sequence[Any]]) -> str:
    """Return a difference in words, from rows of its claims: the fields of ReportedValue, with the value as JSON text."""
    return explain_difference(DifferenceKind(kind), name, parse_statements(rows))


def parse_statements(rows: Sequence[Sequence[Any]]) -> list[ReportedValue]:
    """Return what the claims of a difference say, from rows as ``decode_difference`` takes them."""
    return [ReportedValue(orjson.loads(value), *facts) for value, *facts in rows]


def named_value(one: ReportedValue, language: Language) -> Any:
    """Return the value of a statement with the names of the records in it in place of their ids."""
    names = {id_: (ukrainian if language is Language.UK else None) or name or id_ for id_, name, ukrainian in one.names}
    match one.value:
        case list() as several:
            return [names.get(each, each) if isinstance(each, str) else each for each in several]
        case str() as single:
            return names.get(single, single)
        case other:
            return other


def display(value: Any) -> str:
    """Return a value for people: a date, a sentence, a number in the words of the source, a word of a list.

    >>> display("2025-03-31"), display("PRISONER_OF_WAR"), display({"text": "more than 300", "operator": "MORE_THAN"})
    ('31 March 2025', 'prisoner of war', 'more than 300')
    """
    match value:
        case {"text": str(text)}:
            return text
        case {"kind": str()}:
            return Sentence.from_json(value).display
        case list():
            return ", ".join(map(display, value))
        case bool():
            return "yes" if value else "no"
        case str() if value.isupper() and value.replace("_", "").isalpha():
            return value.lower().replace("_", " ")
        case str():
            return _date(value) or value
        case _:
            return str(value)


def _date(text: str) -> str | None:
    if not any(one.isdigit() for one in text):
        return None
    try:
        return When.parse(text).display
    except InvalidValue:
        return None


_PROPERTIES: Final = {
    "born": "the date of birth",
    "in-absentia": "whether the person was absent",
    "closed": "whether the session was closed",
    "incommunicado": "whether there was contact to the outside",
    "side": "the side to which the person was handed over",
}
"""Properties behind "differ on" whose name alone does not say it."""


def _words(name: str) -> str:
    return _PROPERTIES.get(name, f"the {name.replace('-', ' ')}")


def with_speakers(
    statements: Iterable[ReportedValue], words: Callable[[ReportedValue], str], who: Callable[[ReportedValue], str]
) -> str:
    """Return what is reported, each once, with everybody who says so: ``10 years (A, B); 11 years (C)``."""
    reported: dict[str, list[str]] = {}
    for one in statements:
        reported.setdefault(words(one), []).append(who(one))
    return "; ".join(f"{said} ({', '.join(dict.fromkeys(by))})" for said, by in reported.items())


def _values(statements: Iterable[ReportedValue]) -> str:
    return with_speakers(statements, _display, _who)


def _display(one: ReportedValue) -> str:
    return display(named_value(one, Language.EN))


def _reports(statements: Iterable[ReportedValue]) -> str:
    return with_speakers(statements, _report, _who)


def _report(one: ReportedValue) -> str:
    return f"{display(one.title)}, {display(one.value) if one.property == 'date' else 'no date stated'}"


def _who(one: ReportedValue) -> str:
    speaker = one.speaker or ("a person not named here" if one.has_unnamed_speaker else None)
    cited = f"{one.source} citing {speaker}" if speaker else one.source
    match modality := Modality(one.modality):
        case Modality.IMPLIED:
            return f"follows from {cited}"
        case Modality.DERIVED:
            return f"worked out from {cited}"
        case Modality.STATED | Modality.ATTRIBUTED:
            return cited
        case _:
            assert_never(modality)


def _tied_dates(statements: Iterable[ReportedValue]) -> str:
    """Return what is shown where no rule decides between dates; empty where one is preferred."""
    tied = [When.parse(one.value) for one in statements if one.reason.startswith(NO_RULE)]
    together = one_of(tied) if tied else None
    return f"Shown: {together.display}, since no rule decides between them." if together else ""


def _shown(statements: Iterable[ReportedValue]) -> str:
    shown = [one for one in statements if one.is_shown]
    values = list(dict.fromkeys(map(_display, shown)))
    reasons = list(dict.fromkeys(one.reason for one in shown if one.reason))
    if len(values) != 1:
        return "No rule decides between them."
    if all(reason.startswith(NO_RULE) for reason in reasons):
        return f"Shown: {values[0]}, though no rule decides between them."
    return f"Shown: {values[0]}. Reason: {'; '.join(reasons)}."
