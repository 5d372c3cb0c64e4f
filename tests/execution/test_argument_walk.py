"""The way of one filter argument from the variables of a request to the parameters of its statement: few modules.

Every function of ``graph_api`` counts that is called with the argument in any form, however deep in its arguments, or returns it: as the
value that the client sent, as its placeholder, or as a deferred value. Operations are compiled for the first time, so that the way is the
longest. Constructors that dataclasses generate are not counted, since they run no code of their module.
"""

from __future__ import annotations

import asyncio
import sys
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, fields, is_dataclass
from types import FrameType
from typing import Any

import pytest

from graph_api.compiler.placeholders import DeferredValue, Placeholder
from graph_api.compiler.selection import SelectionSet
from graph_api.execution.executor import Executor, OperationRequest
from graph_api.schema.build import build_schema
from graph_api.statement import Statement

MAX_MODULES = 12
MAX_MODULES_OF_VALUE = 8
VALUE = "a tag that stands nowhere else"
QUERY = "query ($where: PersonFilter) { people(where: $where) { nodes { id } } }"


@dataclass
class Walk:
    """The forms in which the argument entered each module."""

    forms: dict[str, set[str]] = field(default_factory=dict)
    values: set[str] = field(default_factory=set)
    """Modules that the value itself entered."""

    def record(self, frame: FrameType, event: str, result: object) -> None:
        """Record a call or return in ``graph_api``; the profile function of ``sys.setprofile``."""
        module, code = frame.f_globals.get("__name__", ""), frame.f_code
        if not module.startswith("graph_api") or event not in {"call", "return"} or code.co_filename == "<string>":
            return
        given = [result]
        if event == "call":
            given = [frame.f_locals.get(name) for name in code.co_varnames[: code.co_argcount + code.co_kwonlyargcount]]
        for one in given:
            for form in found_in(one, set()):
                self.forms.setdefault(module, set()).add(form)
                if form == "str":
                    self.values.add(module)


def found_in(one: object, seen: set[int]) -> Iterator[str]:
    """Yield the forms of the argument in an object: in its items, fields and attributes."""
    if isinstance(one, str):
        if one == VALUE:
            yield "str"
        return
    if isinstance(one, Placeholder | DeferredValue):
        yield type(one).__name__
        return
    if isinstance(one, int | float | bool | bytes | None) or id(one) in seen:
        return
    seen.add(id(one))
    inside: Iterator[object] = iter(())
    if isinstance(one, SelectionSet):
        inside = iter(dict(one).values()) if hasattr(one, "_types") else inside  # without, while it is constructed
    elif isinstance(one, Mapping):
        inside = iter(one.values())
    elif isinstance(one, list | tuple | set | frozenset):
        inside = iter(one)
    elif is_dataclass(one) and not isinstance(one, type):
        inside = (getattr(one, name.name, None) for name in fields(one))
    elif type(one).__module__.startswith("graph_api") and hasattr(one, "__dict__"):
        inside = iter(vars(one).values())
    for item in inside:
        yield from found_in(item, seen)


@contextmanager
def recorded(walk: Walk) -> Iterator[None]:
    sys.setprofile(walk.record)
    threading.setprofile(walk.record)  # operations are compiled in a thread
    try:
        yield
    finally:
        sys.setprofile(None)
        threading.setprofile(None)


@pytest.mark.parametrize(
    ("where", "most"),
    [
        ({"tag": VALUE}, MAX_MODULES),
        ({"not": {"and": [{"tag": VALUE}]}}, MAX_MODULES),
        (
            {"name": {"contains": VALUE}},
            MAX_MODULES + 1,
        ),  # names are compared in a form that values.characters computes
    ],
)
def test_a_filter_argument_enters_few_modules(where: dict[str, Any], most: int) -> None:
    sent: list[Statement] = []

    async def run(statements: Sequence[Statement]) -> Sequence[Any]:
        sys.setprofile(None)
        sent.extend(statements)
        return [[[["a"]], None]]

    executor, walk = Executor(build_schema()), Walk()
    with recorded(walk):
        asyncio.run(executor.execute(OperationRequest(QUERY, None, {"where": where}), run))
    [statement] = sent
    assert VALUE in statement.parameters.values(), "the value reaches the parameters"
    described = "\n".join(f"{name}: {sorted(forms)}" for name, forms in sorted(walk.forms.items()))
    assert {"graph_api.compiler.filters", "graph_api.compiler.cypher_writer"} <= walk.forms.keys(), described
    assert len(walk.forms) <= most, described
    assert len(walk.values) <= MAX_MODULES_OF_VALUE, sorted(walk.values)
