"""The drills of docs/extending.md: each is applied to a copy of the tree, as the section says, and runs there.

Declarations that are not those of the document are of this file. What talks to Neo4j uses that of the session. Each drill prints the
files of code that it changed; a file of which only docstrings changed is not one of them.
"""

from __future__ import annotations

import ast
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from graph_api.embedded import Endpoint
from tests.architecture.source import ROOT
from tests.helpers.graphs import LiveGraph

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
    replace(export / "registry.py", "from graph_api.export import ", "from graph_api.export import markdown, ")
    replace(export / "registry.py", "for one in (csv.FORMAT,", "for one in (markdown.FORMAT, csv.FORMAT,")
    replace(export / "__init__.py", "``registry``", "``markdown``       a table for documents\n``registry``")
    count_files(tree)
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
    imported = "from graph_api.ontology.names import "
    replace(filters, imported, f"{imported}SITES_OF_EVENTS, ")
    count_files(tree)
    write_generated(tree)
    statements = compiled(tree, document)
    assert "toLower(n0.author) CONTAINS toLower($p0)" in statements
    assert "date IS NULL" in statements
    run(tree, "pytest", "-q", "-p", "no:cacheprovider", "tests/schema", "-k", "not contract")


EVENT_TYPE = """\
    EventType(
        "Parcel",
        "Something that was handed in for somebody who is detained.",
        (KindOfEvent(EventKind.PARCEL, "A parcel was handed in for somebody."),),
        (
            Property("accepted-on", DATE, "When it was accepted; null where no source says."),
            Property("refused", FLAG, "Whether it was refused; null where no source says."),
            Property("items", QUANTITY, "How many things were in it."),
        ),
    ),
"""
PARCEL_FILTER = '    refused: bool | None = filter_field("The parcel was refused.", where=where.is_true("refused"))\n'
SEED = """
sources: [{id: report-2025, title: A report, kind: ngo, published: 2025-03-01}]
people: [{id: iryna-example, name: Iryna Example, cite: {source: report-2025, at: p. 1}}]
events:
"""
PARCELS = """
  - id: first-parcel
    kind: parcel
    participants: [{who: iryna-example}]
    accepted-on: 2024-05
    refused: false
    items: {text: more than 3 things, operator: more-than, low: 3, unit: other}
    cite: {source: report-2025, at: p. 2}
  - {id: second-parcel, kind: parcel, participants: [{who: iryna-example}], refused: true, cite: {source: report-2025, at: p. 3}}
"""
TEST_OF_PARCELS = f"""
import pytest
from graph_api.export.registry import EXPORT_FORMATS
pytestmark = pytest.mark.live

def test_parcels(graph, tmp_path):
    assert graph.load_text({SEED + PARCELS!r}, tmp_path).is_applied
    fields = "id ... on Parcel {{ acceptedOn {{ edtf }} refused items {{ low }} }}"
    every = graph.ask("{{ events(where: {{kind: PARCEL}}) {{ nodes {{ " + fields + " }} }} }}")["events"]["nodes"]
    by_id = {{one["id"]: one for one in every}}
    assert by_id == {{
        "first-parcel": {{"id": "first-parcel", "acceptedOn": {{"edtf": "2024-05"}}, "refused": False, "items": {{"low": 3}}}},
        "second-parcel": {{"id": "second-parcel", "acceptedOn": None, "refused": True, "items": None}},
    }}
    data = graph.ask("{{ events(where: {{refused: true}}) {{ nodes {{ " + fields + " }} }} }}")
    assert EXPORT_FORMATS["jsonl"].write(data).count("second-parcel") == 1
    [head, row] = EXPORT_FORMATS["csv"].write(data).lstrip("\\ufeff").split()
    assert dict(zip(head.split(","), row.split(",")))["refused"] == "true"
"""


@pytest.mark.live
def test_an_event_type(tree: Path, live: LiveGraph, endpoint: Endpoint) -> None:
    types = tree / "graph_api/ontology/event_types.py"
    replace(
        tree / "graph_api/ontology/vocabulary.py",
        '    OTHER = "OTHER"\n\n\nclass Role',
        '    OTHER = "OTHER"\n    PARCEL = "PARCEL"\n\n\nclass Role',
    )
    replace(types, '    EventType(\n        "GenericEvent",', f'{EVENT_TYPE}    EventType(\n        "GenericEvent",')
    replace(types, "import FLAG\n", "import FLAG\nfrom graph_api.values.quantities import QUANTITY\n")
    replace(
        tree / "graph_api/schema/inputs.py",
        '    during: WhenFilter | None = filter_field(\n        "The time from the event',
        PARCEL_FILTER + '    during: WhenFilter | None = filter_field(\n        "The time from the event',
    )
    readme = tree / "seeds/README.md"
    replace(
        readme,
        "\nevents:\n",
        "\nevents:\n  - {id: example-parcel, kind: parcel, participants: [{who: iryna-example}], refused: true, cite: {source: example-2025, at: ¶9}}\n",
    )
    count_files(tree)
    write_generated(tree)
    run(
        tree,
        "pytest",
        "-q",
        "-p",
        "no:cacheprovider",
        "tests/architecture/test_vocabulary.py",
        "tests/schema",
        "-k",
        "not contract",
    )
    run_live(tree, live, endpoint, TEST_OF_PARCELS)


