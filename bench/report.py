"""What was measured as a document: machine, versions, command, what is compared, the tables; and their rows as JSON."""

from __future__ import annotations

import platform
import shutil
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from importlib.metadata import version
from itertools import chain, groupby, pairwise
from pathlib import Path
from typing import Any, Final

import orjson
import psutil

from bench import facets, lingbm
from bench.generate import Graph
from bench.questions import FLOOR, OURS, QUESTIONS
from bench.servers import NODE_PEER
from bench.store import LARGE, MANY, MEMORY
from bench.table import Row, goal_table, goals, growth, row_table
from graph_api.database.driver import Database
from graph_api.embedded.jars import VERSION
from graph_api.statement import Statement

PACKAGES: Final = ("strawberry-graphql", "graphql-core", "fastapi", "uvicorn", "neo4j", "neo4j-rust-ext", "orjson")

LOADED: Final = ("people", "events", "claims", "seed")
"""What tells graphs apart."""
HOW: Final = f"""One Neo4j, one run, every server as a process of its own on the loopback, all on this machine, the load generator too. Each question is
asked of every server and as hand-written Cypher, and all answers are compared before anything is timed. Then they take turns: each is
under load with one client, then with eight, and the turns are repeated. Numbers are medians of the runs; processor times are those with
eight clients, from the operating system, a request.

- **{OURS}**: `detention-graph serve` with `DETENTION_GRAPH_PAGE_LIMIT=1000`, because one question asks for 1,000 rows.
- **@neo4j/graphql**: behind Apollo Server; what it can map is mapped, the rest (sequence, totals, search, the place in a source) is
  `@cypher` with the hand-written Cypher. Its mapping lets people be found and their events, sites and citations be nested.
- **conventional**: Strawberry types, a DataLoader for each level, the asynchronous driver, FastAPI, uvicorn. It has `neo4j-rust-ext` too.
- **{FLOOR}**: the hand-written Cypher through the official driver, one collected record, no HTTP; its server column is the driver's
  process, with a thread for each client.

Of a search those hits are compared that have every word; ours and the hand-written Cypher also look for other spellings, for beginnings
and for names that differ in a letter, the peers for the words as they are written. The graph is synthetic and made from a seed number; nobody in it exists."""

LINGBM: Final = """
## The templates of LinGBM

LinGBM, the Linköping GraphQL Benchmark (Sijin Cheng and Olaf Hartig: *LinGBM: A Performance Benchmark for Approaches to Build GraphQL
Servers*, WISE 2022; the longer text is arXiv 2208.04784), has sixteen query templates over data about universities, made so that each
stresses some of its choke points: 1.1 several attributes, 2.1 fan-out, 2.2 to-one links, 2.3 attributes on the way, 2.4 cycles, 2.5 records
met again, 3.1 the first of a list, 3.2 a page further back, 3.3 order, 4.1 text, 4.2 dates, 4.3 lists filtered by related records,
4.4 search by related records, 4.5 several conditions, 5.1 statistics, 5.2 counts. Here the templates are asked of this graph, in
`bench/lingbm.py`, with queries of our own: "LinGBM 1" stresses what template 1 stresses. The conventional server is not asked them.
"""


def facts(store: Database, graph: Graph) -> dict[str, int]:
    """Return how much the graph holds."""
    [[nodes, links, claims, events]] = store.read(
        Statement(
            "RETURN COUNT { MATCH () } AS nodes, COUNT { MATCH ()-->() } AS links, COUNT { MATCH (:Claim) } AS claims, COUNT { MATCH (:Event) } AS events",
            {}, "bench/facts",
        ),
        seconds=120,
    )  # fmt: skip
    return {
        "people": graph.size.people,
        "events": events,
        "claims": claims,
        "nodes": nodes,
        "relationships": links,
        "seed": graph.seed,
    }


