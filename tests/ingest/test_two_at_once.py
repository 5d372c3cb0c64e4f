"""Two loads at the same time: one of them waits or is refused, and what is stored is never a mixture."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from graph_api.database.stored_claims import graph_hash
from graph_api.errors import DatabaseBusy, DatabaseError
from graph_api.ingest import prepare
from graph_api.ingest.apply import acquire_lock, current_revision
from graph_api.ingest.plan import plan_load as real_plan
from graph_api.ontology.vocabulary import Sensitivity
from graph_api.statement import Statement
from tests.helpers.graphs import LiveGraph
from tests.ingest.texts import BASE, SOURCES, contents, write

pytestmark = pytest.mark.live

PETRO = "people:\n  - {id: petro-example, name: NAME, cite: {source: paper-2024, at: ¶2}}\n"


def alone(graph: LiveGraph, *paths: Path) -> list[str]:
    graph.wipe()
    for path in paths:
        graph.load([path])
    return contents(graph)


def test_a_load_that_was_decided_before_another_one_is_refused(
    graph: LiveGraph, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    graph.load([write(tmp_path, BASE)])
    slow, quick = (write(tmp_path / name, PETRO.replace("NAME", name)) for name in ("slow", "quick"))

    def overtaken(*args: Any) -> Any:
        monkeypatch.setattr(prepare, "plan_load", real_plan)
        graph.load([quick])
        return real_plan(*args)

    monkeypatch.setattr(prepare, "plan_load", overtaken)
    with pytest.raises(DatabaseBusy, match="Another load changed the graph meanwhile: nothing was changed, try again"):
        graph.load([slow])
    now = contents(graph)
    assert now == alone(graph, tmp_path / "a.yaml", quick)
    assert graph.load([slow]).is_applied


def test_two_loads_that_start_together_never_mix(graph: LiveGraph, tmp_path: Path) -> None:
    base = write(tmp_path, SOURCES)
    files = [
        write(
            tmp_path / str(n),
            PETRO.replace("NAME", f"Petro {n}")
            + "".join(f"  - {{id: extra-{n}-{i}, name: N, cite: {{source: paper-2024, at: p}}}}\n" for i in range(30)),
        )
        for n in range(4)
    ]
    expected = {tuple(alone(graph, base, one)) for one in files}
    graph.wipe()
    graph.load([base])
    start = threading.Barrier(len(files))
    outcomes: list[object] = []

    def run(path: Path) -> None:
        start.wait()
        try:
            outcomes.append(graph.load([path]).is_applied)
        except DatabaseError as error:
            outcomes.append(type(error))

    threads = [threading.Thread(target=run, args=(path,)) for path in files]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert set(outcomes) <= {True, DatabaseBusy}
    assert True in outcomes
    if outcomes.count(True) == 1:
        assert tuple(contents(graph)) in expected
    [[names]] = graph.store.read(Statement("MATCH (c:Claim {record: 'petro-example'}) RETURN collect(c.id)"))
    [[links]] = graph.store.read(Statement("MATCH (:Record {id: 'petro-example'})-[r:CITES]->() RETURN count(r)"))
    assert (len(names), links) == (1, 1)


def test_the_lock_makes_the_other_load_wait(graph: LiveGraph, tmp_path: Path) -> None:
    graph.load([write(tmp_path, BASE)])
    held, release = threading.Event(), threading.Event()
    other = write(tmp_path / "other", PETRO.replace("NAME", "Another"))

    def holding(tx: Any) -> None:
        acquire_lock(tx, Sensitivity.PUBLIC, current_revision(graph.store, Sensitivity.PUBLIC))
        held.set()
        assert release.wait(20)

    done: list[object] = []
    keeper = threading.Thread(target=graph.store.write, args=(holding,))
    waiter = threading.Thread(target=tried(lambda: graph.load([other]), done))
    keeper.start()
    assert held.wait(20)
    waiter.start()
    waiter.join(1.0)
    assert waiter.is_alive()
    release.set()
    keeper.join()
    waiter.join()
    assert done == [DatabaseBusy], "the holder counts as a load"


def tried(act: Callable[[], object], done: list[object]) -> Callable[[], None]:
    def run() -> None:
        try:
            act()
            done.append(True)
        except DatabaseError as error:
            done.append(type(error))

    return run


def test_a_load_counts_itself_and_a_refused_one_does_not(graph: LiveGraph, tmp_path: Path) -> None:
    assert current_revision(graph.store, Sensitivity.PUBLIC) == 0
    path = write(tmp_path, BASE)
    graph.load([path])
    graph.load([path])
    assert current_revision(graph.store, Sensitivity.PUBLIC) == 1
    content = graph_hash(graph.store)
    with pytest.raises(DatabaseBusy):
        graph.store.write(lambda tx: acquire_lock(tx, Sensitivity.PUBLIC, 0))
    assert (current_revision(graph.store, Sensitivity.PUBLIC), graph_hash(graph.store)) == (1, content)
