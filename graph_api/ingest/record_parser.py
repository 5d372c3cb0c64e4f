"""SeedEntries to statements: every claim of every record, every id that it names, every problem on the way."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, Final

from graph_api.errors import InvalidValue
from graph_api.evidence.audience import exact_kind
from graph_api.evidence.claims import Claim
from graph_api.ingest.batch import ParsedBatch, RecordDefinition, Reference
from graph_api.ingest.choices_parser import parse_choice
from graph_api.ingest.claim_builder import Evidence, StatedValue, build_claims, part_id
from graph_api.ingest.evidence_parser import EVIDENCE, parse_evidence
from graph_api.ingest.nodes import Entry, MappingNode, Node, ScalarNode, SequenceNode, SourcePosition
from graph_api.ingest.property_parser import parse_property, raw_value
from graph_api.ontology.kinds import Kind, NestedRecord, Property
from graph_api.ontology.registry import EVENTS, ONTOLOGY
from graph_api.ontology.vocabulary import EventKind, Role, Sensitivity
from graph_api.values.links import parse_id
from graph_api.values.raw import describe
from graph_api.values.words import parse_word

EVENT_WORDS: Final = tuple(dict.fromkeys(word for kind in EVENTS.values() for word in kind.keys))
"""Every key that some kind of event has."""


def parse_batch(entries: Sequence[Entry], stored_kind: Callable[[str], str | None] = lambda _id: None) -> ParsedBatch:
    """Return what entries say. ``stored_kind`` tells the kind of a record that stands in the graph but not in the batch."""
    batch = ParsedBatch()
    for entry in entries:
        if entry.section == "withheld":
            _withheld(entry.node, batch)
        elif not isinstance(entry.node, MappingNode):
            batch.problems.append(
                entry.node.position.problem(
                    "type",
                    f"saw {describe(raw_value(entry.node))!r}; right would be a record: a mapping with id and more",
                )
            )
        elif entry.section in _ABOUT:
            _entry_about(entry.node, batch, entry.section)
        else:
            kind = ONTOLOGY.by_section(entry.section)
            if kind is not None:
                _RecordParser(batch, entry.node).record(kind)
    for about, node, unit in batch.deferred_claims:
        definition = batch.definitions.get(about)
        name = definition.kind if definition else stored_kind(about)
        if name is None or name == "claims":
            continue
        if "values" in node.values:
            _RecordParser(batch, node).parse_supplement(about, name, unit)
        else:
            parse_choice(batch, node, about, name, unit)
    return batch


def _withheld(node: Node, batch: ParsedBatch) -> None:
    try:
        batch.withheld[parse_id(raw_value(node), "an id")] = node.position
    except InvalidValue as bad:
        batch.problems.append(node.position.problem("id", f"withheld: {bad}"))


def _define(batch: ParsedBatch, node: MappingNode, kind: str) -> str | None:
    identity = node.values.get("id")
    if identity is None:
        batch.problems.append(
            node.position.problem("id", "a record without id; right would be one of 3 to 64 of a-z, 0-9 and hyphens")
        )
        return None
    try:
        record = parse_id(raw_value(identity), "an id")
    except InvalidValue as bad:
        batch.problems.append(identity.position.problem("id", f"id: {bad}"))
        return None
    if (first := batch.definitions.get(record)) is not None:
        where = f"{first.position.file}:{first.position.line}"
        batch.problems.append(
            identity.position.problem(
                "unique-id",
                f"the id {record!r} stands a second time; first at {where}. To add what another source says, use claims:",
            )
        )
        return None
    batch.definitions[record] = RecordDefinition(kind, node.position)
    return record


def _entry_about(node: MappingNode, batch: ParsedBatch, section: str) -> None:
    unit = _define(batch, node, "claims")
    about = node.values.get("about")
    if unit is None:
        return
    if not isinstance(about, ScalarNode) or any(key not in node.values for key in _ABOUT[section]):
        needed = ", ".join(_ABOUT[section])
        message = f"an entry of {section}: has id, about (the id of a record), {needed}{' and cite' if section == 'claims' else ''}"
        batch.problems.append(node.position.problem(section, message))
        return
    batch.references.append(Reference(about.position, unit, "about", about.text, ()))
    batch.deferred_claims.append((about.text, node, unit))


_ABOUT: Final = {"claims": ("values",), "choices": ("property", "value", "reason")}
"""The sections whose entries are about a record that stands elsewhere, and what such an entry must have."""


class _RecordParser:
    """Reads one entry; collects what is wrong with it."""

    def __init__(self, batch: ParsedBatch, node: MappingNode) -> None:
        self.batch = batch
        self.node = node
        self.record_id = ""
        self.kind_name = ""
        self.unit = ""

    def problem(self, position: SourcePosition, rule: str, message: str) -> None:
        self.batch.problems.append(position.problem(rule, message))

    def record(self, kind: Kind) -> None:
        """Read a record: its evidence, its properties, its parts."""
        name, kind, words = self._exact_kind(kind)
        identity = _define(self.batch, self.node, name)
        self.batch.unknown_keys(self.node, ("id", *words, *(() if kind.name == "source" else EVIDENCE)), name)
        if identity is None:
            return
        self.record_id, self.kind_name, self.unit = identity, name, identity
        evidence = Evidence((None,)) if kind.name == "source" else parse_evidence(self.batch, self.node, self.record_id)
        self._required(kind)
        self._values(
            kind, {key: node for key, node in self.node.values.items() if key not in ("id", *EVIDENCE)}, evidence
        )

    def parse_supplement(self, about: str, name: str, unit: str) -> None:
        """Read an entry of ``claims:`` about a record of a known kind."""
        kind = exact_kind(name)
        self.batch.unknown_keys(self.node, ("id", "about", "values", *EVIDENCE), "claims:")
        values = self.node.values["values"]
        if not isinstance(values, MappingNode):
            self.problem(values.position, "type", "values: a mapping of properties")
            return
        if kind.name == "source":
            self.problem(values.position, "claims", "claims: are not made about sources; correct the source itself")
            return
        self.record_id, self.kind_name, self.unit = about, name, unit
        self.batch.unknown_keys(
            values, tuple(word for word in kind.keys if not (kind.name == "event" and word == "kind")), name
        )
        self._values(kind, dict(values.values), parse_evidence(self.batch, self.node, self.record_id))

    def _exact_kind(self, kind: Kind) -> tuple[str, Kind, Sequence[str]]:
        """Return the name of the entry's kind, the kind, and the keys that it may have."""
        if kind.name != "event":
            return kind.name, kind, kind.keys
        node = self.node.values.get("kind")
        if isinstance(node, ScalarNode):
            try:
                word = parse_word(EventKind, node.text)
            except InvalidValue:
                pass  # reported with the other properties
            else:
                exact = ONTOLOGY.kind("event", word)
                return f"event/{word.value}", exact, exact.keys
        elif node is not None:
            message = "kind: an event is of one kind, in one word; say in the description what another source calls it"
            self.problem(node.position, "type", message)
        return "event", kind, EVENT_WORDS

    def _required(self, kind: Kind) -> None:
        for prop in kind.properties:
            if prop.required and _is_empty(self.node.values.get(prop.name)):
                self.problem(self.node.position, "required", f"{kind.name} {self.record_id!r} needs {prop.name}")
        if kind.name == "source" and all(_is_empty(self.node.values.get(key)) for key in ("published", "retrieved")):
            self.problem(
                self.node.position,
                "known-from",
                f"source {self.record_id!r} needs published, or retrieved: the day on which somebody of us read it",
            )

    # ── values ──────────────────────────────────────────────────────────────────────────────────────────────────

    def _values(self, kind: Kind, nodes: Mapping[str, Node], evidence: Evidence) -> None:
        stated: list[StatedValue] = []
        for name, node in nodes.items():
            if isinstance(node, ScalarNode) and node.is_null:
                continue
            if (part := kind.part(name)) is not None:
                self._parts(part, node, evidence)
            elif (prop := kind.find(name)) is not None:
                stated += self._property(prop, node, evidence)
        self._claim(self.record_id, self.kind_name, evidence, stated)

    def _property(self, prop: Property, node: Node, evidence: Evidence) -> Iterator[StatedValue]:
        if (
            isinstance(node, SequenceNode)
            and node.items
            and all(isinstance(one, MappingNode) and "value" in one.values for one in node.items)
        ):
            if self.kind_name == "source":
                message = f"{prop.name}: a source is what is cited, and cites nothing; right would be the value alone"
                self.problem(node.position, "type", message)
                return
            for one in node.items:
                assert isinstance(one, MappingNode)  # noqa: S101 - the line above
                self.batch.unknown_keys(one, ("value", *EVIDENCE), f"a claim about {prop.name}")
                yield from self._value(
                    prop, one.values["value"], parse_evidence(self.batch, one, self.record_id, evidence)
                )
        else:
            yield from self._value(prop, node, evidence)

    def _value(self, prop: Property, node: Node, evidence: Evidence) -> Iterator[StatedValue]:
        value = parse_property(prop, node, self.batch.problems.append)
        if value is None:
            return
        if prop.is_link:
            items = node.items if isinstance(node, SequenceNode) else (node,)
            for one, target in zip(items, value if prop.many else [value], strict=True):
                self.batch.references.append(Reference(one.position, self.record_id, prop.name, target, prop.targets))
        yield evidence, prop.name, value

    def _parts(self, part: NestedRecord, node: Node, evidence: Evidence) -> None:
        if not isinstance(node, SequenceNode):
            self.problem(
                node.position, "type", f"{part.name} is a list; right would be [{{{part.properties[0].name}: …}}]"
            )
            return
        for one in node.items:
            if not isinstance(one, MappingNode):
                self.problem(
                    one.position, "type", f"{part.name}: each is a mapping such as {{{part.properties[0].name}: …}}"
                )
                continue
            self._part(part, one, evidence)

    def _part(self, part: NestedRecord, node: MappingNode, inherited: Evidence) -> None:
        self.batch.unknown_keys(node, (*(p.name for p in part.properties), *EVIDENCE), part.name)
        evidence = parse_evidence(self.batch, node, self.record_id, inherited)
        values: dict[str, Any] = {}
        for prop in part.properties:
            one = node.values.get(prop.name)
            if one is None or _is_empty(one):
                if prop.required:
                    self.problem(node.position, "required", f"{part.name}: {prop.name} is missing")
                    return
                continue
            values |= {name: value for _, name, value in self._value(prop, one, evidence)}
        if part.name == "participants":
            values.setdefault("role", Role.SUBJECT.value)
            if values["role"] == Role.COUNSEL.value and evidence.sensitivity is Sensitivity.PUBLIC:
                self.problem(
                    node.position,
                    "do-no-harm",
                    "counsel is not named in public: sensitivity: restricted, or said-by: {role: lawyer}",
                )
        if any(prop.required and prop.name not in values for prop in part.properties):
            return
        subject = part_id(self.record_id, part, values)
        self._claim(subject, part.name, evidence, [(evidence, name, value) for name, value in values.items()])

    def _claim(self, subject: str, kind: str, base: Evidence, stated: Iterable[StatedValue]) -> None:
        self.batch.claims += build_claims(Claim(subject, self.record_id, kind, self.unit, {}, id="-"), base, stated)


def _is_empty(node: Node | None) -> bool:
    return node is None or (isinstance(node, ScalarNode) and node.is_null)
