"""A private Neo4j starts, is shared, stops, and does not outlive its owner."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager
from pathlib import Path

import psutil
import pytest
from pydantic import SecretStr

from graph_api.embedded import Endpoint, open_embedded
from graph_api.embedded.bolt_probe import answers
from graph_api.embedded.layout import Layout, Memory
from graph_api.embedded.lock import LockState, read_state
from graph_api.errors import EmbeddedDatabaseError

pytestmark = pytest.mark.live

OWNER = """
import sys, time
from pathlib import Path
from pydantic import SecretStr
from graph_api.embedded import open_embedded
home, cache = Path(sys.argv[1]), Path(sys.argv[2])
with open_embedded(uri="", user="neo4j", password=SecretStr(""), database="neo4j", home=home, cache=cache):
    print("serving", flush=True)
    time.sleep(600)
"""


def private(home: Path, cache: Path, *, reuse: bool = True) -> AbstractContextManager[Endpoint]:
    memory = Memory(heap=512, page_cache=64)
    nothing = SecretStr("")
    return open_embedded(
        uri="", user="neo4j", password=nothing, database="neo4j", home=home, cache=cache, reuse=reuse, memory=memory
    )


def serving(home: Path) -> tuple[LockState, psutil.Process]:
    state = read_state(Layout(home))
    assert state is not None
    assert state.server is not None
    return state, psutil.Process(state.server.pid)


def listening(process: psutil.Process) -> set[tuple[str, int]]:
    return {(at.laddr.ip, at.laddr.port) for at in process.net_connections("inet") if at.status == psutil.CONN_LISTEN}


def gone_within(process: psutil.Process, seconds: float) -> bool:
    deadline = time.monotonic() + seconds
    while process.is_running() and process.status() != psutil.STATUS_ZOMBIE:
        if time.monotonic() > deadline:
            return False
        time.sleep(0.1)
    return True


@pytest.fixture
def owner(tmp_path: Path, jar_cache: Path) -> Iterator[subprocess.Popen[bytes]]:
    command = [sys.executable, "-c", OWNER, str(tmp_path), str(jar_cache)]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as child:
        assert child.stdout is not None
        assert child.stdout.readline() == b"serving\n"
        yield child
        child.kill()


def test_start_share_stop_and_start_again(tmp_path: Path, jar_cache: Path) -> None:
    with private(tmp_path, jar_cache) as endpoint:
        state, server = serving(tmp_path)
        port = state.port
        assert endpoint.owned
        assert endpoint.uri == f"bolt://127.0.0.1:{port}"
        assert listening(server) == {("::ffff:127.0.0.1", port)} or listening(server) == {("127.0.0.1", port)}
        secret = endpoint.password.get_secret_value()
        assert not any(secret in argument for argument in server.cmdline())

        with private(tmp_path, jar_cache) as shared:
            assert (shared.uri, shared.password, shared.owned) == (endpoint.uri, endpoint.password, False)
        assert answers(port)
        with (
            pytest.raises(EmbeddedDatabaseError, match=f"its Neo4j answers on port {port}"),
            private(tmp_path, jar_cache, reuse=False),
        ):
            pytest.fail("opened twice")

        before = time.monotonic()
    assert time.monotonic() - before < 10
    assert not server.is_running()
    assert not answers(port)
    assert read_state(Layout(tmp_path)) is None

    with private(tmp_path, jar_cache) as again:
        assert again.password == endpoint.password
        assert again.owned


def test_nothing_is_written_outside_the_home_and_an_error_stops_the_server_and_stays_what_it_was(
    tmp_path: Path, jar_cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A library of Neo4j unpacks itself into the user's cache folder unless told where else."""
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    monkeypatch.setenv("XDG_CACHE_HOME", str(elsewhere))
    monkeypatch.setenv("TMPDIR", str(elsewhere))
    home = tmp_path / "home"
    server = None
    with pytest.raises(FileNotFoundError, match="mine"), private(home, jar_cache):  # noqa: PT012
        _, server = serving(home)
        [unpacked] = [Path(one.path) for one in server.memory_maps() if Path(one.path).name.startswith("jna")]
        assert unpacked.parent == Layout(home).scratch
        written = {Path(one.path) for one in server.open_files() if one.mode != "r"}
        assert written
        assert [path for path in written if not path.is_relative_to(home)] == []
        raise FileNotFoundError("mine")
    assert server is not None
    assert not server.is_running()
    assert list(elsewhere.iterdir()) == []


@pytest.mark.slow
def test_server_does_not_outlive_a_killed_owner(
    owner: subprocess.Popen[bytes], tmp_path: Path, jar_cache: Path
) -> None:
    state, server = serving(tmp_path)
    owner.kill()
    owner.wait()
    assert gone_within(server, 10)
    assert not answers(state.port)


def test_home_of_a_killed_owner_is_taken_over_at_once(
    owner: subprocess.Popen[bytes], tmp_path: Path, jar_cache: Path
) -> None:
    state, server = serving(tmp_path)
    owner.kill()
    owner.wait()
    with private(tmp_path, jar_cache) as endpoint:
        assert endpoint.owned
        assert endpoint.uri != f"bolt://127.0.0.1:{state.port}"
        assert not server.is_running()


def test_the_session_has_a_neo4j(endpoint: Endpoint) -> None:
    host, port = endpoint.uri.removeprefix("bolt://").split(":")
    assert answers(int(port), host=host)
