"""``choices:``: where sources differ, a steward says which value is shown, and why. A choice states no value of its own."""

from __future__ import annotations

from typing import Final

from graph_api.errors import InvalidValue
from graph_api.evidence.audience import exact_kind
from graph_api.evidence.claims import Claim
from graph_api.ingest.batch import DeferredClaims, ParsedBatch, unknown_keys
from graph_api.ingest.property_parser import parse_property, raw_value
from graph_api.ontology.vocabulary import Modality
from graph_api.values.raw import text_of

KEYS: Final = ("id", "about", "property", "value", "reason")
MAX_REASON: Final = 500


def parse_choice(batch: ParsedBatch, entry: DeferredClaims, kind_name: str) -> None:
    """Parse an entry of ``choices:`` about a record of a known kind."""
    node, kind = entry.node, exact_kind(kind_name)
    batch.problems += unknown_keys(node.keys, KEYS, "choices:")
    choosable = [p.name for p in kind.properties if not p.many and not p.is_link and p.name != "kind"]
    try:
        name = text_of(raw_value(node.values["property"]), "the name of a property", thing="property", most=100)
        reason = text_of(raw_value(node.values["reason"]), "a reason", thing="reason", most=MAX_REASON)
    except InvalidValue as error:
        batch.problems.append(node.position.problem("choices", f"choices: {error}"))
        return
    prop = kind.find(name) if name in choosable else None
    if prop is None or kind_name == "source":
        message = (
            f"Invalid property {name!r} of a choice: expected one on which sources can differ, {', '.join(choosable)}."
        )
        batch.problems.append(node.values["property"].position.problem("choices", message))
        return
    value = parse_property(prop, node.values["value"], batch.problems.append)
    if value is not None:
        batch.claims.append(
            Claim(
                entry.subject,
                entry.subject,
                kind_name,
                entry.unit,
                {prop.name: value},
                modality=Modality.DERIVED,
                reason=reason,
            )
        )
