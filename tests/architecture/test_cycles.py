"""No module imports itself through others; imports inside functions and under TYPE_CHECKING count as well."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator
from graphlib import CycleError, TopologicalSorter

import pytest

from tests.architecture.source import Module, modules


def imported(module: Module, names: frozenset[str]) -> Iterator[str]:
    """Yield the modules of the package that a module imports, wherever the import stands."""
    for node in ast.walk(module.tree):
        match node:
            case ast.Import():
                yield from (alias.name for alias in node.names if alias.name in names)
            case ast.ImportFrom(module=str(source)) if source in names:
                found = {f"{source}.{alias.name}" for alias in node.names}
                yield from found & names
                if found - names:
                    yield source
            case _:
                pass


def cycle(package: Iterable[Module]) -> list[str]:
    """Return the modules of one cycle, each imported by the one after it; empty when there is none."""
    package = list(package)
    names = frozenset(module.name for module in package)
    graph = {module.name: set(imported(module, names)) for module in package}
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        return list(error.args[1])
    return []


def test_no_imports_form_a_cycle() -> None:
    assert cycle(modules()) == []


@pytest.mark.parametrize(
    "planted",
    [
        "from graph_api.b import B",
        "from graph_api import b",
        "import graph_api.b",
        "def f() -> None:\n    from graph_api.b import B",
        "if TYPE_CHECKING:\n    from graph_api.b import B",
    ],
)
def test_a_cycle_is_found_wherever_its_imports_stand(planted: str) -> None:
    texts = {"__init__.py": "", "a.py": planted, "b.py": "from graph_api.c import C", "c.py": "import graph_api.a"}
    package = [Module(path, text) for path, text in texts.items()]
    assert set(cycle(package)) == {"graph_api.a", "graph_api.b", "graph_api.c"}
    assert cycle(package[:3]) == []
