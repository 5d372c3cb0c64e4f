"""Entries to statements: every claim of every record, every id that it names, every problem on the way."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from graph_api.errors import BadValue, Problem
from graph_api.evidence.audience import exact_kind
from graph_api.evidence.claims import Citation, Claim, Speaker
from graph_api.model.graph import GRAPH
from graph_api.model.kinds import ACTORS, Kind, Part, Property, Shape
from graph_api.model.vocabulary import EventKind, Modality, Role, Sensitivity, closest, parse_word
from graph_api.seeding.claims import Evidence, Stated, claims, part_id
from graph_api.seeding.nodes import Entry, Fields, Items, Node, Place, Scalar
from graph_api.seeding.shapes import link_id, read_value, scalar

EVIDENCE: Final = ("cite", "said-by", "modality", "sensitivity", "announced")
SOURCE_ONLY: Final = ("source",)


@dataclass(frozen=True, slots=True)
class Reference:
    """An id that a record names, and what it must be the id of."""

    place: Place
    record: str
    name: str
    target: str
    kinds: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Defined:
    """A record, or an entry of ``claims:``, of this batch: its kind and its place."""

    kind: str
    place: Place


@dataclass(slots=True)
class Statements:
    """What a batch says, before anybody asked whether it can be so."""

    claims: list[Claim] = field(default_factory=list)
    defined: dict[str, Defined] = field(default_factory=dict)
    references: list[Reference] = field(default_factory=list)
    withheld: dict[str, Place] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    pending: list[tuple[str, Fields, str]] = field(
        default_factory=list
    )  # entries of claims:, whose subject may come later


def statements(entries: Sequence[Entry], stored_kind: Callable[[str], str | None] = lambda _id: None) -> Statements:
    """Return what entries say. ``stored_kind`` tells the kind of a record that stands in the graph but not in the batch."""
    found = Statements()
    for entry in entries:
        if entry.section == "withheld":
            _withheld(entry.node, found)
        elif not isinstance(entry.node, Fields):
            found.problems.append(
                entry.node.place.problem("type", "each entry is a record: a mapping with id and more")
            )
        elif entry.section == "claims":
            _claims_entry(entry.node, found)
        else:
            kind = GRAPH.by_section(entry.section)
            if kind is not None:
                _Reader(found, entry.node).record(kind)
    for about, node, unit in found.pending:
        defined = found.defined.get(about)
        name = defined.kind if defined else stored_kind(about)
        if name is not None and name != "claims":
            _Reader(found, node).more(about, name, unit)
    return found


def _withheld(node: Node, found: Statements) -> None:
    try:
        found.withheld[link_id(scalar(node, "an id"))] = node.place
    except BadValue as bad:
        found.problems.append(node.place.problem("id", f"withheld: {bad}"))


def _define(found: Statements, node: Fields, kind: str) -> str | None:
    identity = node.values.get("id")
    if identity is None:
        found.problems.append(node.place.problem("id", "a record without id"))
        return None
    try:
        record = link_id(scalar(identity, "an id"))
    except BadValue as bad:
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


def _claims_entry(node: Fields, found: Statements) -> None:
    unit = _define(found, node, "claims")
    about = node.values.get("about")
    if unit is None:
        return
    if not isinstance(about, Scalar) or "values" not in node.values:
        found.problems.append(
            node.place.problem("claims", "an entry of claims: has id, about (the id of a record), values and cite")
        )
        return
    found.references.append(Reference(about.place, unit, "about", about.text, ()))
    found.pending.append((about.text, node, unit))


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
        name, kind = self._exact_kind(kind)
        identity = _define(self.found, self.node, name)
        self._unknown_keys(self.node, ("id", *kind.words, *(() if kind.name in SOURCE_ONLY else EVIDENCE)), name)
        if identity is None:
            return
        self.record_id, self.kind_name, self.unit = identity, name, identity
        evidence = Evidence((None,)) if kind.name in SOURCE_ONLY else self._evidence(self.node, None)
        self._required(kind)
        self._values(
            kind, {key: node for key, node in self.node.values.items() if key not in ("id", *EVIDENCE)}, evidence
        )

    def more(self, about: str, name: str, unit: str) -> None:
        """Read an entry of ``claims:`` about a record of a known kind."""
        kind = exact_kind(name)
        self._unknown_keys(self.node, ("id", "about", "values", *EVIDENCE), "claims:")
        values = self.node.values["values"]
        if not isinstance(values, Fields):
            self.problem(values.place, "type", "values: a mapping of properties")
            return
        if kind.name in SOURCE_ONLY:
            self.problem(values.place, "claims", "claims: are not made about sources; correct the source itself")
            return
        self.record_id, self.kind_name, self.unit = about, name, unit
        self._unknown_keys(
            values, tuple(word for word in kind.words if not (kind.name == "event" and word == "kind")), name
        )
        self._values(kind, dict(values.values), self._evidence(self.node, None))

    def _exact_kind(self, kind: Kind) -> tuple[str, Kind]:
        if kind.name != "event":
            return kind.name, kind
        node = self.node.values.get("kind")
        if isinstance(node, Scalar):
            try:
                word = parse_word(EventKind, node.text)
                return f"event/{word.value}", GRAPH.kind("event", word)
            except BadValue:
                pass  # reported with the other properties
        return "event/OTHER", kind

    def _unknown_keys(self, node: Fields, allowed: Sequence[str], owner: str) -> None:
        for key in node.values:
            if key not in allowed:
                hint = closest(key, allowed)
                belongs = "" if hint or not GRAPH.named(key) else f"; {key} belongs to other kinds"
                what = owner.replace("event/", "").lower().replace("_", "-")
                self.problem(
                    node.keys[key],
                    "unknown-key",
                    f"{what} has no {key!r}; right would be one of {', '.join(allowed)}"
                    + (f" ({hint})" if hint else belongs),
                )

    def _required(self, kind: Kind) -> None:
        for prop in kind.properties:
            node = self.node.values.get(prop.name)
            if prop.required and (node is None or (isinstance(node, Scalar) and node.is_null)):
                self.problem(self.node.place, "required", f"{kind.name} {self.record_id!r} needs {prop.name}")
        if kind.name == "source" and not {"published", "retrieved"} & set(self.node.values):
            self.problem(
                self.node.place,
                "known-from",
                f"source {self.record_id!r} needs published, or retrieved: the day on which somebody of us read it",
            )

    # ── evidence ────────────────────────────────────────────────────────────────────────────────────────────────

    def _evidence(self, node: Fields, inherited: Evidence | None) -> Evidence:
        cite = node.values.get("cite")
        if cite is None and (inherited is None or not inherited.citations):
            if inherited is None:
                self.problem(
                    node.place,
                    "cite",
                    f"{self.record_id or 'a record'!r} has no citation; right would be cite: {{source: …, at: …}}",
                )
            citations: tuple[Citation | None, ...] = ()
        elif cite is None and inherited is not None:
            citations = inherited.citations
        else:
            citations = tuple(self._citations(cite))
        own = cite is not None or inherited is None
        speaker = (
            self._speaker(node.values["said-by"])
            if "said-by" in node.values
            else (None if own or inherited is None else inherited.speaker)
        )
        default = Modality.ATTRIBUTED if speaker else Modality.STATED
        base = default if own or inherited is None else inherited.modality
        return Evidence(
            citations,
            speaker,
            self._word(node, "modality", Modality, base),
            max(
                self._word(node, "sensitivity", Sensitivity, Sensitivity.PUBLIC),
                inherited.sensitivity if inherited else Sensitivity.PUBLIC,
                key=_strictness,
            ),
            self._is_true(node, "announced") or bool(inherited and inherited.announced),
        )

    def _word(self, node: Fields, key: str, vocabulary: Any, default: Any) -> Any:
        value = node.values.get(key)
        if value is None:
            return default
        try:
            return parse_word(vocabulary, scalar(value, "a word"))
        except BadValue as bad:
            self.problem(value.place, "word", f"{key}: {bad}")
            return default

    def _is_true(self, node: Fields, key: str) -> bool:
        value = node.values.get(key)
        if value is None:
            return False
        if not isinstance(value, Scalar) or value.text not in {"true", "false"}:
            self.problem(value.place, "flag", f"{key}: right would be true or false")
            return False
        return value.text == "true"

    def _citations(self, node: Node | None) -> Iterator[Citation]:
        for one in node.items if isinstance(node, Items) else (node,):
            if not isinstance(one, Fields):
                place = one.place if one is not None else self.node.place
                self.problem(place, "cite", "right would be cite: {source: …, at: …}, or a list of them")
                continue
            self._unknown_keys(one, ("source", "at", "quote", "quote-language", "note"), "cite")
            try:
                source = link_id(scalar(one.values["source"], "the id of a source"))
                words = {
                    key: scalar(one.values[key], "words")
                    for key in ("quote", "quote-language", "note")
                    if key in one.values
                }
                at = scalar(one.values["at"], "a place in the source")
            except KeyError as missing:
                self.problem(
                    one.place, "cite", f"the citation has no {missing.args[0]}; right would be {{source: …, at: …}}"
                )
                continue
            except BadValue as bad:
                self.problem(one.place, "cite", f"cite: {bad}")
                continue
            self.found.references.append(
                Reference(one.values["source"].place, self.record_id, "source", source, ("source",))
            )
            yield Citation(source, at, words.get("quote"), words.get("quote-language"), words.get("note"))

    def _speaker(self, node: Node) -> Speaker | None:
        try:
            if isinstance(node, Fields):
                return Speaker(role=scalar(node.values["role"], "a role"))
            who = link_id(scalar(node, "the id of an actor, or {role: …}"))
        except KeyError:
            self.problem(node.place, "said-by", "said-by: right would be the id of an actor, or {role: lawyer}")
            return None
        except BadValue as bad:
            self.problem(node.place, "said-by", f"said-by: {bad}")
            return None
        self.found.references.append(Reference(node.place, self.record_id, "said-by", who, (*ACTORS, "group")))
        return Speaker(record=who)

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
            for one in node.items:
                assert isinstance(one, Fields)  # noqa: S101 - the line above
                self._unknown_keys(one, ("value", *EVIDENCE), f"a claim about {prop.name}")
                yield from self._value(prop, one.values["value"], self._evidence(one, evidence))
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
        self._unknown_keys(node, (*(p.name for p in part.properties), *EVIDENCE), part.name)
        evidence = self._evidence(node, inherited)
        values: dict[str, Any] = {}
        for prop in part.properties:
            one = node.values.get(prop.name)
            if one is None or (isinstance(one, Scalar) and one.is_null):
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
        if any(name not in values for name in part.identity if (p := _prop(part, name)) and p.required):
            return
        subject = part_id(self.record_id, part, values)
        self._claim(subject, part.name, evidence, [(evidence, name, value) for name, value in values.items()])

    def _claim(self, subject: str, kind: str, base: Evidence, stated: Iterable[Stated]) -> None:
        self.found.claims += claims(Claim(subject, self.record_id, kind, self.unit, {}, id="-"), base, stated)


def _prop(part: Part, name: str) -> Property | None:
    return next((p for p in part.properties if p.name == name), None)


def _strictness(word: Sensitivity) -> int:
    return list(Sensitivity).index(word)
