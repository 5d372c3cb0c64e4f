"""The source of the package, read and parsed once for every rule of the house."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "graph_api"


@dataclass(frozen=True, slots=True)
class Module:
    """One file: its path below the package (``compiler/emit.py``), and its text."""

    path: str
    text: str

    @property
    def tree(self) -> ast.Module:
        """Its tree, parsed once: who only asks for names pays nothing."""
        return _parsed(self.text)

    @property
    def name(self) -> str:
        """The name by which it is imported."""
        parts = ("graph_api", *Path(self.path).with_suffix("").parts)
        return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)

    @property
    def lines(self) -> int:
        """How long it is."""
        return len(self.text.splitlines())

    def at(self, node: ast.expr | ast.stmt) -> str:
        """Say where a node stands."""
        return f"graph_api/{self.path}:{node.lineno}"


@cache
def _parsed(text: str) -> ast.Module:
    return ast.parse(text)


@cache
def modules() -> tuple[Module, ...]:
    """Return every module of the package."""
    return tuple(
        Module(path.relative_to(PACKAGE).as_posix(), path.read_text(encoding="utf-8"))
        for path in sorted(PACKAGE.rglob("*.py"))
        if "_data" not in path.parts
    )


def functions(module: Module) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    """Yield every function and method, inner ones included."""
    for node in ast.walk(module.tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def classes(module: Module) -> Iterator[ast.ClassDef]:
    """Yield every class."""
    for node in ast.walk(module.tree):
        if isinstance(node, ast.ClassDef):
            yield node


def texts(module: Module) -> Iterator[ast.Constant]:
    """Yield every string of the code, the parts of f-strings included, docstrings not."""
    bare = {id(node.value) for node in ast.walk(module.tree) if isinstance(node, ast.Expr)}  # docstrings, also of names
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in bare:
            yield node
