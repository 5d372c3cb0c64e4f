"""A load in blocks: the same graph as one load gives, nothing shown before its time, taken up again after a stop, taken back as a group."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from pathlib import Path

import orjson
import pytest

from bench.generate import Graph
from graph_api.database.stored_claims import all_claims, graph_hash
from graph_api.errors import DecisionRequired, InvalidSeeds, NotFound
from graph_api.ingest import prepare
from graph_api.ingest.blocks import BlocksResult, load_in_blocks, revert_group
from graph_api.ingest.decisions import Decisions, check_decisions, demands
from graph_api.ingest.history import all_loads
from graph_api.ingest.load import LoadNote, load
from graph_api.ingest.prepare import ALL, PreparedLoad, Selection, prepare_load
from graph_api.ontology.vocabulary import Sensitivity
from graph_api.web.graph_state import GraphState
from tests.helpers.graphs import SEEDS, LiveGraph
from tests.helpers.stewards import CASES, Steward

pytestmark = pytest.mark.live


OTHER = "  - {id: a-other, name: Other Synthetic, category: civilian, cite: {source: stb-src-a, at: ¶2}}\n"


@pytest.fixture(autouse=True)
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a transaction hold 4 MB, for all that a load knows: about 250 claims and links."""
    monkeypatch.setattr(prepare, "transaction_limit", lambda _store: 4 * 2**20)


def in_blocks(graph: LiveGraph, paths: Sequence[Path], stop_after: int | None = None) -> BlocksResult:
    """Load in blocks; stop where block ``stop_after`` begins."""

    def plan() -> PreparedLoad:
        return prepare_load(paths, graph.store, audience=Sensitivity.PUBLIC, selection=ALL, with_lints=False)

    def progress(message: str) -> None:
        if stop_after is not None and message.startswith(f"block {stop_after} "):
            raise KeyboardInterrupt

    try:
        return load_in_blocks(
            plan,
            graph.store,
            lambda _: LoadNote("olena"),
            selection=ALL,
            with_lints=False,
            progress=progress,
            seconds=600,
        )
    except InvalidSeeds as error:
        raise AssertionError("\n".join(map(str, error.problems))) from None


def loading(graph: LiveGraph) -> str | None:
    """Return what answers say of a load that is under way."""
    state = GraphState(graph.store)
    state.refresh()
    found: str | None = state.extensions.get("loading")
    return found


def in_one(graph: LiveGraph, paths: Sequence[Path], monkeypatch: pytest.MonkeyPatch) -> tuple[str, set[str]]:
    """Load in one transaction; return the content hash and the ids of all claims, and empty the graph again."""
    with monkeypatch.context() as patched:
        patched.setattr(prepare, "transaction_limit", lambda _store: None)
        found = load(paths, graph.store, with_lints=False).content_hash
    claims = {one.id for one in all_claims(graph.store)}
    graph.wipe()
    return found, claims


