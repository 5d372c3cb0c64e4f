"""Entries to claims: every value of every record with its evidence, every id that it refers to, every problem."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from typing import Any, Final, TypeAlias

from graph_api.errors import InvalidValue, Problem
from graph_api.evidence.claims import Claim, exact_kind
from graph_api.ingest.acceptance import ACCEPT, accepted_codes
from graph_api.ingest.batch import DeferredClaims, ParsedBatch, RecordDefinition, Reference, unknown_keys
from graph_api.ingest.evidence_parser import EVIDENCE_KEYS, Evidence, EvidenceParser
from graph_api.ingest.judgements import parse_judgement
from graph_api.ingest.moved_ids import add_former_id, parse_moved, resolve_moved
from graph_api.ingest.nodes import (
    Entry,
    MappingNode,
    Node,
    ScalarNode,
    SequenceNode,
    SourcePosition,
    describe_node,
    given_id,
    has_no_value,
    raw_value,
    values_with_evidence,
)
from graph_api.ingest.wordings import corrected, right_id
from graph_api.ontology.kinds import Kind
from graph_api.ontology.properties import NestedRecord, Property
from graph_api.ontology.registry import EVENTS, ONTOLOGY
from graph_api.ontology.vocabulary import EventKind, Modality, Role, Sensitivity
from graph_api.values.links import parse_id
from graph_api.values.value_type import describe, text_of
from graph_api.values.words import parse_word

EVENT_KEYS: Final = tuple(dict.fromkeys(key for kind in EVENTS.values() for key in kind.keys))
"""Every key that some kind of event has."""

DEFERRED: Final = {"claims": ("values",), "choices": ("property", "value", "reason")}
"""The sections whose entries are about a record that is defined elsewhere, and the keys that such an entry needs beside id and about."""

CHOICE_KEYS: Final = ("id", "about", "property", "value", "reason")
MAX_REASON: Final = 500

StatedValue: TypeAlias = tuple[Evidence, str, Any]
"""A value: its evidence, the property, the value itself."""


def parse_batch(entries: Sequence[Entry], left_out: frozenset[str] = frozenset()) -> ParsedBatch:
    """Return the content of a batch without the entries ``left_out``, and without those about records that it does not define.

    The latter stay in ``deferred_claims``, for ``resolve_deferred``.
    """
    batch = ParsedBatch()
    for entry in entries:
        if entry.id in left_out:
            continue
        if entry.section == "withheld":
            _withheld(entry.node, batch)
        elif not isinstance(entry.node, MappingNode):
            message = f"Invalid record {describe_node(entry.node)}: expected a mapping with id and other keys."
            batch.problems.append(entry.node.position.problem("type", message))
        elif entry.section == "judgements":
            unit = _define(batch, entry.node, "claims")
            parse_judgement(batch if unit else batch.of_nobody(), entry.node, unit or given_id(entry.node))
        elif entry.section == "moved":
            parse_moved(batch, entry.node)
        elif entry.section in DEFERRED:
            _defer(entry.node, batch, entry.section)
        elif (kind := ONTOLOGY.by_section(entry.section)) is not None:
            _RecordParser(batch, entry.node).record(kind)
    resolve_moved(batch)
    resolve_deferred(batch, {record: definition.kind for record, definition in batch.definitions.items()})
    return batch


def resolve_deferred(batch: ParsedBatch, kinds: Mapping[str, str]) -> None:
    """Parse the deferred entries about records of these kinds; the others stay deferred."""
    deferred, batch.deferred_claims = batch.deferred_claims, []
    for entry in deferred:
        kind = kinds.get(entry.subject)
        into = batch if entry.unit in batch.definitions else batch.of_nobody()
        if kind is None or kind == "claims":
            batch.deferred_claims.append(entry)
        elif entry.unit in batch.moved:
            add_former_id(batch, entry, kind)
        elif "values" in entry.node.values:
            _RecordParser(into, entry.node).supplement(entry, kind)
        else:
            _parse_choice(into, entry, kind)


def _withheld(node: Node, batch: ParsedBatch) -> None:
    try:
        batch.withheld[parse_id(raw_value(node), "an id")] = node.position
    except InvalidValue as error:
        batch.problems.append(node.position.problem("id", f"withheld: {error}"))


def _define(batch: ParsedBatch, node: MappingNode, kind: str) -> str | None:
    identity = node.values.get("id")
    if identity is None:
        message = "Missing key 'id': expected 3 to 64 characters of a-z, 0-9 and hyphens."
        batch.problems.append(node.position.problem("id", message))
        return None
    try:
        record = parse_id(raw_value(identity), "an id")
    except InvalidValue as error:
        right = right_id(identity.text) if isinstance(identity, ScalarNode) else ""
        problem = InvalidValue(error.found, right, thing="id") if right else error
        batch.problems.append(identity.position.problem("id", f"id: {problem}"))
        return None
    if (first := batch.definitions.get(record)) is not None:
        where = f"{first.position.file}:{first.position.line}"
        message = f"Duplicate id {record!r}: first defined at {where}. Add what another source says under `claims:`."
        batch.problems.append(identity.position.problem("unique-id", message))
        return None
    batch.definitions[record] = RecordDefinition(kind, node)
    return record


def _defer(node: MappingNode, batch: ParsedBatch, section: str) -> None:
    unit = _define(batch, node, "claims") or ""
    about = node.values.get("about")
    if not isinstance(about, ScalarNode) or any(key not in node.values for key in DEFERRED[section]):
        keys = ["id", "about (the id of a record)", *DEFERRED[section], *(["cite"] if section == "claims" else [])]
        message = f"Invalid entry of {section}: expected {', '.join(keys)}."
        batch.problems.append(node.position.problem(section, message))
        return
    batch.references.append(Reference(about.position, unit, "about", about.text, ()))
    batch.deferred_claims.append(DeferredClaims(about.text, node, unit))


class _RecordParser:
    """Parses one entry into the batch."""

    def __init__(self, batch: ParsedBatch, node: MappingNode) -> None:
        self.batch = batch
        self.node = node
        self.record_id = ""
        self.kind_name = ""
        self.unit = ""

    def record(self, kind: Kind) -> None:
        """Parse a record: its evidence, its properties, its nested records."""
        name, kind, keys = self._exact_kind(kind)
        identity = _define(self.batch, self.node, name)
        if identity is None:
            self.batch, identity = self.batch.of_nobody(), given_id(self.node)
        evidence_keys = () if kind.name == "source" else EVIDENCE_KEYS
        self._unknown_keys(self.node, ("id", *keys, *evidence_keys, ACCEPT), name)
        self._accept(identity)
        self.record_id, self.kind_name, self.unit = identity, name, identity
        found = len(self.batch.problems)
        evidence = Evidence((None,)) if kind.name == "source" else self._evidence(self.node)
        self._required(kind)
        own = {key: node for key, node in self.node.values.items() if key not in ("id", ACCEPT, *EVIDENCE_KEYS)}
        self._values(kind, own, evidence)
        self.batch.faulty |= {identity} if len(self.batch.problems) > found else set()

    def supplement(self, entry: DeferredClaims, kind_name: str) -> None:
        """Parse an entry of ``claims:`` about a record of a known kind."""
        kind = exact_kind(kind_name)
        self._unknown_keys(self.node, ("id", "about", "values", *EVIDENCE_KEYS, ACCEPT), "claims:")
        self._accept(entry.unit)
        values = self.node.values["values"]
        if not isinstance(values, MappingNode):
            self._problem(values.position, "type", f"Invalid values {describe_node(values)}: expected a mapping.")
            return
        if kind.name == "source":
            message = f"Invalid claims about the source {entry.subject!r}: correct the source itself."
            self._problem(values.position, "claims", message)
            return
        self.record_id, self.kind_name, self.unit = entry.subject, kind_name, entry.unit
        allowed = tuple(key for key in kind.keys if not (kind.name == "event" and key == "kind"))
        self._unknown_keys(values, allowed, kind_name)
        self._values(kind, dict(values.values), self._evidence(self.node))

    def _accept(self, unit: str) -> None:
        if ACCEPT in self.node.values:
            self.batch.accepted[unit] = accepted_codes(self.node.values[ACCEPT], self.batch.problems)

    def _problem(self, position: SourcePosition, rule: str, message: str) -> None:
        self.batch.problems.append(position.problem(rule, message))

    def _unknown_keys(self, node: MappingNode, allowed: Sequence[str], owner: str) -> None:
        self.batch.problems += unknown_keys(node.keys, allowed, owner)

    def _evidence(self, node: MappingNode, inherited: Evidence | None = None) -> Evidence:
        nodes = {key: node.values[key] for key in EVIDENCE_KEYS if key in node.values}
        parser = EvidenceParser(self.record_id, self.batch.problems, self.batch.references)
        return parser.parse(nodes, node.position, inherited)

    def _exact_kind(self, kind: Kind) -> tuple[str, Kind, Sequence[str]]:
        """Return the name of the entry's kind, the kind, and the keys that it may have."""
        if kind.name != "event":
            return kind.name, kind, kind.keys
        node = self.node.values.get("kind")
        if node is not None and len({str(raw_value(one.values["value"])) for one in values_with_evidence(node)}) == 1:
            node = values_with_evidence(node)[0].values["value"]
        if isinstance(node, ScalarNode):
            with suppress(InvalidValue):  # reported with the other properties
                event = parse_word(EventKind, node.text)
                exact = ONTOLOGY.kind("event", event)
                return f"event/{event.value}", exact, exact.keys
        elif node is not None:
            message = f"Invalid kind {describe_node(node)}: expected one word; `description` has room for others."
            self._problem(node.position, "type", message)
        return "event", kind, EVENT_KEYS

    def _required(self, kind: Kind) -> None:
        owner = f"{kind.name} {self.record_id!r}"
        for prop in kind.properties:
            if prop.required and has_no_value(self.node.values.get(prop.name)):
                self._problem(self.node.position, "required", f"Missing key {prop.name!r} in {owner}.")
        if kind.name == "source" and all(has_no_value(self.node.values.get(key)) for key in ("published", "retrieved")):
            message = f"Missing date in {owner}: expected published, or retrieved, the day on which it was read."
            self._problem(self.node.position, "known-from", message)

    # ── values ──────────────────────────────────────────────────────────────────────────────────────────────────

    def _values(self, kind: Kind, nodes: Mapping[str, Node], evidence: Evidence) -> None:
        stated: list[StatedValue] = []
        for name, node in nodes.items():
            if isinstance(node, ScalarNode) and node.is_null:
                continue
            if (part := kind.part(name)) is not None:
                self._parts(part, node, evidence)
            elif (prop := kind.find(name) or _of_some_event(self.kind_name, name)) is not None:
                stated += self._property(prop, node, evidence)
        self._claim(self.record_id, self.kind_name, evidence, stated)

    def _property(self, prop: Property, node: Node, evidence: Evidence) -> Iterator[StatedValue]:
        cited = values_with_evidence(node)
        if not cited:
            yield from self._value(prop, node, evidence)
        elif self.kind_name == "source":
            message = f"Invalid {prop.name}: expected the value alone, a source cites nothing."
            self._problem(node.position, "type", message)
        else:
            for one in cited:
                self._unknown_keys(one, ("value", *EVIDENCE_KEYS), f"a claim about {prop.name}")
                yield from self._value(prop, one.values["value"], self._evidence(one, evidence))

    def _value(self, prop: Property, node: Node, evidence: Evidence) -> Iterator[StatedValue]:
        value = _parse_property(prop, node, self.batch.problems)
        if value is None:
            return
        if prop.is_link:
            items = node.items if isinstance(node, SequenceNode) else (node,)
            for one, target in zip(items, value if prop.many else [value], strict=True):
                self.batch.references.append(Reference(one.position, self.record_id, prop.name, target, prop.targets))
        yield evidence, prop.name, value

    def _parts(self, part: NestedRecord, node: Node, evidence: Evidence) -> None:
        example = f"{{{part.properties[0].name}: …}}"
        if not isinstance(node, SequenceNode):
            message = f"Invalid {part.name} {describe_node(node)}: expected a list, [{example}]."
            self._problem(node.position, "type", message)
            return
        for one in node.items:
            if isinstance(one, MappingNode):
                self._part(part, one, evidence)
            else:
                found = describe_node(one)
                right = (
                    example.replace("…", one.text) if isinstance(one, ScalarNode) else f"a mapping such as {example}"
                )
                message = f"Invalid entry {found} of {part.name}: expected {right}."
                self._problem(one.position, "type", message)

    def _part(self, part: NestedRecord, node: MappingNode, inherited: Evidence) -> None:
        self._unknown_keys(node, (*(p.name for p in part.properties), *EVIDENCE_KEYS), part.name)
        evidence = self._evidence(node, inherited)
        values: dict[str, Any] = {}
        for prop in part.properties:
            one = node.values.get(prop.name)
            if one is None or has_no_value(one):
                if prop.required:
                    self._problem(node.position, "required", f"Missing key {prop.name!r} in {part.name}.")
                continue
            values |= {name: value for _, name, value in self._value(prop, one, evidence)}
        if part.name == "participants":
            values.setdefault("role", Role.SUBJECT.value)
            if values["role"] == Role.COUNSEL.value and evidence.sensitivity is Sensitivity.PUBLIC:
                message = "Counsel named in public: expected `sensitivity: restricted`, or `said-by: {role: lawyer}`."
                self._problem(node.position, "do-no-harm", message)
        if any(prop.required and prop.name not in values for prop in part.properties):
            return
        subject = part_id(self.record_id, part, values)
        self._claim(subject, part.name, evidence, [(evidence, name, value) for name, value in values.items()])

    def _claim(self, subject: str, kind: str, base: Evidence, stated: Iterable[StatedValue]) -> None:
        self.batch.claims += build_claims(Claim(subject, self.record_id, kind, self.unit, {}, id="-"), base, stated)


