"""What one root field may ask of the database at most: its page sizes multiplied down, weighted by field.

A unit is about one row read. Pages count as full and lists without pages as long as in ``LENGTHS``, so that the cost of a
question does not depend on what is in the graph. Nothing is measured here: it is a bound to refuse by, not a forecast.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from graph_api.compiler.selection import Selected, Selection

MOST: Final = 2_000_000
"""The most that an operation may cost unless a setting says otherwise."""

MOST_CONDITIONS: Final = 120
"""The most conditions in the filters of an operation. The database plans each anew, some ms a condition, and takes no notice of the time
limit meanwhile: 3000 of them kept it busy for 14 s."""

LENGTHS: Final[Mapping[str, int]] = {
    "about": 3,  # what an event or a figure is about
    "appeals": 2,
    "breakdown": 5,  # of a figure, by category or side
    "citations": 5,  # 2 on average, 7 for one in twenty
    "claims": 20,  # each property by each source; 6 where one property is chosen
    "control": 3,  # since 2014
    "derivedFrom": 3,
    "excludes": 5,
    "includes": 5,
    "mayBe": 3,  # sites that sources do not tell apart
    "mediators": 3,
    "parties": 3,
    "places": 2,
    "positions": 3,
    "sides": 2,  # an exchange has two
    "sites": 2,
    "unclear": 5,
}
"""How many rows a list without pages is taken to have."""
CLAIMS_OF_ONE_PROPERTY: Final = 6

ROOTS: Final[Mapping[str, int]] = {
    "mediators": 20,  # every actor is looked at
    "search": 20,  # the full-text index, four questions of it
    "sequences": 20,  # everybody's events, and STEP for each step
    "totals": 100,  # every event that matches, and those who took part
}
"""What a root field costs beside its rows; nothing, if it is not here."""
STEP: Final = 10
"""Each step of a sequence or a history is one more join for everybody."""
COUNT: Final = 10
"""``totalCount`` and ``unnamedGroups`` look at every row that matches, not at one page."""
FILTERS: Final[Mapping[str, int]] = {
    "noEvent": 5,
    "place": 5,  # through all places that lie within it
    "someEvent": 5,
}
"""What a condition costs, 1 if it is not here; those of ``someEvent`` and ``noEvent`` and of steps add their own."""
VALUES: Final = frozenset({"Name", "Offence", "PageInfo", "Quantity", "Sentence", "Span", "When"})
"""Types that come with their row and cost nothing, as scalars do."""


def cost(selected: Selected) -> int:
    """Return the cost of one root field, in rows; linear in the number of different selections below it.

    The arguments are coerced, defaults included. A page size below 0 counts as 0: to refuse it is the business of binding.
    """
    steps = selected.arguments.get("steps", ())
    lengths = {"events": len(steps), "keys": len(selected.arguments.get("by", ()))}
    return ROOTS.get(selected.name, 0) + _steps(steps) + _Costs({**LENGTHS, **lengths}).field(selected)


def conditions(selected: Selected) -> int:
    """Return how many conditions stand in the filters of a root field and of all below it; equal selections count once."""
    seen: set[int] = set()
    waiting, found = [selected], 0
    while waiting:
        one = waiting.pop()
        if id(one) not in seen:
            seen.add(id(one))
            waiting += [field for fields in one.of.values() for field in fields]
            found += sum(_conditions(one.arguments.get(name)) for name in ("where", "people", "events"))
            found += sum(_conditions(step.get("where")) for step in one.arguments.get("steps", ()))
    return found


def _conditions(value: Mapping[str, Any] | None) -> int:
    found = 0
    for name, one in (value or {}).items():
        match name:
            case _ if one is None:
                pass
            case "and" | "or":
                found += sum(1 + _conditions(each) for each in one)
            case "not":
                found += _conditions(one)
            case "history":
                found += sum(1 + _conditions(step.get("where")) for step in one["steps"])
            case "someEvent" | "noEvent":
                found += 1 + _conditions(one.get("where"))
            case _:
                found += 1
    return found


class _Costs:
    """The costs of selections, each computed once: equal ones are one object."""

    def __init__(self, lengths: Mapping[str, int]) -> None:
        self.lengths = lengths
        self.below: dict[int, int] = {}

    def field(self, one: Selected) -> int:
        named = next(iter(one.of), None)
        if named is None or named in VALUES:
            return 0
        if named.endswith("Connection"):
            return 1 + sum(map(_filter, map(one.arguments.get, ("where", "people", "events")))) + self._page(one)
        row = 1 + self._below(one.of)
        if one.name == "claims" and "property" in one.arguments:
            return 1 + CLAIMS_OF_ONE_PROPERTY * row
        return 1 + self.lengths[one.name] * row if one.name in self.lengths else row

    def _page(self, one: Selected) -> int:
        [fields] = one.of.values()
        names = [field.name for field in fields]
        counts = COUNT * sum(name in ("totalCount", "unnamedGroups") for name in names)
        if not {"nodes", "edges", "pageInfo"} & set(names):
            return counts
        rows = [field for field in fields if field.name == "nodes"] + [
            field
            for edge in fields
            if edge.name == "edges"
            for some in edge.of.values()
            for field in some
            if field.name == "node"
        ]
        first: int = one.arguments["first"]
        return counts + max(first, 0) * (1 + sum(self._below(row.of) for row in rows))

    def _below(self, of: Selection) -> int:
        """Return what the fields of one row cost: those of the dearest type that it can have."""
        known = self.below.get(id(of))
        if known is None:
            known = max((sum(map(self.field, fields)) for fields in of.values()), default=0)
            self.below[id(of)] = known
        return known


def _filter(value: Mapping[str, Any] | None) -> int:
    """Return what the conditions of a filter cost; one that is null asks nothing."""
    return sum(_condition(name, one) for name, one in (value or {}).items() if one is not None)


def _condition(name: str, value: Any) -> int:
    match name:
        case "and" | "or":
            return sum(map(_filter, value))
        case "not":
            return _filter(value)
        case "history":
            return _steps(value["steps"])
        case "someEvent" | "noEvent":
            return FILTERS[str(name)] + _filter(value.get("where"))
        case _:
            return FILTERS.get(name, 1)


def _steps(steps: Any) -> int:
    return sum(STEP + _filter(step.get("where")) for step in steps)