def test_a_root_field(tree: Path) -> None:
    entry = """    RootField("colonies", "List the penal colonies.", SiteConnection, args.page_arguments, bind.colonies, cost=20),
"""
    binder = """

def colonies(selected: SelectedField, context: BindContext) -> BoundField:
    \"\"\"Bind the connection of penal colonies.\"\"\"
    is_colony = Compare("kind", Comparator.EQUAL, "PENAL_COLONY")
    return context.connection(selected, LabelScan(Label.SITE), BY_ID, is_colony)
"""
    roots, fields = tree / "graph_api/compiler/roots.py", tree / "graph_api/schema/root_fields.py"
    imported = "from graph_api.compiler.ir import ("
    replace(roots, imported, f"{imported}Comparator, Compare,")
    roots.write_text(roots.read_text(encoding="utf-8") + binder, encoding="utf-8")
    replace(fields, '    RootField(\n        "search",', f'{entry}    RootField(\n        "search",')
    count_files(tree)
    write_generated(tree)
    case = tree / "tests/compiler/cases/colonies.graphql"
    case.write_text("{ colonies(first: 2) { nodes { name } } }\n", encoding="utf-8")
    write_cases = {"DETENTION_GRAPH_TEST_UPDATE_CASES": "1"}
    run(tree, "pytest", "-q", "-p", "no:cacheprovider", "tests/compiler/test_cases.py", environment=write_cases)
    assert "n0.kind = $p" in case.with_suffix(".cypher").read_text(encoding="utf-8")
    run(tree, "pytest", "-q", "-p", "no:cacheprovider", "tests/schema", "-k", "not contract")


@pytest.mark.live
def test_a_value_type(tree: Path, live: LiveGraph, endpoint: Endpoint) -> None:
    [module] = re.findall(r"```python\n(.*?)```", SECTIONS["A value type"], re.DOTALL)
    values, types = tree / "graph_api/values", tree / "graph_api/ontology/event_types.py"
    (values / "phones.py").write_text(module, encoding="utf-8")
    replace(values / "registry.py", "import OFFENCE\n", "import OFFENCE\nfrom graph_api.values.phones import PHONE\n")
    replace(values / "registry.py", " LINK,\n", " LINK, PHONE,\n")
    replace(values / "__init__.py", "``links``", "``phones``         telephone numbers\n``links``")
    of_exchange = 'The agreement that it carries out."),'
    replace(types, of_exchange, f'{of_exchange} Property("hotline", PHONE, "The number for relatives."),')
    replace(types, "import OFFENCE\n", "import OFFENCE\nfrom graph_api.values.phones import PHONE\n")
    replace(
        tree / "tests/values/test_registry.py",
        '    "link": "a-record",',
        '    "link": "a-record",\n    "phone": "+380441234567",',
    )
    count_files(tree)
    write_generated(tree)
    run(
        tree,
        "pytest",
        "-q",
        "-p",
        "no:cacheprovider",
        "tests/values/test_registry.py",
        "tests/architecture/test_shape.py",
        "tests/architecture/test_vocabulary.py",
    )
    exchange = "  - {id: an-exchange, kind: exchange, participants: [{who: iryna-example}], hotline: NUMBER, cite: {source: report-2025, at: p. 2}}\n"
    good, bad = (SEED + exchange.replace("NUMBER", number) for number in ("'+380441234567'", "'044'"))
    run_live(
        tree,
        live,
        endpoint,
        f"""
import pytest
from graph_api.errors import InvalidSeeds
pytestmark = pytest.mark.live

def test_numbers(graph, tmp_path):
    with pytest.raises(InvalidSeeds) as refused:
        graph.load_text({bad!r}, tmp_path)
    [problem] = refused.value.problems
    assert problem.message.startswith("hotline: Invalid telephone number '044': expected a number such as +380441234567")
    graph.load_text({good!r}, tmp_path)
    assert graph.ask("{{ exchange(id: \\"an-exchange\\") {{ hotline }} }}") == {{"exchange": {{"hotline": "+380441234567"}}}}
""",
    )


TAB_SEPARATED = '''
"""Tab-separated values: a section, then keys and values in pairs of cells, one record a line."""

from __future__ import annotations

from collections.abc import Iterator

from graph_api.errors import Problem
from graph_api.ingest.nodes import SECTIONS, Entry, SeedSyntaxError, SourcePosition, node_of, unknown_section


def read(text: str, file: str) -> Iterator[Entry | Problem]:
    """Yield the entries of a file. Raises SeedSyntaxError for a line with a key without a value."""
    for number, line in enumerate(text.splitlines(), 1):
        position = SourcePosition(file, number, 1)
        section, *cells = line.split("\\t")
        if len(cells) % 2:
            raise SeedSyntaxError(position.problem("syntax", "Invalid record: expected pairs of a key and a value."))
        record = {key: value for key, value in zip(cells[::2], cells[1::2], strict=True)}
        if "source" in record:
            record["cite"] = {"source": record.pop("source"), "at": record.pop("at")}
        yield Entry(section, node_of(record, position)) if section in SECTIONS else unknown_section(section, position)
'''


