"""Fixtures for every folder of tests.

The policy: what is pure is called and compared; what talks to Neo4j talks to a real one (marker ``live``), never to
an imitation. ``endpoint`` is that Neo4j, one a session and worker: the address in DETENTION_GRAPH_TEST_URI (with
_TEST_USER and _TEST_PASSWORD) if there is one, else a container where a Docker engine answers, else a private process.
A test that writes cleans up after itself. Settings of the person who runs the tests do not reach them, warnings are
errors, and each test can run alone, in any order and beside others (``pytest -n``).
"""

from __future__ import annotations

import gc
import os
import secrets
import time
import warnings
from collections.abc import Generator, Iterator, Mapping
from contextlib import ExitStack, closing
from pathlib import Path

import platformdirs
import pytest
from hypothesis import HealthCheck, settings
from pydantic import SecretStr

from graph_api.database.driver import Address, open_database
from graph_api.database.migrations import migrate
from graph_api.embedded import Endpoint, layout, open_embedded
from graph_api.embedded.bolt_probe import answers
from graph_api.embedded.layout import Layout, Memory
from graph_api.errors import DatabaseError
from graph_api.statement import Statement
from tests.helpers.graphs import LiveGraph

settings.register_profile("busy", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("busy")
"""A machine that does other work is slow, which says nothing of the code."""

IMAGE = "neo4j:2026.09.0-community"
NOTHING = SecretStr("")
KEPT_PLANS = {"dbms.cypher.min_replan_interval": "24h", "server.memory.query_cache.per_db_cache_num_entries": "20000"}
"""Settings with which Neo4j plans a statement once a session, whatever is loaded after it: planning is most of what it does in tests."""
MEMORY = {"server.memory.heap.max_size": "1024m", "server.memory.pagecache.size": "128m"}
QUICK_JAVA = ("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1")
"""Flags of Java for servers that live for minutes on few cores: the second compiler never earns back what it costs."""


LONGEST = (
    "test_equality.py",
    "test_public_edition.py",
    "test_golden_pages.py",
    "test_pages.py",
    "test_oracle.py",
    "test_hostile.py",
    "test_private_process.py",
)
"""Files that take more than a minute, which run first: none of them is left to one worker alone in the end."""

FORGETTING = ("test_depth.py", "test_plans.py")
"""Files that clear all plans of Neo4j, which run last: others need not have theirs made again."""


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what asks for Neo4j as live, so that no test can forget it: ``make check`` starts none.

    Run the longest files first, and one after another those that only read the real seeds, which are then loaded once.
    """
    asked: dict[Path, set[str]] = {}
    for item in items:
        fixtures = set(getattr(item, "fixturenames", ()))
        asked.setdefault(item.path, set()).update(fixtures)
        if "endpoint" in fixtures:
            item.add_marker(pytest.mark.live)
    reading = {path for path, names in asked.items() if names & {"seeded", "real_seeds"} and "graph" not in names}
    items.sort(
        key=lambda item: (
            LONGEST.index(item.path.name) if item.path.name in LONGEST else len(LONGEST),
            item.path.name in FORGETTING,
            item.path not in reading,
        )
    )


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Escape halves of surrogate pairs in what a test logged or printed: a worker cannot send them."""
    report = yield
    report.sections = [(name, text.encode("utf-8", "backslashreplace").decode()) for name, text in report.sections]
    return report


@pytest.fixture(autouse=True)
def _no_settings_from_outside(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in os.environ:
        if name.startswith("DETENTION_GRAPH_") and not name.startswith("DETENTION_GRAPH_TEST_"):
            monkeypatch.delenv(name)
    monkeypatch.setenv("DETENTION_GRAPH_ALLOWED_HOSTS", "testserver")  # the name that Starlette's test client sends


@pytest.fixture(scope="session", autouse=True)
def _servers_of_tests() -> Iterator[None]:
    """Give every private Neo4j that this process starts the flags and settings of tests; its own are tested in ``test_layout``."""
    product = layout.neo4j_conf

    def neo4j_conf(of: Layout, *, port: int, memory: Memory) -> str:
        kept = "".join(f"{name}={value}\n" for name, value in KEPT_PLANS.items())
        return product(of, port=port, memory=memory) + kept

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(layout, "JVM_FLAGS", (*(one for one in layout.JVM_FLAGS if "GC" not in one), *QUICK_JAVA))
        patched.setattr(layout, "neo4j_conf", neo4j_conf)
        yield


@pytest.fixture(scope="session")
def jar_cache() -> Path:
    """Return the folder with the jars of Neo4j that the product itself uses: they are fetched once a machine."""
    return Path(platformdirs.user_cache_dir("detention-graph"))


@pytest.fixture(scope="session")
def endpoint(tmp_path_factory: pytest.TempPathFactory, jar_cache: Path) -> Iterator[Endpoint]:
    """Yield a real Neo4j."""
    with ExitStack() as until_the_end:
        yield (
            _given()
            or _in_container(until_the_end)
            or until_the_end.enter_context(
                open_embedded(
                    uri="",
                    user="neo4j",
                    password=NOTHING,
                    database="neo4j",
                    home=tmp_path_factory.mktemp("neo4j-home"),
                    cache=jar_cache,
                    memory=Memory(heap=1024, page_cache=128),
                )
            )
        )


def _given() -> Endpoint | None:
    uri = os.environ.get("DETENTION_GRAPH_TEST_URI", "")
    user = os.environ.get("DETENTION_GRAPH_TEST_USER", "neo4j")
    password = SecretStr(os.environ.get("DETENTION_GRAPH_TEST_PASSWORD", ""))
    return Endpoint(uri, user, password, "neo4j") if uri else None


def _in_container(until_the_end: ExitStack) -> Endpoint | None:
    if not _docker_answers():
        return None
    from testcontainers.core.container import DockerContainer

    password = secrets.token_hex(12)  # Neo4j takes one that starts with - for an option
    container = (
        DockerContainer(IMAGE)
        .with_exposed_ports(7687)
        .with_envs(NEO4J_AUTH=f"neo4j/{password}", **_in_environment({**MEMORY, **KEPT_PLANS}))
    )
    until_the_end.enter_context(container)
    host, port = container.get_container_host_ip(), int(container.get_exposed_port(7687))
    address = Address(f"bolt://{host}:{port}", "neo4j", password)
    deadline = time.monotonic() + 180
    while not (answers(port, host=host) and _is_asked(address)):
        assert time.monotonic() < deadline, f"{IMAGE} does not answer at {host}:{port}"
        time.sleep(0.2)
    return Endpoint(address.uri, address.user, SecretStr(password), address.database)


def _in_environment(settings: Mapping[str, str]) -> dict[str, str]:
    """Return settings of Neo4j as its image reads them."""
    return {f"NEO4J_{name.replace('_', '__').replace('.', '_')}": value for name, value in settings.items()}


def _is_asked(address: Address) -> bool:
    """Say whether a question is answered: Bolt speaks long before the database does."""
    try:
        with open_database(address) as store:
            return bool(store.read(Statement("RETURN 1", {}, "is-asked"), seconds=5))
    except DatabaseError:
        return False


def _docker_answers() -> bool:
    import docker  # type: ignore[import-untyped]
    from docker.errors import DockerException  # type: ignore[import-untyped]

    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)  # docker leaves a socket open when nobody answers
        try:
            with closing(docker.from_env(timeout=2)) as client:
                return bool(client.ping())
        except (DockerException, OSError):
            return False
        finally:
            gc.collect()


@pytest.fixture(scope="session")
def live(endpoint: Endpoint) -> Iterator[LiveGraph]:
    """Yield the graph of the session, whatever it holds. A given database that holds records of somebody else is not touched."""
    address = Address(endpoint.uri, endpoint.user, endpoint.password.get_secret_value(), endpoint.database)
    with open_database(address) as store:
        migrate(store)
        foreign = "MATCH (n:Record) WHERE NOT EXISTS { (:TestGraph) } RETURN count(n)"
        if store.read(Statement(foreign, {}, "foreign"))[0][0]:
            pytest.exit(
                "the database at DETENTION_GRAPH_TEST_URI holds records; tests would delete them. Give an empty one.", 2
            )
        store.change_schema("MERGE (:TestGraph)")
        yield LiveGraph(store)


@pytest.fixture
def graph(live: LiveGraph) -> LiveGraph:
    """Return the graph of the session, empty."""
    live.wipe()
    return live


@pytest.fixture
def seeded(live: LiveGraph) -> LiveGraph:
    """Return the graph of the session with the real seeds; do not change it."""
    live.hold_seeds()
    return live


@pytest.fixture(scope="module")
def real_seeds(live: LiveGraph) -> LiveGraph:
    """Return the graph of the session with the real seeds, for the fixtures of a module in which no test changes it."""
    live.hold_seeds()
    return live
