"""Totals and the facets of a page: counted, from one statement, and stored; and what storing them costs a load.

``python -m bench.facets --sizes S M`` measures and writes ``bench/facets.json`` and the section of docs/benchmarks.md. Statements go through the
driver, without HTTP; ways to answer take turns, and the median of the runs counts.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from functools import partial
from itertools import chain
from pathlib import Path
from typing import Any, Final
from unittest.mock import patch

import orjson
import platformdirs

from bench.derive import write_totals
from bench.generate import SIZES, Graph
from bench.measure import medians
from bench.store import LOAD_SECONDS, Folders, address_of, engine, load_graph, loaded
from graph_api.database.driver import Database, open_database
from graph_api.database.migrations import migrate
from graph_api.errors import DatabaseBusy, QueryTimeout
from graph_api.execution.executor import Executor, OperationRequest
from graph_api.ingest import apply
from graph_api.schema.build import build_schema
from graph_api.statement import Statement


def say(message: str) -> None:
    """Tell how far it is, with the time of day."""
    sys.stderr.write(f"{time.strftime('%H:%M:%S')} {message}\n")


FACETS: Final = ("CATEGORY", "SEX", "CUSTODY", "LEGAL", "KIND", "YEAR", "REGION", "SITE")
"""The eight facets of a page."""
FILTERS: Final[Mapping[str, str]] = {
    "eight facets of everything": "",
    "eight facets of one kind of event": ", events: {kind: DETENTION}",
    "eight facets of one site": ', events: {site: {eq: "synthetic-site-00000"}}',
    "eight facets of the events of a year": ', events: {date: {from: "2023-01-01", until: "2023-12-31"}}',
}
MEDIATED: Final = "{ totals(by: [MEDIATOR, CATEGORY], events: {kind: EXCHANGE}) { nodes { keys { value node { id } } people events } } }"
RESULTS: Final = Path(__file__).with_name("facets.json")
DOCUMENT: Final = Path(__file__).parents[1] / "docs" / "benchmarks.md"
HEADING: Final = "## Totals and facets"
SECONDS: Final = 300.0
WARM: Final = 3.0
"""Seconds for which a way answers unmeasured first: the database plans its statements, reads the pages, and compiles what runs often."""
OTHER: Final = "MATCH (g:Graph) SET g.totals = 'of another content'"
OWN: Final = "MATCH (g:Graph) SET g.totals = g.content_hash"


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and write; returns the exit code."""
    parser = argparse.ArgumentParser(description="Measure totals and facets, counted and stored.")
    cache = Path(platformdirs.user_cache_dir("detention-graph"))
    parser.add_argument("--sizes", nargs="*", default=["S"])
    parser.add_argument("--runs", type=int, default=7)
    parser.add_argument("--stores", type=Path, default=cache / "bench-facets")
    parser.add_argument("--cache", type=Path, default=cache)
    parser.add_argument(
        "--load", type=int, default=0, help="people of a load through the loader whose time is measured"
    )
    parser.add_argument(
        "--as-sent", action="store_true", help="measure only the statements that an operation sends: for large graphs"
    )
    given = parser.parse_args(arguments)
    found = orjson.loads(RESULTS.read_bytes()) if RESULTS.exists() else {}
    for size in given.sizes:
        found[size] = _size(size, Folders(given.cache, given.stores), given.runs, is_as_sent=given.as_sent)
        _keep(found)
    if given.load:
        found["load"] = load_cost(given.load, given.cache)
        _keep(found)
    sys.stdout.write(section())
    return 0


def _keep(found: Mapping[str, Any]) -> None:
    """Write what was measured, so that a later size that fails takes nothing with it."""
    sizes = sorted((one for one in found if one != "load"), key=lambda one: int(found[one]["people"]))
    ordered = {one: found[one] for one in [*sizes, *(["load"] if "load" in found else [])]}
    RESULTS.write_bytes(orjson.dumps(ordered, option=orjson.OPT_INDENT_2) + b"\n")
    rewrite(DOCUMENT)


def _size(size: str, folders: Folders, runs: int, *, is_as_sent: bool) -> dict[str, Any]:
    graph = Graph(SIZES[size] if size in SIZES else int(size))
    home = folders.home(graph.size.people, graph.seed)
    with loaded(graph, folders, say, bulk=True) as (_, store):
        note = orjson.loads((home / "loaded.json").read_bytes())
        if "totals" not in note:  # a store that an earlier version made
            migrate(store)
            note["totals"] = write_totals(store, os.cpu_count() or 1, LOAD_SECONDS, say)
            (home / "loaded.json").write_bytes(orjson.dumps(note))
        rows = list(_questions(store, runs, is_as_sent=is_as_sent))
    return {"people": graph.size.people, "rows": rows, **note}


def _questions(store: Database, runs: int, *, is_as_sent: bool) -> Iterator[dict[str, Any]]:
    for name, where in FILTERS.items():
        each = [f"{{ totals(by: [{one}]{where}, first: 50) {{ totalCount nodes {{ people }} }} }}" for one in FACETS]
        fields = (f"f{number}: {one.removeprefix('{ ').removesuffix(' }')}" for number, one in enumerate(each))
        say(name)
        yield {"question": name} | _measured(store, [] if is_as_sent else each, f"{{ {' '.join(fields)} }}", runs)
    say("totals")
    yield {"question": "people and exchanges by mediator and category"} | _measured(
        store, [] if is_as_sent else [MEDIATED], MEDIATED, runs
    )


