"""Stored claims as entries of seed files again: what a collection has in the graph, in a form that loads to the same claims.

Who judged two records, when and why is not stored, nor are withheld ids. What a steward has to accept was accepted when it was loaded, for
reasons that the graph does not have.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any, Final, TypeAlias

import orjson

from graph_api.database.driver import Database
from graph_api.database.queries import named
from graph_api.database.stored_claims import claims_of_units, pairs
from graph_api.errors import IncompatibleGraph, NotFound
from graph_api.evidence.claims import FORMER_IDS, Citation, Claim, properties_of, references_of
from graph_api.evidence.merging import merged_ids
from graph_api.ingest.batch import ParsedBatch
from graph_api.ingest.codes import ACCEPTABLE, is_warning
from graph_api.ingest.fetch_state import stored_kinds
from graph_api.ingest.formats import jsonl
from graph_api.ingest.lints.facts import batch_facts
from graph_api.ingest.lints.run import RULES
from graph_api.ingest.moved_ids import SECTION as MOVED
from graph_api.ingest.nodes import Entry
from graph_api.ingest.record_parser import parse_batch, resolve_deferred
from graph_api.ontology.properties import Property
from graph_api.ontology.registry import ONTOLOGY
from graph_api.ontology.vocabulary import Modality, Sensitivity
from graph_api.values.words import seed_word

SeedEntry: TypeAlias = tuple[str, dict[str, Any]]
"""A section and an entry of it."""

ACCEPTED_BEFORE: Final = "accepted when it was loaded"
MAX_NAMED: Final = 5


@dataclass(frozen=True, slots=True)
class ExportedCollection:
    """A collection: what its declaration says, its entries by section as JSON Lines, and the other collections to which they refer."""

    declaration: Mapping[str, str]
    sections: Mapping[str, str]
    count: int
    refers_to: tuple[str, ...]


def export_collection(store: Database, collection: str) -> ExportedCollection:
    """Return the entries that a collection has in the graph.

    Raises NotFound for a collection that the graph does not have, and IncompatibleGraph where an entry could not be loaded to the same
    claims.
    """
    declared = {row[0]: row[1] for row in store.read(named("stored_collections"))}
    units = pairs(store, "entries_of_collections", {collection})
    if collection not in declared and not units:
        known = ", ".join(sorted(declared)) or "none"
        raise NotFound(f"No collection {collection!r}: expected one of the graph, {known}.")
    claims = [claim for claim, _ in claims_of_units(store, units)]
    kinds = stored_kinds(store, {claim.record for claim in claims if claim.record not in units})
    texts = json_lines(claims, kinds)
    if lost := lost_units(claims, texts, kinds):
        more = f" and {len(lost) - MAX_NAMED} more" if len(lost) > MAX_NAMED else ""
        raise IncompatibleGraph(f"Entries cannot be written as they are stored: {', '.join(lost[:MAX_NAMED])}{more}.")
    targets = {target for claim in claims for target in (claim.record, *(one for _, one in references_of(claim)))}
    others = pairs(store, "stored_entries", targets - units.keys())
    refers_to = {str(row["collection"]) for row in others.values() if row.get("collection")}
    texts_of = declared.get(collection, {"id": collection, "title": collection, "steward": "unknown"})
    return ExportedCollection(
        texts_of, texts, len({one.unit for one in claims}), tuple(sorted(refers_to - {collection}))
    )


def json_lines(claims: Iterable[Claim], kinds: Mapping[str, str]) -> dict[str, str]:
    """Return the entries that make these claims as JSON Lines, by section; ``kinds`` are those of records that others define."""
    entries = seed_entries(claims)
    accepted = _accepted(_parsed(_lines(entries), kinds))
    return _lines(
        (section, {**entry, "accept": accepted[entry["id"]]} if entry.get("id") in accepted else entry)
        for section, entry in entries
    )


def _lines(entries: Iterable[SeedEntry]) -> dict[str, str]:
    texts: dict[str, str] = {}
    for section, entry in entries:
        texts[section] = texts.get(section, "") + orjson.dumps({"section": section, **entry}).decode() + "\n"
    return texts


def _parsed(texts: Mapping[str, str], kinds: Mapping[str, str]) -> ParsedBatch:
    read = [one for section, text in texts.items() for one in jsonl.read(text, f"{section}.jsonl")]
    parsed = parse_batch([one for one in read if isinstance(one, Entry)])
    resolve_deferred(parsed, kinds)
    return parsed


def _accepted(parsed: ParsedBatch) -> dict[str, list[dict[str, str]]]:
    """Return the key ``accept`` of each entry that would be refused without it."""
    facts = batch_facts(parsed, datetime.now(UTC).date())
    found = {(one.unit or one.record, one.code) for rule in RULES for one in rule(facts)}
    accepted: dict[str, list[dict[str, str]]] = {}
    for unit, code in sorted(found):
        if code in ACCEPTABLE and not is_warning(code):
            accepted.setdefault(unit, []).append({"code": code, "why": ACCEPTED_BEFORE})
    return accepted


def lost_units(claims: Iterable[Claim], texts: Mapping[str, str], kinds: Mapping[str, str]) -> list[str]:
    """Return the entries of which these texts do not make the same claims again; ``kinds`` are those of records that others define."""
    parsed = _parsed(texts, kinds)
    before, after = {one.id: one.unit for one in claims}, {one.id: one.unit for one in parsed.claims}
    return sorted({unit for id_, unit in (before | after).items() if (id_ in before) != (id_ in after)})


def seed_entries(claims: Iterable[Claim]) -> list[SeedEntry]:
    """Return the entries that make these claims: records in the order of their sections, then claims and choices, each by id."""
    units: dict[str, list[Claim]] = {}
    for claim in claims:
        units.setdefault(claim.unit, []).append(claim)
    found = [_entry(unit, own) for unit, own in sorted(units.items())]
    order = (*ONTOLOGY.sections, "claims", "choices", "judgements", MOVED)
    return sorted(found, key=lambda one: order.index(one[0]))


def _entry(unit: str, claims: Sequence[Claim]) -> SeedEntry:
    first = claims[0]
    if unit in first.values.get(FORMER_IDS, ()):
        return MOVED, {"from": unit, "to": first.record, **_sensitivity(first)}
    if first.is_judgement:
        return "judgements", _judgement(unit, claims)
    if first.is_choice:
        [(name, value)] = first.values.items()
        prop = next(one for one in properties_of(first) if one.name == name)
        choice = {"id": unit, "about": first.record, "property": name, "value": _written(prop, value)}
        return "choices", {**choice, "reason": first.reason}
    if unit != first.record:
        stated = _statements(claims)
        base = _base(stated)
        values = dict(_values(stated, base))
        return "claims", {"id": unit, "about": first.record, "values": values, **_evidence(base)}
    own = [claim for claim in claims if not claim.is_of_nested_record]
    kind = ONTOLOGY.kind(own[0].kind.partition("/")[0])
    if kind.name == "source":
        return kind.section, {"id": unit, **_written_values(own[0])}
    stated = _statements(claims)
    base = _base([one for one in stated if not one.claim.is_of_nested_record])
    return kind.section, {"id": unit, **dict(_values(stated, base)), **_evidence(base)}


def _judgement(unit: str, claims: Sequence[Claim]) -> dict[str, Any]:
    shown = _sensitivity(claims[0])
    if others := merged_ids(claims[0]):
        keep = claims[0].record
        return {"id": unit, "records": [keep, *others], "verdict": "same", "keep": keep, **NOT_STORED, **shown}
    records = sorted({claim.record for claim in claims})
    return {"id": unit, "records": records, "verdict": "unsure", **NOT_STORED, **shown}


def _sensitivity(claim: Claim) -> dict[str, str]:
    """Return the key of an entry that is not public."""
    return {} if claim.sensitivity is Sensitivity.PUBLIC else {"sensitivity": seed_word(claim.sensitivity)}


NOT_STORED: Final = {"by": "not stored in the graph", "on": "1970-01-01", "why": "not stored in the graph"}
"""What a graph does not know of a judgement; the file that was loaded has it."""


@dataclass(frozen=True, slots=True)
class _Statement:
    """The same values of one subject under several citations: claims that differ in nothing but these."""

    claim: Claim
    citations: tuple[Citation | None, ...]

    @property
    def evidence(self) -> tuple[Any, ...]:
        """What tells the evidence of one statement from that of another."""
        one = self.claim
        return (self.citations, one.speaker, one.modality, one.sensitivity, one.announced)


def _statements(claims: Iterable[Claim]) -> list[_Statement]:
    """Return the statements that make these claims, the fullest first.

    A reader puts all values under one evidence into one claim, and a second value of a property into a second one. So of two statements with
    one evidence, each property of the shorter must be one of the longer; where it is not, its citations are stated one by one.
    """
    groups: dict[bytes, list[Claim]] = {}
    for claim in sorted(claims, key=lambda one: one.id):
        key = replace(claim, citation=None, id="-").canonical()
        groups.setdefault(key, []).append(claim)
    found: list[_Statement] = []
    names: dict[tuple[Any, ...], AbstractSet[str]] = {}
    for own in sorted(groups.values(), key=lambda own: (-len(own[0].values), -len(own), own[0].id)):
        whole = _Statement(own[0], tuple(one.citation for one in own))
        is_apart = own[0].is_of_nested_record or own[0].values.keys() <= names.get(whole.evidence, own[0].values.keys())
        for one in [whole] if is_apart else [_Statement(claim, (claim.citation,)) for claim in own]:
            found.append(one)
            if not one.claim.is_of_nested_record:
                names[one.evidence] = one.claim.values.keys()
    return found


def _base(stated: Sequence[_Statement]) -> _Statement:
    """Return the statement whose evidence is written beside the id: one without values, else one that the others can narrow."""
    levels = list(Sensitivity)
    return min(
        stated,
        key=lambda one: (
            bool(one.claim.values),
            levels.index(one.claim.sensitivity),
            one.claim.announced,
            "kind" not in one.claim.values,
        ),
    )


def _evidence(one: _Statement, base: _Statement | None = None) -> dict[str, Any]:
    """Return the evidence of a statement as keys of an entry; nothing where it is that of the ``base``."""
    if base is not None and base.evidence == one.evidence:
        return {}
    claim = one.claim
    cited = [_citation(citation) for citation in one.citations if citation is not None]
    found: dict[str, Any] = {"cite": cited[0] if len(cited) == 1 else cited}
    if claim.speaker is not None:
        found["said-by"] = claim.speaker.record or {"role": claim.speaker.role}
    if claim.modality is not (Modality.ATTRIBUTED if claim.speaker else Modality.STATED):
        found["modality"] = seed_word(claim.modality)
    return found | _sensitivity(claim) | ({"announced": True} if claim.announced else {})


def _citation(one: Citation) -> dict[str, str]:
    words = {"quote": one.quote, "quote-language": one.quote_language, "note": one.note}
    return {"source": one.source, "at": one.at} | {key: text for key, text in words.items() if text}


def _values(stated: Iterable[_Statement], base: _Statement) -> Iterator[tuple[str, Any]]:
    """Yield the properties of a record with their values, then its nested records."""
    values: dict[str, list[tuple[_Statement, Any]]] = {}
    parts: dict[str, list[dict[str, Any]]] = {}
    for one in stated:
        written = _written_values(one.claim)
        if one.claim.is_of_nested_record:
            parts.setdefault(one.claim.kind, []).append({**written, **_evidence(one, base)})
            continue
        for name, value in written.items():
            values.setdefault(name, []).append((one, value))
    for name, found in values.items():
        [(first, value), *others] = found
        if not others and first.evidence == base.evidence:
            yield name, value
        else:
            yield name, [{"value": one, **_evidence(of, base)} for of, one in found]
    yield from parts.items()


def _written_values(claim: Claim) -> dict[str, Any]:
    return {
        prop.name: _written(prop, claim.values[prop.name]) for prop in properties_of(claim) if prop.name in claim.values
    }


def _written(prop: Property, value: Any) -> Any:
    """Return what a seed file has for the value of a claim."""
    return [prop.value_type.write(one) for one in value] if prop.many else prop.value_type.write(value)
