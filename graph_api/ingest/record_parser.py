"""Entries to statements: every claim of every record, every id that it names, every problem on the way."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, Final

from graph_api.errors import InvalidValue
from graph_api.evidence.audience import exact_kind
from graph_api.evidence.claims import Claim
from graph_api.ingest.batch import Defined, Reference, Statements
from graph_api.ingest.choices_parser import read_choice
from graph_api.ingest.claim_builder import Evidence, Stated, claims, part_id
from graph_api.ingest.evidence_parser import EVIDENCE, read_evidence
from graph_api.ingest.nodes import Entry, Fields, Items, Node, Place, Scalar, short
from graph_api.ingest.value_parsers import brief, link_id, read_value, shown
from graph_api.ontology.kinds import Kind, Part, Property, Shape
from graph_api.ontology.registry import EVENTS, ONTOLOGY
from graph_api.ontology.vocabulary import EventKind, Role, Sensitivity
from graph_api.values.words import parse_word

EVENT_WORDS: Final = tuple(dict.fromkeys(word for kind in EVENTS.values() for word in kind.words))
"""Every key that some kind of event has."""


def statements(entries: Sequence[Entry], stored_kind: Callable[[str], str | None] = lambda _id: None) -> Statements:
    """Return what entries say. ``stored_kind`` tells the kind of a record that stands in the graph but not in the batch."""
    found = Statements()
    for entry in entries:
        if entry.section == "withheld":
            _withheld(entry.node, found)
        elif not isinstance(entry.node, Fields):
            found.problems.append(
                entry.node.place.problem(
                    "type", f"saw {shown(entry.node)!r}; right would be a record: a mapping with id and more"
                )
            )
        elif entry.section in _ABOUT:
            _entry_about(entry.node, found, entry.section)
        else:
            kind = ONTOLOGY.by_section(entry.section)
            if kind is not None:
                _Reader(found, entry.node).record(kind)
    for about, node, unit in found.pending:
        defined = found.defined.get(about)
        name = defined.kind if defined else stored_kind(about)
        if name is None or name == "claims":
            continue
        if "values" in node.values:
            _Reader(found, node).more(about, name, unit)
        else:
            read_choice(found, node, about, name, unit)
    return found


def _withheld(node: Node, found: Statements) -> None:
    try:
        found.withheld[link_id(brief(node, "an id", most=100))] = node.place
    except InvalidValue as bad:
        found.problems.append(node.place.problem("id", f"withheld: {bad}"))


def _define(found: Statements, node: Fields, kind: str) -> str | None:
    identity = node.values.get("id")
    if identity is None:
        found.problems.append(
            node.place.problem("id", "a record without id; right would be one of 3 to 64 of a-z, 0-9 and hyphens")
        )
        return None
    try:
        record = link_id(brief(identity, "an id", most=100))
    except InvalidValue as bad:
        found.problems.append(identity.place.problem("id", f"id: {bad}"))
        return None
    if (first := found.defined.get(record)) is not None:
        where = f"{first.place.file}:{first.place.line}"
        found.problems.append(
            identity.place.problem(
                "unique-id",
                f"the id {record!r} stands a second time; first at {where}. To add what another source says, use claims:",
            )
        )
        return None
    found.defined[record] = Defined(kind, node.place)
    return record


def _entry_about(node: Fields, found: Statements, section: str) -> None:
    unit = _define(found, node, "claims")
    about = node.values.get("about")
    if unit is None:
        return
    if not isinstance(about, Scalar) or any(key not in node.values for key in _ABOUT[section]):
        needed = ", ".join(_ABOUT[section])
        said = f"an entry of {section}: has id, about (the id of a record), {needed}{' and cite' if section == 'claims' else ''}"
        found.problems.append(node.place.problem(section, said))
        return
    found.references.append(Reference(about.place, unit, "about", about.text, ()))
    found.pending.append((about.text, node, unit))


_ABOUT: Final = {"claims": ("values",), "choices": ("property", "value", "reason")}
"""The sections whose entries are about a record that stands elsewhere, and what such an entry must have."""


class _Reader:
    """Reads one entry; collects what is wrong with it."""

    def __init__(self, found: Statements, node: Fields) -> None:
        self.found = found
        self.node = node
        self.record_id = ""
        self.kind_name = ""
        self.unit = ""

    def problem(self, place: Place, rule: str, message: str) -> None:
        self.found.problems.append(place.problem(rule, message))

    def record(self, kind: Kind) -> None:
        """Read a record: its evidence, its properties, its parts."""
        name, kind, words = self._exact_kind(kind)
        identity = _define(self.found, self.node, name)
        self.found.unknown_keys(self.node, ("id", *words, *(() if kind.name == "source" else EVIDENCE)), name)
        if identity is None:
            return
        self.record_id, self.kind_name, self.unit = identity, name, identity
        evidence = Evidence((None,)) if kind.name == "source" else read_evidence(self.found, self.node, self.record_id)
        self._required(kind)
        self._values(
            kind, {key: node for key, node in self.node.values.items() if key not in ("id", *EVIDENCE)}, evidence
        )

    def more(self, about: str, name: str, unit: str) -> None:
        """Read an entry of ``claims:`` about a record of a known kind."""
        kind = exact_kind(name)
        self.found.unknown_keys(self.node, ("id", "about", "values", *EVIDENCE), "claims:")
        values = self.node.values["values"]
        if not isinstance(values, Fields):
            self.problem(values.place, "type", "values: a mapping of properties")
            return
        if kind.name == "source":
            self.problem(values.place, "claims", "claims: are not made about sources; correct the source itself")
            return
        self.record_id, self.kind_name, self.unit = about, name, unit
        self.found.unknown_keys(
            values, tuple(word for word in kind.words if not (kind.name == "event" and word == "kind")), name
        )
        self._values(kind, dict(values.values), read_evidence(self.found, self.node, self.record_id))

    def _exact_kind(self, kind: Kind) -> tuple[str, Kind, Sequence[str]]:
        """Return the name of the entry's kind, the kind, and the keys that it may have."""
        if kind.name != "event":
            return kind.name, kind, kind.words
        node = self.node.values.get("kind")
        if isinstance(node, Scalar):
            try:
                word = parse_word(EventKind, short(node.text))
            except InvalidValue:
                pass  # reported with the other properties
            else:
                exact = ONTOLOGY.kind("event", word)
                return f"event/{word.value}", exact, exact.words
        elif node is not None:
            said = "kind: an event is of one kind, in one word; say in the description what another source calls it"
            self.problem(node.place, "type", said)
        return "event", kind, EVENT_WORDS

    def _required(self, kind: Kind) -> None:
        for prop in kind.properties:
            if prop.required and _is_empty(self.node.values.get(prop.name)):
                self.problem(self.node.place, "required", f"{kind.name} {self.record_id!r} needs {prop.name}")
        if kind.name == "source" and all(_is_empty(self.node.values.get(key)) for key in ("published", "retrieved")):
            self.problem(
                self.node.place,
                "known-from",
                f"source {self.record_id!r} needs published, or retrieved: the day on which somebody of us read it",
            )

    # ── values ──────────────────────────────────────────────────────────────────────────────────────────────────

    def _values(self, kind: Kind, nodes: Mapping[str, Node], evidence: Evidence) -> None:
        stated: list[Stated] = []
        for name, node in nodes.items():
            if isinstance(node, Scalar) and node.is_null:
                continue
            if (part := kind.part(name)) is not None:
                self._parts(part, node, evidence)
            elif (prop := kind.find(name)) is not None:
                stated += self._property(prop, node, evidence)
        self._claim(self.record_id, self.kind_name, evidence, stated)

    def _property(self, prop: Property, node: Node, evidence: Evidence) -> Iterator[Stated]:
        if (
            isinstance(node, Items)
            and node.items
            and all(isinstance(one, Fields) and "value" in one.values for one in node.items)
        ):
            if self.kind_name == "source":
                said = f"{prop.name}: a source is what is cited, and cites nothing; right would be the value alone"
                self.problem(node.place, "type", said)
                return
            for one in node.items:
                assert isinstance(one, Fields)  # noqa: S101 - the line above
                self.found.unknown_keys(one, ("value", *EVIDENCE), f"a claim about {prop.name}")
                yield from self._value(
                    prop, one.values["value"], read_evidence(self.found, one, self.record_id, evidence)
                )
        else:
            yield from self._value(prop, node, evidence)

    def _value(self, prop: Property, node: Node, evidence: Evidence) -> Iterator[Stated]:
        value = read_value(prop, node, self.found.problems.append)
        if value is None:
            return
        if prop.shape is Shape.LINK:
            items = node.items if isinstance(node, Items) else (node,)
            for one, target in zip(items, value if prop.many else [value], strict=True):
                self.found.references.append(Reference(one.place, self.record_id, prop.name, target, prop.targets))
        yield evidence, prop.name, value

    def _parts(self, part: Part, node: Node, evidence: Evidence) -> None:
        if not isinstance(node, Items):
            self.problem(
                node.place, "type", f"{part.name} is a list; right would be [{{{part.properties[0].name}: …}}]"
            )
            return
        for one in node.items:
            if not isinstance(one, Fields):
                self.problem(
                    one.place, "type", f"{part.name}: each is a mapping such as {{{part.properties[0].name}: …}}"
                )
                continue
            self._part(part, one, evidence)

    def _part(self, part: Part, node: Fields, inherited: Evidence) -> None:
        self.found.unknown_keys(node, (*(p.name for p in part.properties), *EVIDENCE), part.name)
        evidence = read_evidence(self.found, node, self.record_id, inherited)
        values: dict[str, Any] = {}
        for prop in part.properties:
            one = node.values.get(prop.name)
            if one is None or _is_empty(one):
                if prop.required:
                    self.problem(node.place, "required", f"{part.name}: {prop.name} is missing")
                    return
                continue
            values |= {name: value for _, name, value in self._value(prop, one, evidence)}
        if part.name == "participants":
            values.setdefault("role", Role.SUBJECT.value)
            if values["role"] == Role.COUNSEL.value and evidence.sensitivity is Sensitivity.PUBLIC:
                self.problem(
                    node.place,
                    "do-no-harm",
                    "counsel is not named in public: sensitivity: restricted, or said-by: {role: lawyer}",
                )
        if any(prop.required and prop.name not in values for prop in part.properties):
            return
        subject = part_id(self.record_id, part, values)
        self._claim(subject, part.name, evidence, [(evidence, name, value) for name, value in values.items()])

    def _claim(self, subject: str, kind: str, base: Evidence, stated: Iterable[Stated]) -> None:
        self.found.claims += claims(Claim(subject, self.record_id, kind, self.unit, {}, id="-"), base, stated)


def _is_empty(node: Node | None) -> bool:
    return node is None or (isinstance(node, Scalar) and node.is_null)
