"""The import contracts of pyproject.toml hold, and each would notice: broken on purpose in a copy, it is named."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest

from tests.architecture.source import PACKAGE, ROOT, modules

LINTER = Path(sys.executable).parent / "lint-imports"
CONFIG: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]
CONTRACTS: dict[str, dict[str, Any]] = {contract["name"]: contract for contract in CONFIG["contracts"]}

PLANTED = [
    ("Imports point down only", "ontology/names.py", "import graph_api.database.queries"),
    ("Imports point down only", "database/driver.py", "import graph_api.embedded.layout"),
    ("Imports point down only", "compiler/binder.py", "import graph_api.evidence.claims"),
    ("Imports point down only", "export/csv.py", "import graph_api.schema.build"),
    ("Imports point down only", "novel.py", "A_NEW_PACKAGE = 'without a place'"),
    ("Settings are read at the entry points", "ingest/load.py", "from graph_api.settings import Settings"),
    ("Only database imports neo4j", "embedded/bolt_probe.py", "import neo4j"),
    ("Pure code never touches the outside", "evidence/projection.py", "import time"),
    ("Pure code never touches the outside", "ingest/record_parser.py", "from graph_api.ingest import formats"),
    ("Ingest decides before it touches the graph", "ingest/plan.py", "from graph_api.database.driver import Database"),
    (
        "Compiler stages run left to right",
        "compiler/filters.py",
        "from graph_api.compiler import field_bindings as fields",
    ),
    ("Compiler stages run left to right", "compiler/novel.py", "A_NEW_STAGE = 'without a place'"),
    (
        "What binds knows nothing of Cypher",
        "compiler/field_bindings.py",
        "from graph_api.compiler.cypher_writer import CypherWriter",
    ),
    (
        "GraphQL documents are known to selection only, within the compiler",
        "compiler/binder.py",
        "from graphql import FieldNode",
    ),
]


def test_every_contract_holds() -> None:
    broken, said = broken_contracts(ROOT)
    assert broken == set(), said


@pytest.mark.parametrize(("contract", "path", "line"), PLANTED, ids=[f"{path}: {line}" for _, path, line in PLANTED])
def test_a_contract_that_is_broken_is_named(contract: str, path: str, line: str, tmp_path: Path) -> None:
    shutil.copytree(PACKAGE, tmp_path / "graph_api", ignore=shutil.ignore_patterns("__pycache__", "_data"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    with (tmp_path / "graph_api" / path).open("a", encoding="utf-8") as file:
        file.write(f"\n{line}\n")
    broken, said = broken_contracts(tmp_path)
    assert contract in broken, said


def test_every_contract_is_broken_once_on_purpose() -> None:
    assert {contract for contract, _, _ in PLANTED} == set(CONTRACTS)


def test_every_contract_is_named_as_a_sentence() -> None:
    assert [name for name in CONTRACTS if not re.fullmatch(r"[A-Z][\w ,]+", name) or len(name.split()) < 4] == []


def test_a_new_module_of_ingest_says_whether_it_touches_the_graph() -> None:
    every = {
        one.name
        for one in modules()
        if one.path == "ingest/formats/__init__.py" or re.fullmatch(r"ingest/(?!__init__)\w+\.py", one.path)
    }
    decides = set(CONTRACTS["Ingest decides before it touches the graph"]["source_modules"])
    assert decides <= every
    assert {name.rpartition(".")[2] for name in every - decides} <= {
        "fetch_state",
        "apply",
        "positions",
        "stays",
        "totals",
        "load",
        "as_of",
        "stored_graph",
        "derived_nodes",
        "versions",
        "prepare",
        "decisions",
        "history",
        "plan_report",
        "saved_plan",
        "key_file",
        "load_size",
        "blocks",
        "import_files",
        "new_graph",
        "current_rules",
        "restore",
        "withdrawal",
        "report",
        "rebuild",
        "snapshot",
        "statuses",
        "differences",
        "archive",
        "archive_file",
        "collection_export",
        "judgement_files",
        "withheld",
        "upgrade",
    }
    pure = set(CONTRACTS["Pure code never touches the outside"]["source_modules"])
    assert decides - pure == {"graph_api.ingest.formats"}, (
        "what decides is pure; only the package of the formats opens files"
    )


def test_pure_code_does_not_ask_what_time_it_is() -> None:
    pure = tuple(CONTRACTS["Pure code never touches the outside"]["source_modules"])
    asks = re.compile(r"\b(date|datetime)\.(now|today|utcnow)\(")
    inside = [one for one in modules() if any(one.name == name or one.name.startswith(f"{name}.") for name in pure)]
    assert len(inside) > len(pure)
    assert [one.path for one in inside if asks.search(one.text)] == []


def broken_contracts(folder: Path) -> tuple[set[str], str]:
    """Check the package in that folder; return the names of the contracts that are broken, and all that was said."""
    done = subprocess.run([LINTER, "--no-cache", "--no-logo"], cwd=folder, capture_output=True, text=True, check=False)
    broken = {name for name in CONTRACTS if re.search(rf"^{re.escape(name)} BROKEN", done.stdout, re.MULTILINE)}
    kept = {name for name in CONTRACTS if re.search(rf"^{re.escape(name)} KEPT", done.stdout, re.MULTILINE)}
    assert broken | kept == set(CONTRACTS), done.stdout + done.stderr
    assert (done.returncode == 0) == (not broken)
    return broken, done.stdout
