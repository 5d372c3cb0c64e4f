"""How the code is cut: short modules and functions, I/O at the edge, Cypher in its places, maps that are true."""

from __future__ import annotations

import ast
import doctest
import importlib
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.architecture.source import Module, classes, functions, modules, texts

LONGEST_MODULE = 400
LONGEST_FUNCTION = 60

MAY_WAIT = (
    "execution/executor.py",
    "execution/former_ids.py",
    "execution/persisted.py",
    "execution/planned_statements.py",
    "database/statement_runner.py",
    "database/driver_runner.py",
    "database/runners.py",
    "database/bolt/",
    "web/",
)
"""Where ``async def`` may stand: it means that somebody is talked to."""

MAY_SPEAK_CYPHER = re.compile(r"compiler/(emit\w*|cypher_writer)\.py|database/\w+\.py")
CYPHER = re.compile(
    r"\b(MATCH|MERGE|CREATE) \(|\bRETURN [\w*]|\bUNWIND [\w$]|\bDETACH DELETE\b|\bWHERE \w+[.:]|\bCALL (\{|\(|db\.)"
)

PACKAGES = [module for module in modules() if module.path.endswith("/__init__.py")]
WITH_EXAMPLES = [module for module in modules() if ">>> " in module.text]


def by_path(module: Module) -> str:
    return module.path


def test_no_module_is_long() -> None:
    longest = max(modules(), key=lambda module: module.lines)
    assert longest.lines <= LONGEST_MODULE, f"graph_api/{longest.path} has {longest.lines} lines"


def test_every_function_fits_on_a_screen() -> None:
    length, where = max(
        ((node.end_lineno or 0) - node.lineno + 1, f"{module.at(node)} {node.name}")
        for module in modules()
        for node in functions(module)
    )
    assert length <= LONGEST_FUNCTION, f"{where} has {length} lines"


def test_only_the_edge_waits() -> None:
    waiting = {
        module.path for module in modules() if any(isinstance(node, ast.AsyncFunctionDef) for node in functions(module))
    }
    assert {path for path in waiting if not path.startswith(MAY_WAIT)} == set()
    assert waiting, "the rule would hold of nothing"


def test_cypher_stands_in_its_places_only() -> None:
    speaking = [(module, node) for module in modules() for node in texts(module) if CYPHER.search(str(node.value))]
    assert [module.at(node) for module, node in speaking if not MAY_SPEAK_CYPHER.fullmatch(module.path)] == []
    assert {"compiler/emit.py", "compiler/emit_order.py"} <= {module.path for module, _ in speaking}


def test_no_module_takes_what_another_keeps_to_itself() -> None:
    taken = [
        f"{module.at(node)} {alias.name}"
        for module in modules()
        for node in ast.walk(module.tree)
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
        if alias.name.startswith("_") and not alias.name.endswith("__")
    ]
    assert taken == []


@pytest.mark.parametrize("package", PACKAGES, ids=by_path)
def test_a_package_names_all_its_modules_and_no_others(package: Module) -> None:
    inside = set(children(package))
    named = set(re.findall(r"``([a-z_]+)``|^    ([a-z_]+)  +", ast.get_docstring(package.tree) or "", re.MULTILINE))
    words = {one or other for one, other in named}
    somewhere = {Path(module.path).stem for module in modules()}
    assert inside - words == set(), "modules that the docstring does not name"
    assert words - inside - somewhere == set(), "modules that the docstring names and nobody has"


def children(package: Module) -> Iterator[str]:
    folder = Path(package.path).parent
    for module in modules():
        path = Path(module.path)
        if path.parent == folder and path.stem != "__init__":
            yield path.stem
        elif path.parent.parent == folder and path.stem == "__init__":
            yield path.parent.name


@pytest.mark.parametrize("path", ["statement.py", "ontology/", "values/", "evidence/", "compiler/"])
def test_values_of_pure_code_are_frozen(path: str) -> None:
    found = [
        (module.at(node), ast.unparse(decorator))
        for module in modules()
        if module.path.startswith(path)
        for node in classes(module)
        if not node.name.startswith("_")  # what one function fills and nobody else sees
        for decorator in node.decorator_list
        if ast.unparse(decorator).startswith("dataclass")
    ]
    assert found
    assert [
        where for where, decorator in found if "frozen=True" not in decorator or "slots=True" not in decorator
    ] == []


@pytest.mark.parametrize("module", WITH_EXAMPLES, ids=by_path)
def test_examples_in_docstrings_are_true(module: Module) -> None:
    outcome = doctest.testmod(importlib.import_module(module.name))
    assert outcome.attempted > 0
    assert outcome.failed == 0
