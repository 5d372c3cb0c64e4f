"""Kill -9 at random moments: afterwards the graph is the old one or the new one, and nothing is left behind.

Two moments each; DETENTION_GRAPH_TEST_MOMENTS asks for more, DETENTION_GRAPH_TEST_SEED repeats a run, ``pytest -s`` shows the tables.
"""

from __future__ import annotations

import random
import shutil
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from graph_api.database.driver import Database
from graph_api.database.stored_claims import graph_hash
from graph_api.embedded import Endpoint
from graph_api.embedded.bolt_probe import free_port
from graph_api.embedded.layout import Layout
from graph_api.embedded.lock import read_state
from graph_api.ingest.load import load
from tests.helpers import faults
from tests.helpers.graphs import SEEDS, WIPE

pytestmark = [pytest.mark.live, pytest.mark.slow]

OLD = """
sources:
  - {id: a-page, title: A page, kind: media, published: 2024-01}
people:
  - {id: a-person, name: A Person, cite: {source: a-page, at: page}}
"""


@dataclass
class Graphs:
    """The two graphs between which a load goes: their seeds, their digests, how long the load takes once it has compared."""

    old: Path
    digests: dict[str, str]
    hashes: dict[str, str]
    seconds: float

    def which(self, store: Database) -> str:
        """Say which of the two is there; fails where it is neither, or the content hash says something else."""
        found = {digest: name for name, digest in self.digests.items()}.get(faults.content(store), "NEITHER")
        assert found != "NEITHER"
        assert graph_hash(store) == self.hashes[found]
        return found

    def restore(self, store: Database) -> None:
        """Put the old graph there."""
        store.change_schema(WIPE)
        load([self.old], store)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("dg_faults")


@pytest.fixture(scope="module")
def graphs(home: Path, jar_cache: Path) -> Graphs:
    """Load both graphs once, and leave the old one in the home."""
    old = home.parent / "old.yaml"
    old.write_text(OLD, encoding="utf-8")
    made = Graphs(old, {}, {}, 0.0)
    with faults.private(home, jar_cache) as endpoint, faults.opened(endpoint) as store:
        made.digests["empty"], made.hashes["empty"] = faults.content(store), graph_hash(store)
        load([SEEDS], store)
        made.digests["new of empty"], made.hashes["new of empty"] = faults.content(store), graph_hash(store)
        store.change_schema(WIPE)
        load([old], store)
        made.digests["old"], made.hashes["old"] = faults.content(store), graph_hash(store)
        with faults.product("load", str(SEEDS), env=faults.at(endpoint)) as loader:
            faults.wait_for_line(loader, "comparing")
            start = time.monotonic()
            assert loader.wait(timeout=120) == 0
            made.seconds = time.monotonic() - start
        made.digests["new"], made.hashes["new"] = faults.content(store), graph_hash(store)
        made.restore(store)
        assert made.which(store) == "old"
    shutil.copytree(home, template(home))
    return made


def template(home: Path) -> Path:
    """Return the home with the old graph from which others are copied; nobody ever serves it."""
    return home.with_name("template")


@pytest.fixture(scope="module")
def serving(home: Path, graphs: Graphs, jar_cache: Path) -> Iterator[Endpoint]:
    with faults.private(home, jar_cache) as endpoint:
        yield endpoint


def moments(what: str, longest: float) -> list[float]:
    chance = random.Random(f"{faults.SEED} {what}")  # noqa: S311 - to be repeated, not to be secret
    return [chance.uniform(0, longest) for _ in range(faults.MOMENTS)]


def test_the_loader_in_a_load(serving: Endpoint, graphs: Graphs) -> None:
    rows: list[tuple[object, ...]] = []
    with faults.opened(serving) as store:
        for moment in moments("loader", graphs.seconds):
            with faults.product("load", str(SEEDS), env=faults.at(serving)) as loader:
                faults.wait_for_line(loader, "comparing")
                time.sleep(moment)
                loader.kill()
            left = faults.transactions_left(store, 10)
            found = graphs.which(store)
            code, output = faults.outcome(faults.product("load", str(SEEDS), env=faults.at(serving)))
            rows.append(
                (
                    f"{moment:.2f} s",
                    found,
                    f"transactions left: {len(left)}",
                    f"again: exit {code}",
                    graphs.which(store),
                )
            )
            assert (left, code, rows[-1][-1]) == ([], 0, "new"), output
            graphs.restore(store)
    faults.table("loader killed after it had compared", rows)