def _of_some_event(kind_name: str, name: str) -> Property | None:
    """Return the property of that name of any kind of event, for an event of which the kind is missing or wrong."""
    found = (kind.find(name) for kind in EVENTS.values()) if kind_name == "event" else ()
    return next(filter(None, found), None)


def _parse_choice(batch: ParsedBatch, entry: DeferredClaims, kind_name: str) -> None:
    """Parse an entry of ``choices:`` about a record of a known kind."""
    node, kind = entry.node, exact_kind(kind_name)
    batch.problems += unknown_keys(node.keys, CHOICE_KEYS, "choices:")
    choosable = [p.name for p in kind.properties if not p.many and not p.is_link and p.name != "kind"]
    try:
        name = text_of(raw_value(node.values["property"]), "the name of a property", thing="property", most=100)
        reason = text_of(raw_value(node.values["reason"]), "a reason", thing="reason", most=MAX_REASON)
    except InvalidValue as error:
        batch.problems.append(node.position.problem("choices", f"choices: {error}"))
        return
    prop = kind.find(name) if name in choosable else None
    if prop is None or kind_name == "source":
        message = (
            f"Invalid property {name!r} of a choice: expected one on which sources can differ, {', '.join(choosable)}."
        )
        batch.problems.append(node.values["property"].position.problem("choices", message))
        return
    value = _parse_property(prop, node.values["value"], batch.problems)
    if value is not None:
        about, values = entry.subject, {prop.name: value}
        chosen = Claim(about, about, kind_name, entry.unit, values, modality=Modality.DERIVED, reason=reason)
        batch.claims.append(chosen)


