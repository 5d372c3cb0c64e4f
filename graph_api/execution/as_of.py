"""Operations and case files as of a day, and what the database has to hold for them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from graph_api.compiler.as_of import statement_as_of
from graph_api.database.queries import named
from graph_api.errors import AsOfUnavailable
from graph_api.statement import Statement

STATE_KEY: Final = "@asOf"
"""The key of the state of the versions among the values of root fields; no response key has an ``@``."""


def undated_sources(state: Any) -> int | AsOfUnavailable:
    """Return how many sources have no publication date, from the row of ``as_of_state``; an error where no versions are stored."""
    is_stored, undated = state
    if is_stored:
        return int(undated)
    return AsOfUnavailable(
        "This graph does not hold what was known on each day, or was changed since: run `detention-graph as-of`, which stores it."
    )


def case_file_statements(person: str, day: int | None) -> list[Statement]:
    """Return what reads the facts of a case file: as of a day number, the state of the versions after it."""
    today = named("case_file", id=person, known=None)
    return [today] if day is None else [statement_as_of(today, day), named("as_of_state")]


def case_file_facts(values: Sequence[Any]) -> Mapping[str, Any] | None:
    """Return the facts from the values of ``case_file_statements``, None where there is no such person.

    Raises AsOfUnavailable where the graph does not hold what was known on each day.
    """
    facts: Mapping[str, Any] | None = values[0]
    for state in values[1:]:
        found = undated_sources(state)
        if isinstance(found, AsOfUnavailable):
            raise found
    return facts
