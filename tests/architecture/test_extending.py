"""The drills of docs/extending.md: each example is applied to a copy of the tree, as the section says, and runs there."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.architecture.source import ROOT

pytestmark = pytest.mark.slow

TEXT = (ROOT / "docs" / "extending.md").read_text(encoding="utf-8")
SECTIONS = {part.partition("\n")[0]: part for part in TEXT.split("\n## ")[1:]}
COPIED = ("graph_api", "cypher", "seeds", "docs", "tests", "bench", "containers")
MOST_FILES = 3
DATA = {"people": {"nodes": [{"id": "a-1", "born": {"edtf": "1990"}}]}}


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """Copy the tree, and return where it is."""
    for folder in COPIED:
        shutil.copytree(ROOT / folder, tmp_path / folder, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


@pytest.mark.parametrize("title", SECTIONS)
def test_a_section_names_three_files_at_most(title: str) -> None:
    rows = re.findall(r"^\| `([^`]+)`.*\|", SECTIONS[title], re.MULTILINE)
    named = [one for one in rows if one.startswith("graph_api/")]
    assert 0 < len(named) <= MOST_FILES


def test_an_export_format(tree: Path) -> None:
    [module] = re.findall(r"```python\n(.*?)```", SECTIONS["An export format"], re.DOTALL)
    export = tree / "graph_api" / "export"
    (export / "markdown.py").write_text(module, encoding="utf-8")
    replace(export / "registry.py", "import csv, jsonl", "import csv, jsonl, markdown")
    replace(export / "registry.py", "csv.FORMAT, jsonl.FORMAT", "csv.FORMAT, jsonl.FORMAT, markdown.FORMAT")
    replace(export / "__init__.py", "``registry``", "``markdown``       a table for documents\n``registry``")
    cases = tree / "tests" / "export" / "cases.yaml"
    case = {"case": "a table", "data": DATA, "markdown": "| id | born_edtf |\n| --- | --- |\n| a-1 | 1990 |\n"}
    cases.write_text(f"{cases.read_text(encoding='utf-8')}- {json.dumps(case)}\n", encoding="utf-8")
    run(tree, "pytest", "-q", "-p", "no:cacheprovider", "tests/export", "tests/architecture/test_shape.py")
    assert "markdown" in run(tree, "graph_api", "query", "--help")


def test_a_filter(tree: Path) -> None:
    [code] = re.findall(r"```python\n(.*?)```", SECTIONS["A filter"], re.DOTALL)
    [document] = re.findall(r"```graphql\n(.*?)```", SECTIONS["A filter"], re.DOTALL)
    author, undated, condition = (one.partition("\n")[2] for one in re.split(r"^(?=# )", code, flags=re.MULTILINE)[1:])
    inputs, filters = tree / "graph_api/schema/inputs.py", tree / "graph_api/compiler/filters.py"
    for name, field in (("SourceFilter", author), ("SiteFilter", undated)):
        docstring = re.findall(rf'class {name}:\n    """.*"""\n', inputs.read_text(encoding="utf-8"))[0]
        replace(inputs, docstring, f"{docstring}\n{field}")
    filters.write_text(f"{filters.read_text(encoding='utf-8')}\n\n{condition}", encoding="utf-8")
    (tree / "graph_api/schema/schema.graphql").write_text(run(tree, "graph_api", "schema"), encoding="utf-8")
    (tree / "tests/drill.py").write_text(
        f"from tests.helpers.compiling import compiled\nprint(*compiled({document!r})[0])\n", encoding="utf-8"
    )
    statements = run(tree, "tests.drill")
    assert "toLower(n0.author) CONTAINS toLower($p0)" in statements
    assert "date IS NULL" in statements
    run(tree, "pytest", "-q", "-p", "no:cacheprovider", "tests/schema", "-k", "not contract")


def replace(path: Path, old: str, new: str) -> None:
    """Replace the one occurrence of a text in a file."""
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1, f"{path.name}: {old!r}"
    path.write_text(text.replace(old, new), encoding="utf-8")


def run(tree: Path, *arguments: str) -> str:
    """Run Python in the copy, with the copy's code; return what it printed, and fail with that if it failed."""
    script = "import runpy, sys; sys.path.insert(0, '.'); sys.argv = sys.argv[1:]; runpy.run_module(sys.argv[0], run_name='__main__', alter_sys=True)"
    command = [sys.executable, "-c", script, *arguments]
    done = subprocess.run(command, cwd=tree, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-3000:]
    return done.stdout
