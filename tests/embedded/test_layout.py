"""The configuration that a private Neo4j is given."""

from __future__ import annotations

from pathlib import Path

import pytest

from graph_api.embedded.layout import MIB, Layout, Memory, argument_file, memory_for, neo4j_conf, server_arguments

LAYOUT = Layout(Path("/home/reader/graph"))
MEMORY = Memory(heap=1024, page_cache=512)


def conf() -> dict[str, str]:
    text = neo4j_conf(LAYOUT, port=17687, memory=MEMORY)
    return dict(line.split("=", 1) for line in text.splitlines())


def test_only_bolt_listens_and_only_on_this_machine() -> None:
    listening = {name: value for name, value in conf().items() if name.endswith(("enabled", "address"))}
    assert listening["server.bolt.listen_address"] == "127.0.0.1:17687"
    assert listening["server.default_listen_address"] == "127.0.0.1"
    assert listening["server.http.enabled"] == listening["server.https.enabled"] == "false"


@pytest.mark.parametrize("name", ["dbms.usage_report", "dbms.fleet_manager", "server.fleet_discovery"])
def test_nothing_calls_out(name: str) -> None:
    assert conf()[f"{name}.enabled"] == "false"


def test_user_and_password_are_asked_for() -> None:
    assert conf()["dbms.security.auth_enabled"] == "true"


def test_every_folder_is_below_the_home() -> None:
    folders = [value for name, value in conf().items() if name.startswith("server.directories.")]
    assert len(folders) == 5
    assert all(Path(folder).is_relative_to(LAYOUT.home) for folder in folders)


def test_transactions_leave_part_of_the_heap_free() -> None:
    assert conf()["dbms.memory.transaction.total.max"] == "716m"
    assert conf()["db.memory.transaction.max"] == "512m"


@pytest.mark.parametrize("gib", [1, 2, 4, 8, 16, 512])
def test_memory_fits_the_machine(gib: int) -> None:
    memory = memory_for(gib * 1024 * MIB)
    assert memory.heap + memory.page_cache <= max(640, gib * 1024 // 3)
    assert memory.heap <= 1024


def test_arguments_with_spaces_and_backslashes_survive() -> None:
    assert argument_file(["-cp", r"C:\a b.jar"]) == '"-cp"\n"C:\\\\a b.jar"\n'


def test_server_is_given_heap_class_path_and_folders() -> None:
    arguments = server_arguments(LAYOUT, [Path("/x/a.jar"), Path("/x/b.jar")], MEMORY)
    assert arguments[:2] == ("-cp", "/x/a.jar:/x/b.jar")
    assert "-Xmx1024m" in arguments
    assert f"--home-dir={LAYOUT.root}" in arguments
