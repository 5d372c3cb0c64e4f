"""Look-ups of records by ids that these had before.

A record that is not found by its id may have had it before. Then its present id is looked up, and the record by that one, in transactions of
their own: to look it up in the statement itself took every look-up 60 µs of 690.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from graph_api.compiler.compile import ID_PARAMETER
from graph_api.database.queries import named
from graph_api.execution.operation_planner import RootPlan
from graph_api.statement import Statement, StatementRunner


def is_missing(root: RootPlan, value: Any) -> bool:
    """Return whether no record has the id of a look-up."""
    if root.compiled is None or not root.compiled.is_by_id or not isinstance(value, list):
        return False
    return not (value if root.compiled.before is None else value[-1])


async def fetch_moved(
    missing: Sequence[RootPlan], variables: Mapping[str, Any], values: dict[str, Any], run: StatementRunner
) -> None:
    """Replace the values of look-ups whose ids were former ids."""
    asked = {root.key: (root.compiled, root.compiled.bind(variables)) for root in missing if root.compiled is not None}
    try:
        [pairs] = await run(
            [named("present_ids", ids=sorted({one.parameters[ID_PARAMETER] for _, one in asked.values()}))]
        )
        present = dict(pairs)
        moved = {
            key: (compiled, one) for key, (compiled, one) in asked.items() if one.parameters[ID_PARAMETER] in present
        }
        if not moved:
            return
        again = [
            Statement(one.text, {**one.parameters, ID_PARAMETER: present[one.parameters[ID_PARAMETER]]}, one.name)
            for _, one in moved.values()
        ]
        for (key, (compiled, _)), value in zip(moved.items(), await run(again), strict=True):
            values[key] = value if compiled.before is None else [*values[key][:-1], value]
    except Exception as error:  # noqa: BLE001 - reported at each field, as for the look-ups themselves
        values.update(dict.fromkeys(asked, error))
