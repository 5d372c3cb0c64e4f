"""Wheel and source distribution: built from the tree, complete, installed in an empty environment as the lock says, and started there."""

from __future__ import annotations

import http.client
import os
import shutil
import socket
import subprocess
import sys
import tarfile
import time
import tomllib
import venv
import zipfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from graph_api import __version__
from graph_api.embedded import Endpoint
from tests.architecture.source import ROOT
from tests.helpers.graphs import LiveGraph

pytestmark = pytest.mark.slow

BUILT_FROM = ("graph_api", "cypher", "seeds", "docs", "tests", "bench", "containers", "ide")
FILES = (
    "pyproject.toml",
    "README.md",
    "CHANGELOG.md",
    "SECURITY.md",
    "LICENSE",
    "NOTICE",
    "Makefile",
    "Dockerfile",
    "docker-compose.yml",
)


@pytest.fixture(scope="module")
def distributions(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Build wheel and source distribution from a copy of the tree; return their paths."""
    tree, out = tmp_path_factory.mktemp("tree"), tmp_path_factory.mktemp("dist")
    left_out = shutil.ignore_patterns("__pycache__", "node_modules")
    for folder in BUILT_FROM:
        shutil.copytree(ROOT / folder, tree / folder, ignore=left_out)
    for file in (*FILES, *(path.name for path in ROOT.glob("requirements*.lock"))):
        shutil.copy(ROOT / file, tree / file)
    run([sys.executable, "-m", "hatchling", "build", "--directory", str(out)], cwd=tree)
    [wheel], [sdist] = out.glob("*.whl"), out.glob("*.tar.gz")
    return wheel, sdist


def test_the_wheel_holds_the_package_its_data_and_its_licences(distributions: tuple[Path, Path]) -> None:
    names = set(zipfile.ZipFile(distributions[0]).namelist())
    package = {path.relative_to(ROOT).as_posix() for path in (ROOT / "graph_api").rglob("*") if is_source(path)}
    data = {
        f"graph_api/_data/{path.relative_to(ROOT).as_posix()}"
        for folder in ("cypher", "seeds")
        for path in (ROOT / folder).rglob("*")
        if path.is_file()
    }
    assert package | data <= names
    info = f"detention_graph-{__version__}.dist-info"
    assert {f"{info}/licenses/{name}" for name in ("LICENSE", "NOTICE", "seeds/LICENSE.md")} <= names
    assert {name.partition("/")[0] for name in names} == {"graph_api", info}


def test_the_source_distribution_holds_what_a_build_and_the_tests_need(distributions: tuple[Path, Path]) -> None:
    with tarfile.open(distributions[1]) as archive:
        names = {name.partition("/")[2] for name in archive.getnames()}
    assert set(FILES) <= names
    tracked = {
        path.relative_to(ROOT).as_posix()
        for folder in BUILT_FROM
        for path in (ROOT / folder).rglob("*")
        if is_source(path)
    }
    assert tracked - names == set()


def test_what_is_declared_is_what_is_imported() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert project["license-files"] == ["LICENSE", "NOTICE", "seeds/LICENSE.md"]
    assert f"## [{__version__}]" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def installed(distributions: tuple[Path, Path], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Install the wheel into an empty environment, with the dependencies of the lock; return the folder of its programs."""
    home = tmp_path_factory.mktemp("empty")
    venv.create(home, with_pip=True)
    python = home / "bin" / "python"
    install = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    run([*install, "--require-hashes", "-r", str(ROOT / "requirements.lock")])
    run([*install, "--no-index", "--no-deps", str(distributions[0])])
    return home / "bin"


def test_an_installed_wheel_says_its_version_and_its_schema(installed: Path, tmp_path: Path) -> None:
    program = str(installed / "detention-graph")
    assert run([program, "--version"], cwd=tmp_path).strip().endswith(__version__)
    assert "type Query" in run([program, "schema"], cwd=tmp_path)


def test_an_installed_wheel_finds_its_seeds_correct(installed: Path, tmp_path: Path) -> None:
    where = "import graph_api, pathlib; print(pathlib.Path(graph_api.__file__).parent / '_data' / 'seeds')"
    seeds = run([str(installed / "python"), "-c", where], cwd=tmp_path).strip()
    assert Path(seeds).is_relative_to(installed.parent)
    run([str(installed / "detention-graph"), "validate", seeds], cwd=tmp_path)


@pytest.mark.live
def test_an_installed_wheel_serves_a_graph(
    installed: Path, live: LiveGraph, endpoint: Endpoint, tmp_path: Path
) -> None:
    assert live.store
    with closing(socket.socket()) as free:
        free.bind(("127.0.0.1", 0))
        port = int(free.getsockname()[1])
    settings = {
        "DETENTION_GRAPH_NEO4J_URI": endpoint.uri,
        "DETENTION_GRAPH_NEO4J_USER": endpoint.user,
        "DETENTION_GRAPH_NEO4J_PASSWORD": endpoint.password.get_secret_value(),
    }
    with serving([str(installed / "detention-graph"), "serve", "--port", str(port)], settings, tmp_path):
        assert answer(port, "GET", "/livez", "")[0] == 200
        status, text = answer(port, "POST", "/graphql", '{"query": "{ people(first: 1) { totalCount } }"}')
        assert (status, '"totalCount"' in text) == (200, True)


def run(command: list[str], cwd: Path | None = None) -> str:
    """Run a program without this environment's packages; return what it printed, and fail with what it said if it failed."""
    done = subprocess.run(command, cwd=cwd, capture_output=True, text=True, check=False, env=plain_environment())
    assert done.returncode == 0, f"{command}\n{done.stdout[-2000:]}\n{done.stderr[-2000:]}"
    return done.stdout


def plain_environment() -> dict[str, str]:
    return {
        name: value for name, value in os.environ.items() if name not in {"PYTHONPATH", "VIRTUAL_ENV", "PYTHONHOME"}
    }


@contextmanager
def serving(command: list[str], settings: dict[str, str], folder: Path) -> Iterator[None]:
    process = subprocess.Popen(
        command, cwd=folder, env=plain_environment() | settings, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        yield
    finally:
        process.terminate()
        process.wait(30)


def answer(port: int, method: str, path: str, body: str) -> tuple[int, str]:
    """Send a request, repeated for up to 30 s while nothing listens."""
    deadline = time.monotonic() + 30
    while True:
        try:
            with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=10)) as connection:
                connection.request(method, path, body, {"Content-Type": "application/json"})
                response = connection.getresponse()
                return response.status, response.read().decode()
        except OSError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.2)


def is_source(path: Path) -> bool:
    return path.is_file() and not {"__pycache__", "_data", "node_modules"} & set(path.parts)
