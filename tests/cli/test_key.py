"""A graph that withholds somebody needs its key: commands end with 78 and say whether it is missing or another one; nothing is changed."""

from __future__ import annotations

from pathlib import Path

import pytest
from pydantic import SecretStr

from graph_api.cli.common import check_key
from graph_api.database.stored_claims import graph_hash
from graph_api.errors import IncompatibleGraph
from graph_api.ingest.key_file import NAME, KeyFile
from graph_api.ingest.load import LoadNote, write
from graph_api.ingest.withdrawal import WithdrawalReason, prepare_withdrawal
from graph_api.settings import Settings
from tests.helpers.cli_process import run_cli
from tests.helpers.graphs import LiveGraph
from tests.helpers.stewards import CASES

pytestmark = pytest.mark.live

KEYS = {"is missing": None, "is another one": b"another key".ljust(32)}


@pytest.fixture
def home(graph: LiveGraph, tmp_path: Path) -> Path:
    """Return a data directory with the key of a graph that withholds one person."""
    graph.load([CASES / "one"])
    found = prepare_withdrawal(
        graph.store, "sta-p2", WithdrawalReason.SAFETY, erase=False, key=KeyFile(tmp_path / "home")
    )
    assert found.prepared is not None
    assert write(found.prepared, graph.store, LoadNote("olena"))
    return tmp_path / "home"


def settings_of(graph: LiveGraph, home: Path) -> dict[str, str]:
    address = graph.store.address
    return {
        "DETENTION_GRAPH_NEO4J_URI": address.uri,
        "DETENTION_GRAPH_NEO4J_PASSWORD": address.password,
        "DETENTION_GRAPH_DATA_DIR": str(home),
    }


def put(home: Path, key: bytes | None) -> None:
    (home / NAME).unlink()
    if key is not None:
        (home / NAME).write_bytes(key)


@pytest.mark.parametrize("what", KEYS)
def test_nothing_is_loaded_without_the_key(graph: LiveGraph, home: Path, what: str) -> None:
    before = graph_hash(graph.store)
    put(home, KEYS[what])
    for words in (("apply", str(CASES / "one")), ("hide", "sta-p1", "--reason", "safety")):
        done = run_cli(*words, env=settings_of(graph, home))
        assert done.returncode == 78, done.stderr
        assert f"the key {home / NAME} {what}. Expected the key that was kept with it" in " ".join(done.stderr.split())
        assert "Traceback" not in done.stderr
    assert graph_hash(graph.store) == before


@pytest.mark.parametrize("what", KEYS)
def test_a_private_graph_is_not_served_without_its_key(
    graph: LiveGraph, home: Path, capsys: pytest.CaptureFixture[str], what: str
) -> None:
    private = Settings(data_dir=home)
    ours = Settings(data_dir=home, neo4j_uri=graph.store.address.uri, neo4j_password=SecretStr("secret"))
    for settings in (private, ours):
        check_key(graph.store, settings)
    assert capsys.readouterr().err == ""
    put(home, KEYS[what])
    with pytest.raises(IncompatibleGraph, match=f"{what}. Expected the key"):
        check_key(graph.store, private)
    check_key(graph.store, ours)
    assert f"{what}. Expected the key" in " ".join(capsys.readouterr().err.split())
