"""What an operation costs: each of its root fields is read as for an answer, and nothing is asked."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import Any

from graph_api.compiler.cost import cost
from graph_api.compiler.selection import read_selection
from graph_api.schema.answer import execute
from graph_api.schema.build import build_schema
from graph_api.schema.context import Context, Info


class _NotAskedError(Exception):
    """Stands for the answer."""


def costs(query: str, variables: Mapping[str, Any] | None = None) -> list[int]:
    """Return the cost of each root field of a valid operation."""
    found: list[int] = []

    async def answer(info: Info) -> Any:
        found.append(cost(read_selection(info._raw_info)))
        raise _NotAskedError

    result = asyncio.run(execute(build_schema(), Context(answer), query, variables))
    wrong = [one for one in result.errors or () if not isinstance(one.original_error, _NotAskedError)]
    assert not wrong, wrong
    return found
