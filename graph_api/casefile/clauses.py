"""What the line of an event says, clause by clause, each with the claims that say just that.

::

    Conviction of 2024-08 with a court and a sentence of 10 years 6 months, which one of three sources gives as 10 years

    "reported sentenced"                                          every claim that states the person's part
    "by “Kherson regional court” (court of the occupying power)"  the claims that name the court
    "to 10 years 6 months (sources differ)"                       the claims of that sentence

Titles and descriptions of events and notes of citations are not printed: they are in the words of whoever entered them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from graph_api.casefile.facts import CaseFacts, EventFacts, SaidClaim
from graph_api.casefile.messages import CLAUSES, EVENTS, EXPECTED, WORDS, message_text, word_list
from graph_api.casefile.value_words import (
    court_words,
    date_words,
    distinct_offences,
    name_words,
    offence_with_article,
    sentence_words,
    standing_words,
)
from graph_api.evidence.resolution import compatible
from graph_api.evidence.status_text import Language
from graph_api.ontology.registry import ONTOLOGY
from graph_api.ontology.vocabulary import AppealResult, EventKind, Modality, Role
from graph_api.values.sentences import SentenceKind
from graph_api.values.spans import span_words

_LINKS: Final = ("places", "sites", "from-site", "from-place", "to-site", "to-place", "authority")
_FLAGS: Final = ("closed", "in-absentia", "incommunicado")
_ACTING: Final = (
    Role.DETAINING_AUTHORITY, Role.COURT, Role.PERPETRATOR, Role.MEDIATOR, Role.FACILITATOR, Role.ISSUER,
)  # fmt: skip
"""Roles of others that a line names."""
_SHARED: Final = (EventKind.EXCHANGE, EventKind.AGREEMENT, EventKind.NEGOTIATION)
"""Kinds of events of many people, of which a line says only what is stated of this person's part."""
_MODALITIES: Final = (Modality.STATED, Modality.ATTRIBUTED, Modality.IMPLIED, Modality.DERIVED)


@dataclass(frozen=True, slots=True)
class PlainClause:
    """A part of a line before its references are numbered, with the claims that say it and the property that it prints.

    ``qualifier`` follows the words: according to whom, whether it is worked out, whether sources differ.
    """

    name: str
    words: str
    qualifier: str
    claims: tuple[SaidClaim, ...]
    modality: Modality
    speakers: tuple[str, ...] = ()
    role: str | None = None

    @property
    def text(self) -> str:
        """The words with their qualifier."""
        return self.words + self.qualifier


def line_clauses(event: EventFacts, facts: CaseFacts, language: Language) -> list[PlainClause]:
    """Return the clauses of an event's line: what happened first, then its details in a fixed order."""
    return list(_Line(event, facts, language).clauses())


def date_clauses(event: EventFacts, facts: CaseFacts, language: Language) -> list[PlainClause]:
    """Return the date of an event as stated, then those that cannot be right as well; none without a date."""
    return [] if event.date is None else list(_Line(event, facts, language).dated("date", event.date))


def expected_words(note: str, language: Language) -> str:
    """Return what was expected of the part of a person, in the words of the note; a standard one is not quoted and has its translation.

    >>> expected_words("was to be handed over", Language.UK), expected_words("a reunion", Language.UK)
    ('мали передати', 'очікувалося: «a reunion»')
    """
    standard = next((one for one in EXPECTED.values() if one.english == note), None)
    return message_text(standard or EXPECTED["note"], language, **({} if standard else {"note": note}))


