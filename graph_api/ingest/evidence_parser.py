"""What a value rests on: the citations, the speaker, the modality of an entry, of a part of it, of one value."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from graph_api.errors import InvalidValue
from graph_api.evidence.claims import Citation, Speaker
from graph_api.ingest.batch import ParsedBatch, Reference
from graph_api.ingest.claim_builder import Evidence
from graph_api.ingest.nodes import MappingNode, Node, ScalarNode, SequenceNode, SourcePosition
from graph_api.ingest.property_parser import raw_value
from graph_api.ontology.kinds import ACTORS
from graph_api.ontology.vocabulary import Modality, Sensitivity
from graph_api.values.languages import parse_language
from graph_api.values.links import parse_id
from graph_api.values.raw import describe
from graph_api.values.text import parse_text
from graph_api.values.words import Word, parse_word

EVIDENCE: Final = ("cite", "said-by", "modality", "sensitivity", "announced")
CITATION: Final = ("source", "at", "quote", "quote-language", "note")
RIGHT: Final = "right would be cite: {source: …, at: …}"
MAX_AT: Final = 300
MAX_ROLE: Final = 80


def parse_evidence(batch: ParsedBatch, node: MappingNode, record: str, inherited: Evidence | None = None) -> Evidence:
    """Return what the values of a mapping rest on, its own evidence or that of the record that it is a part of."""
    return _EvidenceParser(batch, record).evidence(node, inherited)


class _EvidenceParser:
    def __init__(self, batch: ParsedBatch, record: str) -> None:
        self.batch = batch
        self.record = record

    def problem(self, position: SourcePosition, rule: str, message: str) -> None:
        self.batch.problems.append(position.problem(rule, message))

    def evidence(self, node: MappingNode, inherited: Evidence | None) -> Evidence:
        cite = node.values.get("cite")
        speaker = self._speaker(node.values["said-by"]) if "said-by" in node.values else None
        citations: tuple[Citation | None, ...] = ()
        if cite is not None:
            citations = tuple(self._citations(cite))
        elif inherited is not None:
            citations = inherited.citations
        else:
            self.problem(node.position, "cite", f"{self.record!r} has no citation; {RIGHT}")
        if inherited is not None and cite is None and "said-by" not in node.values:
            speaker = inherited.speaker
        default = Modality.ATTRIBUTED if speaker else Modality.STATED
        if inherited is not None and cite is None:
            default = inherited.modality
        own = self._word(node, "sensitivity", Sensitivity, Sensitivity.PUBLIC)
        return Evidence(
            citations,
            speaker,
            self._word(node, "modality", Modality, default),
            max(own, inherited.sensitivity if inherited else Sensitivity.PUBLIC, key=_strictness),
            self._is_true(node, "announced") or bool(inherited and inherited.announced),
        )

    def _word(self, node: MappingNode, key: str, vocabulary: type[Word], default: Word) -> Word:
        value = node.values.get(key)
        if value is None:
            return default
        try:
            return parse_word(vocabulary, raw_value(value))
        except InvalidValue as bad:
            self.problem(value.position, "word", f"{key}: {bad}")
            return default

    def _is_true(self, node: MappingNode, key: str) -> bool:
        value = node.values.get(key)
        if value is None:
            return False
        if not isinstance(value, ScalarNode) or value.text not in {"true", "false"}:
            self.problem(
                value.position, "flag", f"{key}: saw {describe(raw_value(value))!r}; right would be true or false"
            )
            return False
        return value.text == "true"

    def _citations(self, node: Node) -> Iterator[Citation]:
        if isinstance(node, SequenceNode) and not node.items:
            self.problem(node.position, "cite", f"{self.record!r} has no citation: the list is empty; {RIGHT}")
        for one in node.items if isinstance(node, SequenceNode) else (node,):
            if not isinstance(one, MappingNode):
                self.problem(one.position, "cite", f"saw {describe(raw_value(one))!r}; {RIGHT}, or a list of them")
                continue
            self.batch.unknown_keys(one, CITATION, "cite")
            try:
                citation = _citation(one)
            except KeyError as missing:
                self.problem(one.position, "cite", f"the citation has no {missing.args[0]}; {RIGHT}")
                continue
            except InvalidValue as bad:
                self.problem(one.position, "cite", f"cite: {bad}")
                continue
            position = one.values["source"].position
            self.batch.references.append(Reference(position, self.record, "source", citation.source, ("source",)))
            yield citation

    def _speaker(self, node: Node) -> Speaker | None:
        try:
            if isinstance(node, MappingNode):
                self.batch.unknown_keys(node, ("role",), "said-by")
                return Speaker(
                    role=parse_text(
                        raw_value(node.values["role"]), "a role such as lawyer", most=MAX_ROLE, thing="role"
                    )
                )
            who = parse_id(raw_value(node), "the id of an actor, or {role: …}")
        except KeyError:
            self.problem(node.position, "said-by", "said-by: right would be the id of an actor, or {role: lawyer}")
            return None
        except InvalidValue as bad:
            self.problem(node.position, "said-by", f"said-by: {bad}")
            return None
        self.batch.references.append(Reference(node.position, self.record, "said-by", who, (*ACTORS, "group")))
        return Speaker(record=who)


def _citation(node: MappingNode) -> Citation:
    """Read one citation; raises KeyError with the key that is missing, and InvalidValue."""
    values = {key: one for key, one in node.values.items() if not (isinstance(one, ScalarNode) and one.is_null)}
    return Citation(
        parse_id(raw_value(values["source"]), "the id of a source"),
        parse_text(raw_value(values["at"]), "a place in the source", most=MAX_AT, thing="at"),
        parse_text(raw_value(values["quote"]), "words of the source", thing="quote") if "quote" in values else None,
        parse_language(raw_value(values["quote-language"])) if "quote-language" in values else None,
        parse_text(raw_value(values["note"]), thing="note") if "note" in values else None,
    )


def _strictness(one: Sensitivity) -> int:
    return list(Sensitivity).index(one)
