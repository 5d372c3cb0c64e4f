"""Ids that moved: entries of ``moved:``, which say that a record has another id now. The former id leads to it for ever.

::

    moved: [{from: org-former, to: org-present}]   ──▶   a claim about org-present: merged-from [org-former]

The former id is the id of the entry. So it is never used again, whoever owns the collection of the former record moves it, the record with
that id goes without a decision of its own, and a load that moved an id is reverted like any other. What the present record states stands in
its own entry; nothing is copied from one to the other.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Final

from graph_api.errors import InvalidValue, Problem
from graph_api.evidence.claims import FORMER_IDS, Claim
from graph_api.ingest.batch import DeferredClaims, ParsedBatch, RecordDefinition, Reference, unknown_keys
from graph_api.ingest.nodes import MappingNode, ScalarNode, raw_value
from graph_api.ontology.vocabulary import Modality, Sensitivity
from graph_api.values.links import parse_id
from graph_api.values.words import parse_word

SECTION: Final = "moved"
KEYS: Final = ("from", "to", "sensitivity")
FORM: Final = "{from: a former id, to: the id of a record}"
REASON: Final = "the id was moved"


def parse_moved(batch: ParsedBatch, node: MappingNode) -> None:
    """Add an entry of ``moved:`` to the batch, and its problems. ``resolve_moved`` adds what follows from all of them."""
    batch.problems += unknown_keys(node.keys, KEYS, "moved:")
    ids = {key: one for key in ("from", "to") if isinstance(one := node.values.get(key), ScalarNode)}
    if len(ids) < 2:
        batch.problems.append(node.position.problem(SECTION, f"Invalid entry of moved: expected {FORM}."))
        return
    try:
        former, present = (parse_id(raw_value(one), "an id") for one in ids.values())
        parse_word(Sensitivity, raw_value(node.values["sensitivity"])) if "sensitivity" in node.values else None
    except InvalidValue as error:
        batch.problems.append(node.position.problem(SECTION, f"moved: {error}"))
        return
    if (first := batch.definitions.get(former)) is not None:
        where = f"{first.position.file}:{first.position.line}"
        message = f"Cannot move {former!r}, which {where} defines: expected no other entry with a former id."
        batch.problems.append(ids["from"].position.problem(SECTION, message))
        return
    batch.definitions[former] = RecordDefinition("claims", node)
    batch.moved[former] = present


def resolve_moved(batch: ParsedBatch) -> None:
    """Defer the claims of all former ids until the kinds of their records are known. An id that moved twice leads to its last one."""
    for former in batch.moved:
        node = batch.definitions[former].node
        passed = [former]
        while (present := batch.moved[passed[-1]]) in batch.moved and present not in passed:
            passed.append(present)
        if present in passed:
            message = f"Cycle in moved: {' to '.join([*passed, present])}."
            batch.problems.append(node.position.problem("circle", message))
            continue
        batch.references.append(Reference(node.values["to"].position, former, "to", present, ()))
        batch.deferred_claims.append(DeferredClaims(present, node, former))


def add_former_id(batch: ParsedBatch, entry: DeferredClaims, kind: str) -> None:
    """Add the claim that a record of a known kind has a former id."""
    node = entry.node
    if kind == "source":
        message = f"Invalid move of {entry.unit!r} to the source {entry.subject!r}: expected a record, ids of sources leave no trace."
        batch.problems.append(node.position.problem(SECTION, message))
        return
    shown = node.values.get("sensitivity")
    sensitivity = Sensitivity.PUBLIC if shown is None else parse_word(Sensitivity, raw_value(shown))
    values = {FORMER_IDS: [entry.unit]}
    claim = Claim(entry.subject, entry.subject, kind, entry.unit, values, modality=Modality.DERIVED, reason=REASON)
    batch.claims.append(replace(claim, sensitivity=Sensitivity(sensitivity), id=""))


def check_moved(batch: ParsedBatch, stored: Sequence[Claim], retained: Sequence[Claim]) -> Iterator[Problem]:
    """Yield a problem for each move that would lose what other entries say, and for each record that has a former id.

    ``stored`` are the stored claims, ``retained`` those of them that other entries make.
    """
    for former in batch.moved:
        definition = batch.definitions[former]
        if others := sorted({one.unit for one in retained if one.record == former}):
            message = (
                f"Cannot move {former!r}: expected these entries about it in the same batch, {', '.join(others[:10])}."
            )
            yield definition.position.problem(SECTION, message)
    former_ids = {one.unit: one.record for one in stored if one.unit in one.values.get(FORMER_IDS, ())}
    for record, definition in batch.definitions.items():
        if record in former_ids and record not in batch.moved and not batch.is_restored:
            message = f"Id {record!r} moved to {former_ids[record]!r}: expected that id, or a new one."
            yield definition.position.problem(SECTION, message)


def moved_to(batch: ParsedBatch, stored: Mapping[str, str], id_: str) -> str:
    """Return the hint that an id moved, by the batch or by ``stored`` former ids; an empty text where it did not."""
    present = batch.moved.get(id_) or stored.get(id_)
    return f"{id_!r} moved to {present!r}" if present else ""