def test_a_seed_format(tree: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    formats = tree / "graph_api/ingest/formats"
    (formats / "tsv.py").write_text(TAB_SEPARATED.lstrip(), encoding="utf-8")
    replace(
        formats / "__init__.py", "from graph_api.ingest.formats import ", "from graph_api.ingest.formats import tsv, "
    )
    replace(
        formats / "__init__.py",
        '    SeedFormat((".jsonl",), jsonl.read),',
        '    SeedFormat((".jsonl",), jsonl.read),\n    SeedFormat((".tsv",), tsv.read),',
    )
    replace(formats / "__init__.py", "``yaml``, ``jsonl``", "``tsv``, ``yaml``, ``jsonl``")
    count_files(tree)
    seeds = tmp_path_factory.mktemp("seeds") / "a.tsv"
    record = "people id iryna-example name Iryna born 1980 source report-2025 at ¶1"
    seeds.write_text(
        "sources id report-2025 title Report kind ngo published 2025\n".replace(" ", "\t") + record.replace(" ", "\t"),
        encoding="utf-8",
    )
    assert "2 records" in run(tree, "graph_api", "validate", str(seeds))
    seeds.write_text("people\tid\n", encoding="utf-8")
    assert "a.tsv:1:1" in run(tree, "graph_api", "validate", str(seeds), code=65)
    run(
        tree,
        "pytest",
        "-q",
        "-p",
        "no:cacheprovider",
        "tests/architecture/test_shape.py",
        "tests/ingest/test_formats.py",
        "-k",
        "not every_format and not suffix_without",
    )


def count_files(tree: Path) -> None:
    """Print which files of code differ from those of the project, docstrings aside; fail if they are more than three."""
    package = tree / "graph_api"
    files = [path.relative_to(tree) for path in sorted(package.rglob("*.py"))]
    changed = [path.as_posix() for path in files if code_of(tree / path) != code_of(ROOT / path)]
    sys.stdout.write(f"\nfiles of code: {', '.join(changed)}\n")
    assert 0 < len(changed) <= MOST_FILES


def code_of(path: Path) -> str:
    """Return the code of a module without docstrings."""
    tree = ast.parse(path.read_text(encoding="utf-8") if path.exists() else "")
    for node in ast.walk(tree):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef) and ast.get_docstring(node):
            node.body = node.body[1:]
    return ast.dump(tree)


def write_generated(tree: Path) -> None:
    """Write the schema anew, as the document says."""
    (tree / "graph_api/schema/schema.graphql").write_text(run(tree, "graph_api", "schema"), encoding="utf-8")


def compiled(tree: Path, document: str) -> str:
    """Return the statements of a document, as the copy compiles it."""
    code = f"from tests.helpers.compiling import compiled\nprint(*compiled({document!r})[0])\n"
    (tree / "tests/drill.py").write_text(code, encoding="utf-8")
    return run(tree, "tests.drill")


def run_live(tree: Path, live: LiveGraph, endpoint: Endpoint, code: str) -> None:
    """Run a test in the copy on the Neo4j of the session."""
    (tree / "tests/test_drill.py").write_text(code, encoding="utf-8")
    live.wipe()
    given = {"URI": endpoint.uri, "USER": endpoint.user, "PASSWORD": endpoint.password.get_secret_value()}
    environment = {f"DETENTION_GRAPH_TEST_{name}": value for name, value in given.items()}
    sys.stdout.write(
        run(tree, "pytest", "-q", "-p", "no:cacheprovider", "tests/test_drill.py", environment=environment)
    )
    live.wipe()


def replace(path: Path, old: str, new: str) -> None:
    """Replace the one occurrence of a text in a file."""
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1, f"{path.name}: {old!r}"
    path.write_text(text.replace(old, new), encoding="utf-8")


def run(tree: Path, *arguments: str, environment: Mapping[str, str] | None = None, code: int = 0) -> str:
    """Run Python in the copy, with the copy's code; return what it printed. Fail with that unless it ends with the exit code."""
    script = "import runpy, sys; sys.path.insert(0, '.'); sys.argv = sys.argv[1:]; runpy.run_module(sys.argv[0], run_name='__main__', alter_sys=True)"
    command = [sys.executable, "-c", script, *arguments]
    done = subprocess.run(
        command, cwd=tree, capture_output=True, text=True, check=False, env=os.environ | (environment or {})
    )
    assert done.returncode == code, done.stdout[-3000:] + done.stderr[-3000:]
    return done.stdout + (done.stderr if code else "")