def _parse_property(prop: Property, node: Node, problems: list[Problem]) -> Any:
    """Return the JSON value of a property, a list where it has many; None, with a problem, where it is invalid."""
    if not prop.many:
        return _parse_one(prop, node, problems)
    if not isinstance(node, SequenceNode):
        expected = f"[{describe(raw_value(node))}]"
        problems.append(node.position.problem("type", f"{prop.name}: Invalid list: expected {expected}."))
        return None
    values = [_parse_one(prop, item, problems) for item in node.items]
    return values if values and None not in values else None  # an empty list states nothing


def _parse_one(prop: Property, node: Node, problems: list[Problem]) -> Any:
    try:
        return prop.value_type.parse(raw_value(node))
    except InvalidValue as invalid:
        message = str(corrected(invalid, prop.value_type, raw_value(node)))
        problems.append(node.position.problem(prop.value_type.name, f"{prop.name}: {message}"))
        return None


# ── claims ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def build_claims(template: Claim, base: Evidence, stated: Iterable[StatedValue]) -> Iterator[Claim]:
    """Yield the claims about the subject of ``template``: one for all values under one citation and speaker.

    Two values of one property under one evidence make two claims. A record without any value makes an empty claim, on its ``base``
    evidence.
    """
    groups: dict[Evidence, list[dict[str, Any]]] = {base: [{}]}
    for evidence, name, value in stated:
        group = groups.setdefault(evidence, [{}])
        target = next((values for values in group if name not in values), None)
        if target is None:
            target = {}
            group.append(target)
        target[name] = value
    for evidence, group in groups.items():
        for values in group:
            if not values and (evidence is not base or template.unit != template.record):
                continue
            for citation in evidence.citations:
                yield replace(
                    template,
                    values=values,
                    citation=citation,
                    speaker=evidence.speaker,
                    modality=evidence.modality,
                    sensitivity=evidence.sensitivity,
                    announced=evidence.announced,
                    id="",
                )


def part_id(record: str, part: NestedRecord, values: Mapping[str, Any]) -> str:
    """Return the id of a nested record, made of the values that distinguish it from the others of its record.

    >>> from graph_api.ontology.properties import PARTICIPANTS
    >>> part_id("example-exchange", PARTICIPANTS, {"who": "turkiye", "role": "MEDIATOR"})
    'example-exchange/participants/mediator/turkiye'
    """
    texts = (str(values.get(name, "")).lower() for name in part.identity)
    slugs = (re.sub(r"(?:[^\w.-]|_)+", "-", text).strip("-") or "unstated" for text in texts)
    return "/".join([record, part.name, *slugs])
