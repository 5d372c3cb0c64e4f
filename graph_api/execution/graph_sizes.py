"""How much a graph holds, by which the cost of an operation is bounded: a page cannot have more rows than there are.

::

    GraphSizes.of([("Person", 91, 12, 252, …)], [("Person", 19, 710, 12, 217)])

    records["Person"] = 91; lists["Person", "events"] = (12, 252): the longest list of one record, and the lists of all records together
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from graph_api.ontology.registry import EVENT_TYPE_NAMES

ACTORS: Final = ("Person", "Organization", "State")
PARTS: Final = ("Participation", "Position", "Control")
"""Parts of records that have claims of their own; their sizes are read together."""


@dataclass(frozen=True, slots=True, eq=False)
class GraphSizes:
    """The number of records of each type, and of each list the longest one and all together, by type and field.

    Compared and hashed by identity: plans made with other sizes have other costs.
    """

    records: Mapping[str, int]
    lists: Mapping[tuple[str, str], tuple[int, int]]

    @classmethod
    def of(cls, records: Iterable[Sequence[Any]], evidence: Iterable[Sequence[Any]]) -> GraphSizes:
        """Return the sizes of the rows of ``record_sizes`` and ``evidence_sizes``."""
        found: Counter[str] = Counter()
        lists: dict[tuple[str, str], tuple[int, int]] = {}
        for type_, count, events, all_events, participants, all_participants, parts, all_parts in records:
            for name in (
                type_,
                *(("Event",) if type_ in EVENT_TYPE_NAMES else ()),
                *(("Actor",) if type_ in ACTORS else ()),
            ):
                found[name] += count
            if type_ in EVENT_TYPE_NAMES:
                lists |= {
                    (type_, "participants"): (participants, all_participants),
                    (type_, "parts"): (parts, all_parts),
                }
            elif type_ in (*ACTORS, "Group"):
                lists |= {(type_, name): (events, all_events) for name in ("events", "mediated")}
        for type_, claims, all_claims, citations, all_citations in evidence:
            for name in PARTS if type_ is None else (type_,):
                lists |= {(name, "claims"): (claims, all_claims), (name, "citations"): (citations, all_citations)}
        lists |= {("Claim", "citations"): (1, 10**9)}
        return cls(found, lists)

    def at_most(self, type_: str, field: str, node: str, parents: int | None) -> float | None:
        """Return the most rows of a list for one record of a type; None where that is not known.

        ``node`` is the type of its rows. For so many different ``parents`` it is the most on average, which may be less.
        """
        known = [float(self.records[node])] if node in self.records else []
        longest = self.lists.get((type_, field))
        if longest is not None:
            known.append(float(longest[0]))
            if parents:
                known.append(longest[1] / parents)
        return min(known, default=None)
