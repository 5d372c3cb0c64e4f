"""Names: none that was given up comes back, and one name means one thing in the whole package."""

from __future__ import annotations

import ast
import io
import re
import tokenize
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from tests.architecture.source import ROOT, Module, classes, modules, texts
from tests.helpers.yaml_text import load_yaml

RETIRED: dict[str, Any] = load_yaml(Path(__file__).with_name("retired_names.yaml").read_text(encoding="utf-8"))
FOLDERS = ("graph_api", "tests", "bench", "containers")
SAME_ROLE = {
    "parse": "a value type parses a seed value",
    "store": "a value type gives its stored properties",
    "decode": "a value type decodes its stored properties",
    "compatible": "whether two values can both be right, of a value type and of a property",
    "imprecision": "how much a value of a value type leaves open",
    "read": "a seed format reads a file",
    "configure": "sets up one kind of output for observability",
}
"""Public functions of one name in several modules: the role that all of them have, in one registry or protocol."""
SHOWN_VALUES = {
    "CaseFile",
    "Citation",
    "Claim",
    "Difference",
    "Offence",
    "Quantity",
    "Reference",
    "Sentence",
    "Stay",
    "When",
}
"""GraphQL types, whose names the contract of the API decides, that show a value of the same name; `Reference` is one within seed files as well."""


def test_no_name_that_was_given_up_comes_back() -> None:
    assert [
        f"{where}: {name} (use {RETIRED['identifiers'][name]})"
        for where, name in identifiers()
        if name in RETIRED["identifiers"]
    ] == []


def test_no_message_uses_a_phrase_that_was_given_up() -> None:
    phrases = re.compile("|".join(rf"(?:^|\b){re.escape(one)}" for one in RETIRED["phrases"]))
    assert [
        f"{module.at(node)} {node.value!r}"
        for module in modules()
        for node in texts(module)
        if phrases.search(str(node.value))
    ] == []


def test_no_public_class_name_stands_twice() -> None:
    found = doubled((node.name, module.at(node)) for module in modules() for node in classes(module))
    assert {name: places for name, places in found.items() if name not in SHOWN_VALUES} == {}
    assert set(SHOWN_VALUES) <= set(found), "names that stand once need no exception"


def test_a_public_function_name_stands_twice_only_for_one_role() -> None:
    named = [
        module for module in modules() if not module.path.startswith("cli/")
    ]  # its functions are named as the commands
    found = doubled((node.name, module.at(node)) for module in named for node in top_level_functions(module))
    assert {name: places for name, places in found.items() if name not in SAME_ROLE} == {}
    assert set(SAME_ROLE) <= set(found), "names that stand once need no role"


@pytest.mark.parametrize("name", ["saidBy", "held", "PersonEdge", "Handler", "Service", "Manager"])
def test_standard_names_and_words_of_the_domain_are_welcome(name: str) -> None:
    assert name not in RETIRED["identifiers"]


def top_level_functions(module: Module) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    yield from (node for node in module.tree.body if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))


def doubled(found: Iterator[tuple[str, str]]) -> dict[str, list[str]]:
    """Return the public names that stand at more than one place, with the places."""
    places: dict[str, list[str]] = defaultdict(list)
    for name, where in found:
        if not name.startswith("_"):
            places[name].append(where)
    return {name: some for name, some in places.items() if len(some) > 1}


@cache
def identifiers() -> tuple[tuple[str, str], ...]:
    """Return every name in the code of the project, private ones included, each once a file, with the path."""
    found: dict[tuple[str, str], None] = {}
    for folder in FOLDERS:
        for path in sorted((ROOT / folder).rglob("*.py")):
            if {"_data", ".venv", "node_modules"} & {*path.parts}:  # `make clients` installs there
                continue
            where = path.relative_to(ROOT).as_posix()
            for token in tokenize.generate_tokens(io.StringIO(path.read_text(encoding="utf-8")).readline):
                if token.type == tokenize.NAME:
                    found[where, token.string.lstrip("_")] = None
    return tuple(found)