def keep(path: Path, found: Mapping[str, Any]) -> None:
    """Write all rows as JSON."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(orjson.dumps(found, option=orjson.OPT_INDENT_2) + b"\n")


def kept(path: Path) -> dict[str, Any]:
    """Return all that :func:`keep` wrote, by size; nothing where there is no file."""
    plain = orjson.loads(path.read_bytes()) if path.exists() else {}
    return {
        size: one | {"rows": {question: [Row(**row) for row in some] for question, some in one["rows"].items()}}
        for size, one in plain.items()
    }


def merged(before: Mapping[str, Any] | None, now: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return what is known of a size: what was measured now, and the questions that were measured before of the same graph and not now.

    A question is replaced with all its servers, so that each ratio is of one run. What a graph stores besides what was loaded does not matter:
    the notes of its loads, and what was known on each day.
    """
    if before is None or any(before["graph"][name] != now["graph"][name] for name in LOADED):
        return now
    return {"graph": now["graph"], **{part: before[part] | now[part] for part in ("how", "rows")}}


def how(seconds: int, runs: int) -> str:
    """Return when and how a question was measured.

    >>> how(2, 3).partition(", ")[2]
    '2 s a load, 3 runs'
    """
    return f"{datetime.now(UTC):%d %B %Y}, {seconds} s a load, {runs} runs"


def write(path: Path, found: Mapping[str, Any], missing: Sequence[str]) -> None:
    """Write the document."""
    path.write_text("\n".join(_lines(found, missing)), encoding="utf-8")


def _measured_when(one: Mapping[str, Any]) -> str:
    """Say when the questions of a size were measured: the first of each group of equal ones to the last."""
    asked = [(str(one["how"][question]), question) for question in one["rows"]]
    groups = [(when, [question for _, question in some]) for when, some in groupby(asked, key=lambda each: each[0])]
    if len(groups) == 1:
        return f"Measured on {groups[0][0]}."
    return " ".join(f"{', '.join(questions)}: measured on {when}." for when, questions in groups)


def _lines(found: Mapping[str, Any], missing: Sequence[str]) -> Iterator[str]:
    yield "# Benchmarks\n"
    yield "Written by `make bench`; each size says when it was measured. Ratios are always of one run.\n"
    yield HOW
    yield "\n## Goals\n"
    by_people = sorted(found.items(), key=lambda each: int(each[1]["graph"]["people"]))
    measured = {size: [*chain.from_iterable(one["rows"].values())] for size, one in by_people}
    every = [goal for size, some in measured.items() for goal in goals(size, some)]
    sizes = list(measured)
    for before, after in pairwise(sizes):
        every += growth(measured[before], measured[after], (before, after))
    yield goal_table(every)
    for size, some in measured.items():
        yield f"\n## {size}\n"
        yield ", ".join(f"{count:,} {name}" for name, count in found[size]["graph"].items() if name != "seed") + "."
        yield _measured_when(found[size]) + "\n"
        yield row_table(some)
    yield f"\n{facets.section()}"
    yield "## The questions\n"
    yield from (f"- **{question.name}**: {question.title}" for question in QUESTIONS)
    yield LINGBM
    yield from lingbm.mapping()
    yield "\n## Machine and versions\n"
    yield from (f"- {line}" for line in (*_machine(), *missing))
    yield ""


def _machine() -> Iterator[str]:
    memory = psutil.virtual_memory().total / 2**30
    yield f"{psutil.cpu_count()} processors ({_processor()}), {memory:.0f} GB of memory, {platform.system()} {platform.machine()}"
    yield f"Neo4j Community {VERSION}, heap {MEMORY.heap} MiB, page cache {MEMORY.page_cache} MiB ({LARGE.page_cache:,} MiB above {MANY:,} people)"
    yield f"Python {platform.python_version()}; " + ", ".join(f"{name} {version(name)}" for name in PACKAGES)
    wanted = orjson.loads((NODE_PEER / "package.json").read_bytes())["dependencies"]
    yield f"node {_output('node', '--version')}; " + ", ".join(f"{name} {one}" for name, one in wanted.items())
    yield f"{_output('wrk', '--version').partition(' Copyright')[0]}"


def _processor() -> str:
    try:
        text = Path("/proc/cpuinfo").read_text(encoding="utf-8")
    except OSError:
        return platform.processor()
    return next(
        (line.partition(":")[2].strip() for line in text.splitlines() if line.startswith("model name")),
        platform.machine(),
    )


def _output(program: str, *arguments: str) -> str:
    path = shutil.which(program)
    if path is None:
        return "not installed"
    done = subprocess.run([path, *arguments], capture_output=True, text=True, check=False)
    return (done.stdout or done.stderr).strip().partition("\n")[0]