@dataclass(frozen=True, slots=True)
class _Line:
    event: EventFacts
    facts: CaseFacts
    language: Language

    @property
    def is_shared(self) -> bool:
        return not self.event.is_alone or self.event.kind in _SHARED

    def clauses(self) -> Iterator[PlainClause]:
        yield from self._happened()
        if self.event.is_subject or not self.is_shared:
            yield from self._side()
        if not self.is_shared:
            yield from self._own()
        yield from self._acting()

    def _own(self) -> Iterator[PlainClause]:
        yield from self._courts()
        for name in _LINKS:
            yield from self._linked(name, name_words)
        yield from self._sentence()
        yield from self._offences()
        for name in _FLAGS:
            saying = self.facts.saying(self.event.id, name)
            if saying and saying[0].values[name] is True:
                yield self.clause(name, message_text(CLAUSES[name], self.language), saying)
        yield from self._worded()
        if self.event.until is not None:
            yield from self.dated("until", self.event.until)

    # ── what happened ───────────────────────────────────────────────────────────────────────────────────────────

    def _happened(self) -> Iterator[PlainClause]:
        saying = self.facts.reporting(self.event)
        if self.event.is_announced:
            yield self._expected(saying)
            return
        results = self._results()
        if not self.event.is_subject or not {one.source for one in saying} <= {
            one.source for clause in results for one in clause.claims
        }:
            words = message_text(EVENTS[self._kind(has_result=bool(results))], self.language)
            if not self.event.is_subject:
                words = f"{words}, {message_text(CLAUSES['role'], self.language, role=_role_words(self.event.role))}"
            yield self.clause("kind", words, saying)
        yield from results

    def _results(self) -> list[PlainClause]:
        """Return what came of a decision of a higher court, with the claims that say it; not every report of the decision does."""
        if self.event.kind is not EventKind.APPEAL:
            return []
        stated = _by_value(self.facts.saying(self.event.id, "result"), "result")
        found = [
            self.clause("result", self._result_words(result), saying)
            for result, saying in stated
            if result != AppealResult.UNSTATED
        ]
        return [*found, *self._elsewhere("result", self._result_words)] if found else []

    def _result_words(self, result: Any) -> str:
        return message_text(EVENTS[f"APPEAL.{result}"], self.language)

    def _expected(self, reporting: list[SaidClaim]) -> PlainClause:
        """Return what was expected: in the words of the part where these are stated, else by the kind of the event."""
        noted = self.facts.saying(self.event.part, "note")
        if noted:
            return self.clause("note", expected_words(str(noted[0].values["note"]), self.language), noted)
        message = EXPECTED.get(self.event.kind.value, EXPECTED["OTHER"])
        return self.clause("kind", message_text(message, self.language), reporting)

    def _kind(self, *, has_result: bool) -> str:
        kind = self.event.kind.value
        match self.event.kind:
            case EventKind.APPEAL if has_result:
                return f"{kind}.REPORTED"
            case EventKind.REMAND if self.facts.saying(self.event.id, "court"):
                return f"{kind}.BY"
            case EventKind.EXCHANGE if self.facts.category != "PRISONER_OF_WAR":
                return f"{kind}.CIVILIAN"
            case _:
                return kind

    def clause(self, name: str, words: str, saying: Iterable[SaidClaim]) -> PlainClause:
        """Return a clause as strongly as its strongest claims say it, with those who are said to have said it."""
        claims = tuple(saying)
        modality = min((one.modality for one in claims), key=_MODALITIES.index, default=Modality.STATED)
        speakers: tuple[str, ...] = ()
        role = None
        qualifier = ""
        if modality is Modality.ATTRIBUTED:
            told = [one for one in claims if one.modality is modality]
            speakers = tuple(sorted({one.speaker for one in told if one.speaker}))
            role = (
                message_text(WORDS["person-not-named"], self.language)
                if any(one.speaker is None for one in told)
                else None
            )
            qualifier = f", {self._according_to(speakers, role)}"
        elif modality in (Modality.IMPLIED, Modality.DERIVED):
            qualifier = f" ({message_text(WORDS[modality.value.lower()], self.language)})"
        if claims and not self.event.is_announced and all(one.is_announced for one in claims):
            qualifier = f"{qualifier} ({message_text(WORDS['announced'], self.language)})"
        if name in self.event.disputed and any(name in one.shown | one.tied for one in claims):
            qualifier = f"{qualifier} ({message_text(WORDS['differ'], self.language)})"
        return PlainClause(name, words, qualifier, claims, modality, speakers, role)

    def _according_to(self, speakers: Sequence[str], role: str | None) -> str:
        """Return whose words a source reports: what people say, what bodies state."""
        records = [self.facts.records[one] for one in speakers if one in self.facts.records]
        people = bool(role) or any(one.type == "Person" for one in records)
        bodies = any(one.type != "Person" for one in records)
        key = "according-to.both" if people and bodies else "according-to.person" if people else "according-to"
        names = [*(name_words(one, self.language) for one in records), *([role] if role else [])]
        return message_text(WORDS[key], self.language, names=word_list(names, self.language))

    def _elsewhere(self, name: str, words: Callable[[Any], str]) -> Iterator[PlainClause]:
        """Yield what else is stated of a disputed property: values that cannot be right beside the one shown."""
        prop = ONTOLOGY.kind("event", self.event.kind).find(name)
        shown = self.facts.saying(self.event.id, name)
        if prop is None or name not in self.event.disputed or not shown:
            return
        value = shown[0].values[name]
        others = [
            one
            for one in self.facts.claims.get(self.event.id, ())
            if name in one.values and name not in one.shown | one.tied
        ]
        load = prop.value_type.load
        for other, saying in _by_value(others, name):
            if other not in value if prop.many else not compatible(prop, load(value), load(other)):
                yield self.clause(name, message_text(WORDS["elsewhere"], self.language, value=words(other)), saying)

    # ── details ─────────────────────────────────────────────────────────────────────────────────────────────────

    def dated(self, name: str, edtf: str) -> Iterator[PlainClause]:
        """Yield the clause of a date, with the claims of just that date; of a shared event, those of whoever reports the part."""
        saying = self.facts.saying(self.event.id, name)
        if self.is_shared:
            own = {one.source for one in self.facts.reporting(self.event)}
            saying = [one for one in saying if one.source in own] or saying
        words = date_words(edtf, self.language)
        if name != "date":
            words = span_words(None, edtf, self.language)
        yield self.clause(name, words, saying)
        yield from self._elsewhere(name, lambda other: date_words(other, self.language))

    def _side(self) -> Iterator[PlainClause]:
        if self.event.side is not None:
            record = self.facts.records.get(self.event.side)
            names = name_words(record, self.language) if record else self.event.side
            saying = self.facts.saying(self.event.part, "side")
            yield self.clause("side", message_text(CLAUSES["side"], self.language, names=names), saying)

    def _courts(self) -> Iterator[PlainClause]:
        named = list(self._linked("court", court_words))
        yield from named
        saying = [] if named else self.facts.saying(self.event.id, "court-standing")
        if saying:
            words = standing_words(saying[0].values["court-standing"], "RU", self.language)
            yield self.clause(
                "court-standing", message_text(CLAUSES["court-standing"], self.language, names=words), saying
            )

    def _linked(self, name: str, words: Callable[[Any, Language], str]) -> Iterator[PlainClause]:
        """Yield a clause for every record that shown claims name in a property, each with the claims that name it."""
        stated = _by_value(self.facts.saying(self.event.id, name), name)
        named = [(record, saying) for target, saying in stated if (record := self.facts.records.get(str(target)))]
        further = "or" if name in self.event.disputed else "and"
        for place, (record, saying) in enumerate(named):
            text = message_text(CLAUSES[name], self.language, names=words(record, self.language))
            is_joined = place and self.language is Language.EN
            yield self.clause(name, f"{further} {text}" if is_joined else text, saying)
        if named:
            yield from self._elsewhere(name, lambda other: self._named(other, words))

    def _named(self, target: Any, words: Callable[[Any, Language], str]) -> str:
        record = self.facts.records.get(str(target))
        return words(record, self.language) if record else str(target)

    def _sentence(self) -> Iterator[PlainClause]:
        for value, saying in _by_value(self.facts.saying(self.event.id, "sentence"), "sentence"):
            if value["kind"] == SentenceKind.UNSTATED:
                continue  # that there was one is said by the judgment
            key = "appeal-sentence" if self.event.kind is EventKind.APPEAL else "sentence"
            words = message_text(CLAUSES[key], self.language, sentence=sentence_words(value, self.language))
            yield self.clause("sentence", words, saying)
        yield from self._elsewhere("sentence", lambda other: sentence_words(other, self.language))

    def _offences(self) -> Iterator[PlainClause]:
        stated = list(_by_value(self.facts.saying(self.event.id, "offences"), "offences"))
        key = "charge" if self.event.kind is EventKind.CHARGE else "offence"
        for place, offence in enumerate(distinct_offences([value for value, _ in stated])):
            saying = next(claims for value, claims in stated if value == offence)
            message = CLAUSES[f"{key}-more" if place else key]
            words = message_text(message, self.language, offence=offence_with_article(offence, self.language))
            yield self.clause("offences", words, saying)

    def _worded(self) -> Iterator[PlainClause]:
        for ground, saying in _by_value(self.facts.saying(self.event.id, "ground"), "ground"):
            if f"ground.{ground}" in CLAUSES:
                yield self.clause("ground", message_text(CLAUSES[f"ground.{ground}"], self.language), saying)
        yield from self._elsewhere("ground", self._ground_words)
        for reason, saying in _by_value(self.facts.saying(self.event.id, "stated-reason"), "stated-reason"):
            yield self.clause(
                "stated-reason", message_text(CLAUSES["stated-reason"], self.language, text=reason), saying
            )

    def _ground_words(self, ground: Any) -> str:
        return message_text(CLAUSES[f"ground.{ground}"], self.language)

    def _acting(self) -> Iterator[PlainClause]:
        for own in self.event.also:
            role = message_text(CLAUSES["role"], self.language, role=_role_words(own.role))
            yield self.clause("role", role, self.facts.claims.get(own.subject, ()))
        for other in self.event.others:
            record = self.facts.records.get(other.who)
            if other.role not in _ACTING or record is None:
                continue
            words = court_words if other.role is Role.COURT else name_words
            message = CLAUSES.get(f"{other.role.value}.{self.event.kind.value}", CLAUSES[other.role.value])
            saying = self.facts.claims.get(other.subject, ())
            yield self.clause(
                other.role.value, message_text(message, self.language, names=words(record, self.language)), saying
            )


def _role_words(role: Role) -> str:
    return role.value.lower().replace("_", " ")


def _by_value(saying: Sequence[SaidClaim], name: str) -> Iterator[tuple[Any, list[SaidClaim]]]:
    """Yield each value that claims state of a property, items of a list one by one, with the claims that state it."""
    found: list[tuple[Any, list[SaidClaim]]] = []
    for claim in saying:
        value = claim.values[name]
        for one in value if isinstance(value, list) else [value]:
            known = next((claims for other, claims in found if other == one), None)
            if known is None:
                found.append((one, [claim]))
            else:
                known.append(claim)
    yield from found
