"""The evidence of values: citations, speaker, modality, sensitivity of a record, of a nested record, of one value."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from graph_api.errors import InvalidValue, Problem
from graph_api.evidence.claims import Citation, Speaker
from graph_api.ingest.batch import Reference, unknown_keys
from graph_api.ingest.nodes import (
    MappingNode,
    Node,
    ScalarNode,
    SequenceNode,
    SourcePosition,
    describe_node,
    has_no_value,
    raw_value,
)
from graph_api.ontology.properties import ACTORS
from graph_api.ontology.vocabulary import Modality, Sensitivity
from graph_api.values.languages import parse_language
from graph_api.values.links import parse_id
from graph_api.values.value_type import Raw, parse_text
from graph_api.values.words import Word, parse_word

EVIDENCE_KEYS: Final[tuple[str, ...]] = ("cite", "said-by", "modality", "sensitivity", "announced")
EXAMPLE: Final = "cite: {source: …, at: …}"
MAX_AT: Final = 300
MAX_ROLE: Final = 80

_CITATION: Final[Mapping[str, Callable[[Raw], str]]] = MappingProxyType(
    {
        "source": lambda raw: parse_id(raw, "the id of a source"),
        "at": lambda raw: parse_text(raw, "a place in the source", most=MAX_AT, thing="at"),
        "quote": lambda raw: parse_text(raw, "words of the source", thing="quote"),
        "quote-language": parse_language,
        "note": lambda raw: parse_text(raw, thing="note"),
    }
)
CITATION_KEYS: Final = tuple(_CITATION)
_REQUIRED: Final = frozenset({"source", "at"})


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a value rests on. ``citations`` has several where ``cite`` is a list; that of a source is None."""

    citations: tuple[Citation | None, ...] = ()
    speaker: Speaker | None = None
    modality: Modality = Modality.STATED
    sensitivity: Sensitivity = Sensitivity.PUBLIC
    announced: bool = False


@dataclass(frozen=True, slots=True)
class EvidenceParser:
    """Parses the evidence of the values of one record; appends to ``problems`` and ``references``."""

    record: str
    problems: list[Problem]
    references: list[Reference]

    def parse(self, nodes: Mapping[str, Node], position: SourcePosition, inherited: Evidence | None = None) -> Evidence:
        """Return the evidence that the evidence keys of a mapping state, or that it inherits from its record."""
        cite, said_by = nodes.get("cite"), nodes.get("said-by")
        speaker = None if said_by is None else self._speaker(said_by)
        citations: tuple[Citation | None, ...] = ()
        if cite is not None:
            citations = tuple(self._citations(cite))
        elif inherited is not None:
            citations = inherited.citations
        else:
            self._problem(position, "cite", f"Missing citation in {self.record!r}: expected {EXAMPLE}.")
        if inherited is not None and cite is None and said_by is None:
            speaker = inherited.speaker
        default = Modality.ATTRIBUTED if speaker else Modality.STATED
        if inherited is not None and cite is None:
            default = inherited.modality
        own = self._word(nodes, "sensitivity", Sensitivity, Sensitivity.PUBLIC)
        return Evidence(
            citations,
            speaker,
            self._word(nodes, "modality", Modality, default),
            max(own, inherited.sensitivity if inherited else Sensitivity.PUBLIC, key=list(Sensitivity).index),
            self._is_true(nodes, "announced") or bool(inherited and inherited.announced),
        )

    def _problem(self, position: SourcePosition, rule: str, message: str) -> None:
        self.problems.append(position.problem(rule, message))

    def _word(self, nodes: Mapping[str, Node], key: str, vocabulary: type[Word], default: Word) -> Word:
        value = nodes.get(key)
        if value is None:
            return default
        try:
            return parse_word(vocabulary, raw_value(value))
        except InvalidValue as error:
            self._problem(value.position, "word", f"{key}: {error}")
            return default

    def _is_true(self, nodes: Mapping[str, Node], key: str) -> bool:
        value = nodes.get(key)
        if value is None:
            return False
        if not isinstance(value, ScalarNode) or value.text not in {"true", "false"}:
            self._problem(value.position, "flag", f"Invalid {key} {describe_node(value)}: expected true or false.")
            return False
        return value.text == "true"

    def _citations(self, node: Node) -> Iterator[Citation]:
        if isinstance(node, SequenceNode) and not node.items:
            self._problem(node.position, "cite", f"Missing citation in {self.record!r}: expected {EXAMPLE}.")
        for one in node.items if isinstance(node, SequenceNode) else (node,):
            if not isinstance(one, MappingNode):
                message = f"Invalid citation {describe_node(one)}: expected {EXAMPLE}, or a list of them."
                self._problem(one.position, "cite", message)
                continue
            self.problems.extend(unknown_keys(one.keys, CITATION_KEYS, "cite"))
            values = dict(self._citation_values(one))
            if "source" in values:
                position = one.values["source"].position
                self.references.append(Reference(position, self.record, "source", values["source"], ("source",)))
            if values.keys() >= _REQUIRED:
                yield Citation(**values)

    def _citation_values(self, node: MappingNode) -> Iterator[tuple[str, str]]:
        """Yield the values of a citation by the fields of Citation, and add a problem for each that is missing or invalid."""
        for key, parse in _CITATION.items():
            value = node.values.get(key)
            if value is not None and not has_no_value(value):
                try:
                    yield key.replace("-", "_"), parse(raw_value(value))
                except InvalidValue as error:
                    self._problem(value.position, "cite", f"cite: {error}")
            elif key in _REQUIRED:
                self._problem(node.position, "cite", f"Missing key {key!r} in cite: expected {EXAMPLE}.")

    def _speaker(self, node: Node) -> Speaker | None:
        try:
            if isinstance(node, MappingNode):
                self.problems.extend(unknown_keys(node.keys, ("role",), "said-by"))
                return Speaker(
                    role=parse_text(
                        raw_value(node.values["role"]), "a role such as lawyer", most=MAX_ROLE, thing="role"
                    )
                )
            who = parse_id(raw_value(node), "the id of an actor, or {role: …}")
        except KeyError:
            message = "Invalid said-by: expected the id of an actor, or {role: lawyer}."
            self._problem(node.position, "said-by", message)
            return None
        except InvalidValue as error:
            self._problem(node.position, "said-by", f"said-by: {error}")
            return None
        self.references.append(Reference(node.position, self.record, "said-by", who, (*ACTORS, "group")))
        return Speaker(record=who)
