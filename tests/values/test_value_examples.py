"""The examples in the docstrings of the value types are true, and the modules stay pure."""

from __future__ import annotations

import ast
import doctest
import importlib
import inspect
import pkgutil
import sys
from types import ModuleType

import pytest

from graph_api import values
from graph_api.evidence import order

MODULES = [importlib.import_module(f"graph_api.values.{found.name}") for found in pkgutil.iter_modules(values.__path__)]
WITH_EXAMPLES = [*(module for module in MODULES if ">>>" in inspect.getsource(module)), order]


def name(module: ModuleType) -> str:
    return module.__name__


@pytest.mark.parametrize("module", WITH_EXAMPLES, ids=name)
def test_examples_in_docstrings_are_true(module: ModuleType) -> None:
    outcome = doctest.testmod(module)

    assert outcome.attempted > 0
    assert outcome.failed == 0


@pytest.mark.parametrize("module", MODULES, ids=name)
def test_value_types_import_only_the_standard_library_errors_and_each_other(module: ModuleType) -> None:
    allowed = {"graph_api.errors", "orjson", *map(name, MODULES)}
    impure = {"os", "io", "pathlib", "time", "random", "logging", "asyncio", "socket", "subprocess"}
    imported = {
        found
        for node in ast.walk(ast.parse(inspect.getsource(module)))
        for found in (
            [alias.name for alias in node.names]
            if isinstance(node, ast.Import)
            else [node.module or ""]
            if isinstance(node, ast.ImportFrom)
            else []
        )
    }

    assert {found for found in imported if found.partition(".")[0] not in sys.stdlib_module_names} <= allowed
    assert not imported & impure
