"""Judgements of stewards on identity: entries of ``judgements:``, reviewed in Git, loaded and taken back like claims.

``unsure`` is a claim about each of the records that it may be the other, ``same`` one about the record that is kept; ``different`` says
that ``candidates``, which reads the files, need not propose the pair again, and is not stored. Who judged, when and why stays in the file: a
graph, and least of all a public one, does not tell it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations, permutations
from typing import Final

from graph_api.errors import InvalidValue, Problem
from graph_api.evidence.claims import FORMER_IDS, MAYBE_SAME, Claim
from graph_api.ingest.batch import ParsedBatch, Reference, unknown_keys
from graph_api.ingest.nodes import (
    MappingNode,
    Node,
    ScalarNode,
    SequenceNode,
    SourcePosition,
    describe_node,
    raw_value,
)
from graph_api.ontology.vocabulary import Modality, Sensitivity
from graph_api.values.days import parse as parse_day
from graph_api.values.links import parse_id
from graph_api.values.value_type import parse_text
from graph_api.values.words import WordList, parse_word

KEYS: Final = ("id", "records", "verdict", "by", "on", "why")
KEEP: Final = "keep"
SENSITIVITY: Final = "sensitivity"
FORM: Final = (
    "{id: …, records: [a, b], verdict: unsure, by: …, on: 2026-11-28, why: …}; with the verdict same also keep: a"
)
MOST_RECORDS: Final = 8
"""Records of one judgement; more are several judgements."""
REASON: Final = "a steward's judgement"


class Judgement(WordList):
    """What a steward judges of records."""

    SAME = "SAME", "They are of one person."
    DIFFERENT = "DIFFERENT", "They are of different people."
    UNSURE = "UNSURE", "Nobody can say yet."


def parse_judgement(batch: ParsedBatch, node: MappingNode, unit: str) -> None:
    """Add the claims of an entry of ``judgements:`` and the pairs that it judges to the batch, and its problems."""
    batch.problems += unknown_keys(node.keys, (*KEYS, KEEP, SENSITIVITY), "judgements:")
    if missing := [key for key in KEYS if key not in node.values]:
        message = f"Invalid entry of judgements: expected {FORM}, {', '.join(missing)} is missing."
        batch.problems.append(node.position.problem("judgements", message))
        return
    records = list(_records(batch, node.values["records"], unit))
    shown = Sensitivity.PUBLIC
    try:
        verdict = parse_word(Judgement, raw_value(node.values["verdict"]))
        if SENSITIVITY in node.values:
            shown = Sensitivity(parse_word(Sensitivity, raw_value(node.values[SENSITIVITY])))
        parse_day(raw_value(node.values["on"]))
        parse_text(raw_value(node.values["by"]), "the name of a steward", thing="by", most=100)
        parse_text(raw_value(node.values["why"]), "a reason", thing="why", most=500)
    except InvalidValue as error:
        batch.problems.append(node.position.problem("judgements", f"judgements: {error}"))
        return
    pairs = {frozenset(pair) for pair in combinations(records, 2)}
    batch.judged |= pairs
    keep = raw_value(node.values[KEEP]) if KEEP in node.values else None
    if (keep in records) is not (verdict is Judgement.SAME) or (keep is not None and keep not in records):
        expected = f"one of {', '.join(records)}" if verdict is Judgement.SAME else "it with the verdict same only"
        message = f"Invalid keep ({keep or 'nothing'}): expected {expected}."
        batch.problems.append(node.position.problem("judgements", message))
        return
    match verdict:
        case Judgement.SAME:
            batch.claims.append(_same(str(keep), records, unit, shown))
        case Judgement.UNSURE:
            batch.claims += _unsure(records, unit, shown)
        case Judgement.DIFFERENT:
            batch.different |= pairs


def _records(batch: ParsedBatch, node: Node, unit: str) -> Iterator[str]:
    items = node.items if isinstance(node, SequenceNode) else ()
    texts = [one.text for one in items if isinstance(one, ScalarNode)]
    if not 2 <= len(set(texts)) == len(items) <= MOST_RECORDS:
        message = f"Invalid records {describe_node(node)}: expected 2 to {MOST_RECORDS} different ids of people."
        batch.problems.append(node.position.problem("judgements", message))
        return
    for item, text in zip(items, texts, strict=True):
        try:
            yield parse_id(text)
        except InvalidValue as error:
            batch.problems.append(item.position.problem("link", f"records: {error}"))
            continue
        batch.references.append(Reference(item.position, unit, "records", text, ("person",)))


def _same(keep: str, records: Sequence[str], unit: str, shown: Sensitivity) -> Claim:
    return _claim(keep, unit, FORMER_IDS, [one for one in sorted(records) if one != keep], shown)


def _unsure(records: Sequence[str], unit: str, shown: Sensitivity) -> Iterator[Claim]:
    for one, other in permutations(records, 2):
        yield _claim(one, unit, MAYBE_SAME, [other], shown)


def _claim(record: str, unit: str, name: str, others: Sequence[str], shown: Sensitivity) -> Claim:
    values = {name: list(others)}
    return Claim(record, record, "person", unit, values, modality=Modality.DERIVED, reason=REASON, sensitivity=shown)


def contradictions(parsed: ParsedBatch, claims: Iterable[Claim]) -> Iterator[Problem]:
    """Yield a problem for each id that leads to two records, by judgements or moves, and for two records that are judged one and two.

    ``claims`` are those that stand after the load.
    """
    kept: dict[str, tuple[str, str]] = {}
    for claim in sorted((one for one in claims if one.is_judgement), key=lambda one: one.unit):
        for other in claim.values.get(FORMER_IDS, ()):
            first, unit = kept.setdefault(other, (claim.record, claim.unit))
            if first != claim.record or _leads_back(other, kept):
                steps = f"{other} = {first} ({unit}), {other} = {claim.record} ({claim.unit})"
                yield _position(parsed, (claim.unit, unit)).problem("identity", f"Judgements contradict: {steps}.")
    into = {other: record for other, (record, _) in kept.items()}
    for pair in sorted(map(sorted, parsed.different)):
        first_path, second_path = ([step, *_path(step, into)] for step in pair)
        if first_path[-1] == second_path[-1]:
            path = " = ".join([*first_path, *reversed(second_path[:-1])])
            message = f"Judgements contradict: {pair[0]} and {pair[1]} are judged different, and {path}."
            yield _position(parsed, [unit for _, unit in kept.values()]).problem("identity", message)


def _leads_back(record: str, kept: Mapping[str, tuple[str, str]]) -> bool:
    return record in _path(record, {other: into for other, (into, _) in kept.items()})


def _path(record: str, into: Mapping[str, str]) -> list[str]:
    found: list[str] = []
    while (record := into.get(record, "")) and record not in found:
        found.append(record)
    return found


def _position(parsed: ParsedBatch, units: Iterable[str]) -> SourcePosition:
    found = [parsed.definitions[one].position for one in units if one in parsed.definitions]
    return found[0] if found else SourcePosition("the graph", 1, 1)