def _measured(store: Database, each: Sequence[str], together: str, runs: int) -> dict[str, float]:
    """Return the median of milliseconds: a statement for each question, counted; one operation, counted; one operation, as it is.

    Without ``each``, only what the operation sends is measured.
    """
    separate = [*chain.from_iterable(map(statements, each))]
    shared = statements(together)
    is_stored = any(":Total)" in one.text for one in shared)
    store.change_schema(OTHER)
    ways = {"counted": separate} if separate else {}
    counted = _medians(store, ways | ({} if is_stored else {"shared": shared}), runs)
    store.change_schema(OWN)
    stored = _medians(store, {"stored": shared}, runs) if is_stored else {}
    return counted | stored


def _medians(store: Database, ways: Mapping[str, Sequence[Statement]], runs: int) -> dict[str, float]:
    def answer(asked: Sequence[Statement]) -> None:
        for one in asked:  # each in a transaction of its own: at 100,000 people eight that are counted need more memory than one may take
            store.read(one, seconds=SECONDS)

    sides: dict[str, Callable[[], None]] = {}
    for way, asked in ways.items():
        until = time.monotonic() + WARM
        try:
            answer(asked)
            while time.monotonic() < until:
                answer(asked)
        except (DatabaseBusy, QueryTimeout) as error:
            say(f"{way}: {error}")  # stays without a number
        else:
            sides[way] = partial(answer, asked)
    return dict(zip(sides, medians([*sides.values()], runs, unmeasured=0), strict=True))


class _Kept(Exception):
    """The statements are known, and no answer is needed."""


def statements(query: str) -> list[Statement]:
    """Return the statements of an operation."""
    sent: list[Statement] = []

    async def keep(asked: Sequence[Statement]) -> Sequence[Any]:
        sent.extend(asked)
        raise _Kept

    with suppress(_Kept):
        asyncio.run(_EXECUTOR.execute(OperationRequest(query, None, {}), keep))
    return [one for one in sent if one.name == "totals"]


_EXECUTOR: Final = Executor(build_schema())


def load_cost(people: int, cache: Path) -> dict[str, float]:
    """Return how many seconds the loader takes for so many people, and how many of them for totals."""
    spent = [0.0]
    with (
        tempfile.TemporaryDirectory() as folder,
        engine(Path(folder) / "home", cache, say) as endpoint,
        open_database(address_of(endpoint)) as store,
        _timed("totals_before", spent),
        _timed("write_totals", spent),
    ):
        seconds = load_graph(Graph(people), store, Path(folder) / "seeds", say)
    return {"people": people, "seconds": seconds, "totals": spent[0]}


@contextmanager
def _timed(name: str, spent: list[float]) -> Iterator[None]:
    measured: Callable[..., Any] = getattr(apply, name)

    def timed(*arguments: Any) -> Any:
        start = time.monotonic()
        try:
            return measured(*arguments)
        finally:
            spent[0] += time.monotonic() - start

    with patch.object(apply, name, timed):
        yield


def rewrite(document: Path) -> None:
    """Put the section into the document, in place of the one that is there."""
    before, _, rest = document.read_text(encoding="utf-8").partition(f"{HEADING}\n")
    if not rest:
        before, _, rest = before.partition("## The questions\n")
        rest = f"## The questions\n{rest}"
    else:
        rest = rest[rest.index("\n## ") + 1 :]
    document.write_text(f"{before}{section()}\n{rest}", encoding="utf-8")


def section() -> str:
    """Return what was measured as a section of the document."""
    found = orjson.loads(RESULTS.read_bytes()) if RESULTS.exists() else {}
    return "\n".join([*_lines(found)])


def _lines(found: Mapping[str, Any]) -> Iterator[str]:
    yield f"{HEADING}\n"
    if not found:
        yield "Not measured yet: `python -m bench.facets --sizes S M`.\n"
        return
    yield (
        "Written by `python -m bench.facets`. Milliseconds through the driver, without HTTP, the median of the runs, on a machine with other work.\n"
        "**Counted**: a statement for each. **One statement**: totals with the same filters share one. **Stored**: a load keeps the numbers.\n"
        f"The eight facets are {', '.join(FACETS)}. No number: what is stored needs no other way, a transaction had too little memory,\n"
        "or it was not asked (`--as-sent`).\n"
    )
    yield "| size | question | counted | one statement | stored |\n|---|---|---:|---:|---:|"
    sizes = {size: one for size, one in found.items() if size != "load"}
    for size, one in sizes.items():
        for row in one["rows"]:
            cells = (f"{row[name]:,.1f}" if name in row else "" for name in ("counted", "shared", "stored"))
            yield f"| {size} | {row['question']} | {' | '.join(cells)} |"
    yield "\n| what storing costs | time | of all | nodes | of all |\n|---|---:|---:|---:|---:|"
    for size, one in sizes.items():
        totals = one["totals"]
        yield (
            f"| {size}, {one['people']:,} people, of a load of {one['seconds']:,.0f} s | {totals['seconds']:,.1f} s "
            f"| {totals['seconds'] / one['seconds']:.1%} | {totals['totals']:,} | {totals['totals'] / totals['nodes']:.1%} |"
        )
    if "load" in found:
        one = found["load"]
        yield (
            f"| {one['people']:,} people through the loader in {one['seconds']:,.0f} s | {one['totals']:,.1f} s "
            f"| {one['totals'] / one['seconds']:.1%} | | |"
        )
    yield ""


if __name__ == "__main__":
    sys.exit(main())
