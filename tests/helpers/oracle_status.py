"""The status of people for the oracle, from projected records. What a status is has tests of its own; how it is stored and answered is compared."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from graph_api.evidence.life_events import life_events
from graph_api.evidence.projection import ProjectedRecord
from graph_api.evidence.status import person_status
from graph_api.ingest.statuses import status_properties
from tests.helpers.oracle_life_rows import rows_of_people


def statuses(records: Mapping[str, ProjectedRecord]) -> dict[str, dict[str, Any]]:
    """Return what is stored of the status of every person, with the subjects of the claims that it relies on as ``relies_on``."""
    subjects: dict[str, dict[str, str]] = {}
    for id_, record in records.items():
        for link in record.links:
            if link.type == "TOOK_PART" and link.properties["role"] == "SUBJECT":
                subjects.setdefault(id_, {})[link.start] = link.properties["id"]
    rows = rows_of_people(records)
    found = {}
    for id_, record in records.items():
        if "Person" in record.node.labels:
            status = person_status(life_events(rows.get(id_, [])), record.node.properties.get("nationalities") or ())
            relied = [subjects[event] for event in sorted(status.events)]
            parts = [parts[id_] for parts in relied]
            alone = [event for event, parts in zip(sorted(status.events), relied, strict=True) if len(parts) == 1]
            found[id_] = {**status_properties(status), "relies_on": [*parts, *alone]}
    return found
