"""The events of people as status reads them, from projected records, without a database."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from graph_api.evidence.projection import ProjectedRecord


def rows_of_people(records: Mapping[str, ProjectedRecord]) -> dict[str, list[dict[str, Any]]]:
    """Return the rows of every person who is the subject of an event."""
    found: dict[str, list[dict[str, Any]]] = {}
    for id_, record in records.items():
        targets: dict[str, list[str]] = {}
        for link in record.links:
            targets.setdefault(link.type, []).append(link.end)
        for link in record.links:
            if link.type == "TOOK_PART" and link.properties.get("role") == "SUBJECT":
                if "Person" not in records[link.start].node.labels:
                    continue
                side = link.properties.get("side")
                found.setdefault(link.start, []).append(
                    {
                        **record.node.properties,
                        "id": id_,
                        "follows": targets.get("FOLLOWS", []),
                        "of": next(iter(targets.get("OF", [])), None),
                        "replaces": targets.get("REPLACES", []),
                        "to_place": record.node.properties["kind"] == "RELEASE" and "TO_PLACE" in targets,
                        "side": side,
                        "side_code": records[side].node.properties.get("code") if side else None,
                    }
                )
    return found