@pytest.mark.slow
def test_blocks_give_the_graph_of_one_load_and_go_back_as_a_group(
    graph: LiveGraph, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    Graph(30).write(tmp_path / "seeds")
    paths = [tmp_path / "seeds"]
    expected, claims = in_one(graph, paths, monkeypatch)
    load([CASES / "one"], graph.store, with_lints=False)
    before, own = graph_hash(graph.store), {one.id for one in all_claims(graph.store)}
    with pytest.raises(KeyboardInterrupt):
        in_blocks(graph, paths, stop_after=3)
    assert graph_hash(graph.store) != before
    assert loading(graph) == "group-2", "a stopped load is said to be one"
    assert {one.id for one in all_claims(graph.store)} - own < claims, "no block states what the whole load does not"
    done = in_blocks(graph, paths)
    loads = all_loads(graph.store)
    assert (done.group, loading(graph)) == ("group-2", None)
    assert [one.note.get("group") for one in loads] == [None, *["group-2"] * (len(loads) - 1)]
    assert 2 < len(loads) - 1 == done.written + 2
    assert in_blocks(graph, paths) == BlocksResult("group-2", 0)
    assert {one.id for one in all_claims(graph.store)} - own == claims
    with pytest.raises(NotFound, match=r"No group 'group-3': expected one of group-2\."):
        revert_group(graph.store, "group-3", LoadNote("olena"), lambda _: None)
    back = revert_group(graph.store, "group-2", LoadNote("olena"), lambda _: None)
    assert back.written == len(loads) - 1
    assert loading(graph) is None
    assert graph_hash(graph.store) == before
    assert revert_group(graph.store, "group-2", LoadNote("olena"), lambda _: None).written == 0
    graph.wipe()
    in_blocks(graph, paths)
    assert graph_hash(graph.store) == expected


@pytest.mark.slow
def test_the_real_seeds_in_blocks_show_nothing_that_one_load_withholds(
    graph: LiveGraph, monkeypatch: pytest.MonkeyPatch
) -> None:
    expected, claims = in_one(graph, [SEEDS], monkeypatch)
    for stop in (2, 4, None):
        try:
            in_blocks(graph, [SEEDS], stop_after=stop)
        except KeyboardInterrupt:
            assert {one.id for one in all_claims(graph.store)} < claims
    assert graph_hash(graph.store) == expected


def test_a_later_load_stands_in_the_way_before_anything_is_taken_back(graph: LiveGraph, tmp_path: Path) -> None:
    Graph(40).write(tmp_path / "seeds")
    done = in_blocks(graph, [tmp_path / "seeds"])
    lines = [line for file in sorted((tmp_path / "seeds").iterdir()) for line in file.read_bytes().splitlines()]
    person = next(one for one in map(orjson.loads, lines) if one["section"] == "people")
    (tmp_path / "more.jsonl").write_bytes(orjson.dumps({**person, "name": "Other Synthetic"}))
    load([tmp_path / "more.jsonl"], graph.store, with_lints=False)
    before = graph_hash(graph.store)
    with pytest.raises(InvalidSeeds) as refused:
        revert_group(graph.store, done.group, LoadNote("olena"), lambda _: None)
    assert "Cannot revert load " in str(refused.value.problems[0])
    assert graph_hash(graph.store) == before


def test_a_block_shows_nobody_whom_another_load_left_out_since_the_plan(
    graph: LiveGraph, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Only the plans of the whole load were checked: a block showed who was restricted meanwhile, and nobody had decided it."""
    folder = tmp_path / "seeds"
    shutil.copytree(CASES, folder)
    steward = Steward(graph, folder)
    for name in ("one", "two"):
        load([folder / name], graph.store, key=steward.key, with_lints=False)
    public = (folder / "g-visible.yaml").read_text("utf-8")
    (folder / "two" / "visible.yaml").write_text(public, "utf-8")
    (folder / "two" / "a.yaml").write_text(f"people:\n{OTHER}", "utf-8")  # a block before that
    restricted = public.replace("category: civilian", "category: civilian, sensitivity: restricted")
    (folder / "other.yaml").write_text(restricted + OTHER.replace("a-other", "b-other"), "utf-8")
    plans: list[PreparedLoad] = []

    def noted(found: PreparedLoad) -> LoadNote:
        plans.append(found)
        if len(plans) == 1:
            other = Selection(collection="other")
            load([folder / "other.yaml"], graph.store, key=steward.key, with_lints=False, selection=other)
            monkeypatch.setattr(prepare, "transaction_limit", lambda _store: 20_000)  # each entry is a block
        check_decisions(demands(found), Decisions())
        return LoadNote("olena")

    monkeypatch.setattr(prepare, "transaction_limit", lambda _store: None)
    with pytest.raises(DecisionRequired, match="newly visible: vis-p1") as refused:
        load_in_blocks(
            lambda: steward.prepare("two"),
            graph.store,
            noted,
            selection=Selection(),
            with_lints=False,
        )
    shown = graph.ask('{ one: person(id: "vis-p1") { id } other: person(id: "a-other") { id } }')
    assert shown == {"one": None, "other": {"id": "a-other"}}
    assert len(plans) == 2
    assert "Decision required, group-3 is written in part (1 load): " in str(refused.value)
