"""``choices:``: where sources differ, a steward says which value is shown, and why. A choice adds nothing: it picks what a source says."""

from __future__ import annotations

from typing import Final

from graph_api.errors import InvalidValue
from graph_api.evidence.audience import exact_kind
from graph_api.evidence.claims import Claim
from graph_api.ingest.batch import ParsedBatch
from graph_api.ingest.nodes import MappingNode
from graph_api.ingest.property_parser import parse_property, raw_value
from graph_api.ontology.vocabulary import Modality
from graph_api.values.raw import text_of

KEYS: Final = ("id", "about", "property", "value", "reason")
MAX_REASON: Final = 500


def parse_choice(batch: ParsedBatch, node: MappingNode, about: str, name: str, unit: str) -> None:
    """Read an entry of ``choices:`` about a record of a known kind."""
    kind = exact_kind(name)
    batch.unknown_keys(node, KEYS, "choices:")
    singles = [p.name for p in kind.properties if not p.many and not p.is_link and p.name != "kind"]
    try:
        asked = text_of(raw_value(node.values["property"]), "the name of a property", thing="property", most=100)
        reason = text_of(raw_value(node.values["reason"]), "a reason", thing="reason", most=MAX_REASON)
    except InvalidValue as bad:
        batch.problems.append(node.position.problem("choices", f"choices: {bad}"))
        return
    prop = kind.find(asked) if asked in singles else None
    if prop is None or name == "source":
        right = f"saw the property {asked!r}; right would be one on which sources can differ: {', '.join(singles)}"
        batch.problems.append(node.values["property"].position.problem("choices", right))
        return
    value = parse_property(prop, node.values["value"], batch.problems.append)
    if value is not None:
        values = {prop.name: value}
        batch.claims.append(Claim(about, about, name, unit, values, modality=Modality.DERIVED, reason=reason))
