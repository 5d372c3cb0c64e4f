"""The oracle, which says what answers should be, imports nothing of what it checks."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from tests.architecture.source import ROOT

HELPERS = ROOT / "tests" / "helpers"
ORACLE = sorted(HELPERS.glob("oracle*.py"))
CHECKED = ("compiler", "execution", "database", "web", "evidence.order", "evidence.stays")


def imported(tree: ast.AST) -> set[str]:
    """Return every module and name that code imports, inside functions as well."""
    found: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found |= {one.name for one in node.names}
        elif isinstance(node, ast.ImportFrom):
            found |= {str(node.module), *(f"{node.module}.{one.name}" for one in node.names)}
    return found


def is_checked(name: str) -> bool:
    return any(f"{name}.".startswith(f"graph_api.{one}.") for one in CHECKED)


def test_the_modules_of_the_oracle_are_found() -> None:
    assert [one.name for one in ORACLE] == [
        "oracle.py",
        "oracle_filters.py",
        "oracle_life_rows.py",
        "oracle_order.py",
        "oracle_sequences.py",
        "oracle_status.py",
        "oracle_stays.py",
    ]


@pytest.mark.parametrize("path", ORACLE, ids=lambda path: path.stem)
def test_the_oracle_imports_nothing_of_what_it_checks(path: Path) -> None:
    names = imported(ast.parse(path.read_text(encoding="utf-8")))
    assert sorted(name for name in names if is_checked(name)) == []
    others = {name for name in names if name.startswith("tests.") and not name.startswith("tests.helpers.oracle")}
    assert others <= {"tests.helpers"}, "what the oracle uses is itself part of the oracle"


@pytest.mark.parametrize(
    "code",
    ["from graph_api.evidence import order", "def f():\n    import graph_api.compiler.ir", "from graph_api import web"],
)
def test_an_import_of_what_is_checked_is_found(code: str) -> None:
    assert any(is_checked(name) for name in imported(ast.parse(code)))
