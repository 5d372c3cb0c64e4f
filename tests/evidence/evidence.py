"""Short ways to write sources and claims."""

from __future__ import annotations

from typing import Any

from graph_api.evidence.claims import Citation, Claim, Speaker, exact_kind
from graph_api.evidence.origins import SourceFacts, source_facts
from graph_api.ontology.properties import Property
from graph_api.ontology.registry import ONTOLOGY


def source(id_: str, published: str = "2024", kind: str = "NGO", **values: Any) -> Claim:
    """Make the claim that a source is of itself."""
    said = {"title": id_, "kind": kind, "published": published} | {
        key.replace("_", "-"): one for key, one in values.items()
    }
    return Claim(id_, id_, "source", id_, said)


def facts(*sources: Claim) -> dict[str, SourceFacts]:
    """Return the facts of sources by id."""
    return {one.record: source_facts(one) for one in sources}


def claim(values: dict[str, Any], cited: str, *, record: str = "a-record", kind: str = "person", **more: Any) -> Claim:
    """Make a claim about a record."""
    fields = {"unit": record, "subject": record} | more
    speaker = Speaker(fields.pop("said_by")) if "said_by" in fields else None
    return Claim(record=record, kind=kind, values=values, citation=Citation(cited, "p. 1"), speaker=speaker, **fields)


def prop(kind: str, name: str) -> Property:
    """Return a property of a kind."""
    found = exact_kind(kind).find(name)
    assert found is not None
    return found


KINDS = tuple(kind.name for kind in ONTOLOGY.kinds)
