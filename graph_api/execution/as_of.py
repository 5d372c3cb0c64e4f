"""Operations as of a day: which fields answer as of one, and what the database has to hold for it."""

from __future__ import annotations

from typing import Any, Final

from graph_api.compiler.selection import SelectedField
from graph_api.errors import AsOfNotSupported, AsOfUnavailable

STATE_KEY: Final = "@asOf"
"""The key of the state of the versions among the values of root fields; no response key has an ``@``."""

NOT_SUPPORTED: Final = frozenset({"differences", "caseFile", "stays", "held", "coDetainees"})
"""Fields that rest on nodes of which no versions are stored: differences and stays, which are computed from many records at once."""


def check_as_of(selected: SelectedField) -> None:
    """Raise AsOfNotSupported where a field, or one below it, does not answer as of a day."""
    pending = [selected]
    seen: set[SelectedField] = set()
    while pending:
        one = pending.pop()
        if one.name in NOT_SUPPORTED:
            raise AsOfNotSupported(f"Field '{one.name}' does not support @asOf: leave it out or remove the directive.")
        for fields in one.of.values():
            pending += [field for field in fields if field not in seen]
            seen.update(fields)


def undated_sources(state: Any) -> int | AsOfUnavailable:
    """Return how many sources have no publication date, from the row of ``as_of_state``; an error where no versions are stored."""
    is_stored, undated = state
    if is_stored:
        return int(undated)
    return AsOfUnavailable(
        "This graph does not hold what was known on each day, or was changed since: run `detention-graph as-of`, which stores it."
    )