def test_neo4j_in_a_load(home: Path, graphs: Graphs, jar_cache: Path, tmp_path: Path) -> None:
    rows: list[tuple[object, ...]] = []
    for number, moment in enumerate(moments("neo4j", graphs.seconds)):
        mine = tmp_path / f"home{number}"
        shutil.copytree(template(home), mine)
        with faults.private(mine, jar_cache) as endpoint:
            port = int(endpoint.uri.rpartition(":")[2])
            with faults.product("load", str(SEEDS), env=faults.at(endpoint)) as loader:
                faults.wait_for_line(loader, "comparing")
                time.sleep(moment)
                killed = time.monotonic()
                faults.server_of(mine).kill()
                code, output = faults.outcome(loader)
                waited = time.monotonic() - killed
        left = faults.left_behind(mine, port=port)
        with faults.private(mine, jar_cache) as endpoint, faults.opened(endpoint) as store:
            found = graphs.which(store)
        last_line = output.strip().splitlines()[-1] if output.strip() else ""
        rows.append(
            (
                f"{moment:.2f} s",
                found,
                f"loader: exit {code} after {waited:.1f} s",
                last_line[:90],
                f"left behind: {left or 'nothing'}",
            )
        )
        assert left == []
        assert "Traceback" not in output
        assert code == 69 or (code, found) == (0, "new"), output
        shutil.rmtree(mine)
    faults.table("Neo4j killed in a load", rows)


def test_the_api_under_queries(serving: Endpoint, graphs: Graphs) -> None:
    rows: list[tuple[object, ...]] = []
    port = free_port()
    with faults.opened(serving) as store:
        before = faults.content(store)
        for moment in moments("api", 3.0):
            with faults.api(faults.at(serving), port) as (child, base):
                clients = faults.Clients(base)
                with clients.asking(4, pause=0.01):
                    time.sleep(moment)
                    child.kill()
                    child.wait()
                    time.sleep(0.2)
            left = faults.transactions_left(store, 10)
            start = time.monotonic()
            with faults.api(faults.at(serving), port) as (_, base):
                ready = faults.get(f"{base}/readyz")[0]
                again = time.monotonic() - start
            same = faults.content(store) == before
            rows.append(
                (
                    f"{moment:.2f} s",
                    faults.summed(clients.seen),
                    f"transactions left: {len(left)}",
                    f"again ready ({ready}) in {again:.1f} s",
                    "same graph" if same else "OTHER ONTOLOGY",
                )
            )
            assert (left, ready, same) == ([], 200, True)
    faults.table("API killed under queries", rows)


def test_the_parent_of_the_private_process(home: Path, graphs: Graphs, jar_cache: Path, tmp_path: Path) -> None:
    """Half of the homes are new ones, so that the first start is broken off as well."""
    rows: list[tuple[object, ...]] = []
    longest = 0.0
    for number, share in enumerate([0.0, *moments("parent", 1.0)]):
        mine = tmp_path / f"home{number}"
        is_new = number % 2 == 1
        if not is_new:
            shutil.copytree(template(home), mine)
        env = {"DETENTION_GRAPH_DATA_DIR": str(mine), "DETENTION_GRAPH_CACHE": str(jar_cache)}
        start = time.monotonic()
        if not longest:  # the first one may end, to see how long that takes
            assert faults.outcome(faults.product("load", str(SEEDS), env=env))[0] == 0
            longest = time.monotonic() - start
            continue
        moment = share * longest
        with faults.product("load", str(SEEDS), env=env) as parent:
            time.sleep(moment)
            state = read_state(Layout(mine))
            parent.kill()
        killed = time.monotonic()
        left = faults.left_behind(mine, port=state.port if state else 0)
        gone = time.monotonic() - killed
        with faults.private(mine, jar_cache) as endpoint, faults.opened(endpoint) as store:
            found = graphs.which(store)
        rows.append(
            (
                f"{moment:.1f} of {longest:.1f} s",
                "new home" if is_new else "old home",
                found,
                f"server had started: {bool(state and state.server)}",
                f"left behind after {gone:.1f} s: {left or 'nothing'}",
            )
        )
        assert left == []
        assert found in (("empty", "new of empty") if is_new else ("old", "new"))
        shutil.rmtree(mine)
    faults.table("parent of the private process killed", rows)
