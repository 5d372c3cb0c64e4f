"""Judgements of stewards on identity: entries of ``judgements:``, reviewed in Git, loaded and taken back like claims.

``unsure`` is a claim about each of the records that it may be the other; ``different`` says that ``candidates`` need not propose the pair again, and
is not stored. Who judged, when and why stays in the file: a graph, and least of all a public one, does not tell it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations, permutations
from typing import Final

from graph_api.errors import InvalidValue
from graph_api.evidence.claims import MAYBE_SAME, Claim
from graph_api.ingest.batch import ParsedBatch, Reference, unknown_keys
from graph_api.ingest.nodes import MappingNode, Node, ScalarNode, SequenceNode, describe_node, raw_value
from graph_api.ontology.vocabulary import Modality
from graph_api.values.days import parse as parse_day
from graph_api.values.links import parse_id
from graph_api.values.value_type import parse_text
from graph_api.values.words import WordList, parse_word

KEYS: Final = ("id", "records", "verdict", "by", "on", "why")
FORM: Final = "{id: …, records: [a, b], verdict: unsure, by: …, on: 2026-11-28, why: …}"
MOST_RECORDS: Final = 8
"""Records of one judgement; more are several judgements."""
REASON: Final = "a steward's judgement"


class Judgement(WordList):
    """What a steward judges of records."""

    DIFFERENT = "DIFFERENT", "They are of different people."
    UNSURE = "UNSURE", "Nobody can say yet."


def parse_judgement(batch: ParsedBatch, node: MappingNode, unit: str) -> None:
    """Add the claims of an entry of ``judgements:`` and the pairs that it judges to the batch, and its problems."""
    batch.problems += unknown_keys(node.keys, KEYS, "judgements:")
    if missing := [key for key in KEYS if key not in node.values]:
        message = f"Invalid entry of judgements: expected {FORM}, {', '.join(missing)} is missing."
        batch.problems.append(node.position.problem("judgements", message))
        return
    records = list(_records(batch, node.values["records"], unit))
    try:
        verdict = parse_word(Judgement, raw_value(node.values["verdict"]))
        parse_day(raw_value(node.values["on"]))
        parse_text(raw_value(node.values["by"]), "the name of a steward", thing="by", most=100)
        parse_text(raw_value(node.values["why"]), "a reason", thing="why", most=500)
    except InvalidValue as error:
        batch.problems.append(node.position.problem("judgements", f"judgements: {error}"))
        return
    batch.judged |= {frozenset(pair) for pair in combinations(records, 2)}
    if verdict is Judgement.UNSURE:
        batch.claims += _claims(records, unit)


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


def _claims(records: Sequence[str], unit: str) -> Iterator[Claim]:
    for one, other in permutations(records, 2):
        yield Claim(one, one, "person", unit, {MAYBE_SAME: [other]}, modality=Modality.DERIVED, reason=REASON)
