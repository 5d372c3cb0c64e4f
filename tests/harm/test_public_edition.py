"""The public graph, and every page, count, id, error and file, equal those of seeds in which what is restricted never stood. Made-up people only.

``attacks.yaml`` has the attacks on a public edition, each with the rule against it and what it yields.
"""

from __future__ import annotations

import json
import logging
import re
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

import pytest
import yaml
from fastapi.testclient import TestClient

from graph_api.embedded import Endpoint
from graph_api.ingest.as_of import store_versions
from graph_api.ingest.load import check
from graph_api.settings import Settings
from graph_api.web.app import create_app
from tests.cli.test_commands import at
from tests.harm.command_requests import ANSWERING, OTHERS, Command, command_names, commands
from tests.harm.page_requests import STRANGERS, WORDS, page_requests
from tests.harm.public_requests import AS_OF, TABLES, Request, graphql_requests, sample
from tests.helpers.graphs import EXECUTOR, LiveGraph
from tests.helpers.yaml_text import load_texts, load_yaml
from tests.ingest.texts import contents, write

ATTACKS_FILE = Path(__file__).with_name("attacks.yaml").read_text("utf-8")
RICH = Path(__file__).parents[1] / "integration" / "graphql" / "rich.yaml"
ATTACKS: list[dict[str, Any]] = load_yaml(ATTACKS_FILE)["attacks"]
INSTEAD = {
    "rich-iryna": "atk-olena",
    "rich-petro": "atk-taras",
    "rich-sizo": "atk-sizo",
    "rich-detention": "atk-olena-seen",
}
"""Ids in the operations over every field, and those of people within reach of whom something is held back."""
RICH_IDS: Final = 3
"""How many records of each section of ``rich.yaml`` requests are about."""


def seeds(side: str) -> dict[str, list[Any]]:
    """Return what one of the two graphs holds beside ``rich.yaml``."""
    own = load_texts(ATTACKS_FILE)
    found: dict[str, list[Any]] = {}
    for sections in (own["common"], *(attack.get(side, {}) for attack in own["attacks"])):
        for name, entries in sections.items():
            found.setdefault(name, []).extend(entries)
    return found


def ids_of(side: str) -> dict[str, list[str]]:
    """Return the ids of a side by section, those of records first that are there or that requests are about."""
    found = {
        section: [one if isinstance(one, str) else str(one["id"]) for one in entries]
        for section, entries in seeds(side).items()
    }
    for section, block in re.findall(r"(?ms)^(\w+):\n(.*?)(?=^\w|\Z)", RICH.read_text("utf-8")):
        found.setdefault(section, []).extend(re.findall(r"(?m)^  - {?id: ([\w-]+)", block)[:RICH_IDS])
    return found


def restricted_ids() -> list[str]:
    """Return the ids that stand in the seed files, and of which the public must not learn."""
    with_, without = (yaml.safe_dump(seeds(side)) for side in ("with", "without"))
    return sorted(set(re.findall(r"\batk-[a-z-]+", with_)) - set(re.findall(r"\batk-[a-z-]+", without)))


def public_claims(folder: Path, side: str) -> tuple[set[str], dict[str, Any]]:
    """Return what a load for the public would store of a side: claims as texts, and records by id."""
    _, batch = check([RICH, write(folder / side, yaml.safe_dump(seeds(side), allow_unicode=True, sort_keys=False))])
    return {repr(replace(one, unit="")) for one in batch.claims}, dict(batch.records)


def test_claims_and_records_for_the_public_are_those_of_seeds_without_what_is_held_back(tmp_path: Path) -> None:
    claims, records = public_claims(tmp_path, "with")
    other_claims, other_records = public_claims(tmp_path, "without")
    assert claims ^ other_claims == set()
    assert {one for one in {*records, *other_records} if records.get(one) != other_records.get(one)} == set()


@dataclass(frozen=True)
class Edition:
    """What one of the two graphs holds, and what it answers to every request and command."""

    contents: list[str]
    answers: dict[str, Any]
    metrics: list[str]
    log: str


@pytest.fixture(scope="module", params=["sample", pytest.param("whole", marks=pytest.mark.slow)])
def editions(
    request: pytest.FixtureRequest, live: LiveGraph, endpoint: Endpoint, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Edition, Edition]:
    """Return the two graphs' answers, of the one with and of the one without what is held back; to one request of each kind, or to all."""
    folder, env = tmp_path_factory.mktemp("editions"), at(endpoint)
    is_whole = request.param == "whole"
    return _edition(live, folder, env, "with", is_whole), _edition(live, folder, env, "without", is_whole)


def _is_alike(request: Request) -> bool:
    """Whether a request is for what another one of the sample is for, in another language or form."""
    return request.path.startswith("/uk") or (
        request.path.partition("?")[0].endswith(".json") and "{id}" not in request.kind
    )


def _edition(live: LiveGraph, folder: Path, env: dict[str, str], side: str, is_whole: bool) -> Edition:
    live.wipe()
    live.load([RICH, write(folder, yaml.safe_dump(seeds(side), allow_unicode=True, sort_keys=False))], ahead=True)
    store_versions(live.store)
    written: list[str] = []
    handler = logging.Handler()
    handler.emit = lambda record: written.append(record.getMessage())  # type: ignore[method-assign]
    logger = logging.getLogger("graph_api")
    logger.addHandler(handler)
    settings = Settings(
        cost_limit=10**9,
        planning_limit=10**9,
        alias_limit=1000,
        query_seconds=120,  # a busy machine says nothing of the graph
        queue_timeout=120,
        planning_timeout=120,
        native_bolt=False,
    )
    app = create_app(live.store, settings)
    ids = ids_of("with")
    every = [one for section, some in ids.items() if section != "claims" for one in some if one.startswith("atk-")]
    asked = [*page_requests(app, ids), *graphql_requests(every, INSTEAD)]
    entered = list(commands(ids["people"][:5], [*every, *STRANGERS], WORDS))
    try:
        with TestClient(app, base_url="http://localhost", follow_redirects=False) as client:
            requests = [Request.parse(ask["ask"]) for attack in ATTACKS for ask in attack["asks"]]
            requests += asked if is_whole else [one for one in sample(asked) if not _is_alike(one)]
            answers: dict[str, Any] = {repr(one): one.send(client) for one in requests}
            metrics = [
                line
                for line in client.get("/metrics").text.splitlines()
                if not re.search("second|created|plan|documents", line)
            ]
    finally:
        logger.removeHandler(handler)
    answers |= {repr(one): one.run(env) for one in (entered if is_whole else sample(entered))}
    held = [one for one in contents(live) if not one.startswith('[["Withheld"]')]  # digests that no request reads
    return Edition(held, answers, metrics, "\n".join(written))


@pytest.mark.live
def test_the_graph_holds_what_one_holds_in_which_that_never_stood(editions: tuple[Edition, Edition]) -> None:
    having, lacking = editions
    assert [one for one in having.contents if one not in lacking.contents] == []
    assert [one for one in lacking.contents if one not in having.contents] == []


@pytest.mark.live
def test_every_request_and_command_is_answered_byte_for_byte_alike(editions: tuple[Edition, Edition]) -> None:
    having, lacking = editions
    differing = [one for one, answer in having.answers.items() if answer != lacking.answers[one]]
    assert differing == []
    statuses = [answer[0] for answer in having.answers.values()]
    assert statuses.count(200) > 100
    assert statuses.count(404) > 15
    assert not [one for one, answer in having.answers.items() if answer[0] >= 500]
    commands_done = [answer[0] for one, answer in having.answers.items() if one.startswith(Command.__name__)]
    assert commands_done.count(0) > len(commands_done) / 2


@pytest.mark.live
def test_no_answer_has_an_id_that_is_held_back(editions: tuple[Edition, Edition]) -> None:
    ids = restricted_ids()
    assert len(ids) > 10
    found = {
        (asked, one)
        for asked, answer in editions[0].answers.items()
        for one in ids
        if one.encode() in answer[-1] and one not in asked
    }
    assert found == set()


@pytest.mark.live
def test_metrics_and_log_are_alike_and_hold_no_id(editions: tuple[Edition, Edition]) -> None:
    having, lacking = editions
    assert having.metrics == lacking.metrics
    assert "atk-" not in having.log + "".join(having.metrics)


ASKS = [(attack["attack"], ask) for attack in ATTACKS for ask in attack["asks"]]


@pytest.mark.live
@pytest.mark.parametrize(("attack", "ask"), ASKS, ids=[f"{attack}: {ask['ask'][:40]}" for attack, ask in ASKS])
def test_an_attack_yields_what_is_public_and_no_more(
    editions: tuple[Edition, Edition], attack: str, ask: dict[str, Any]
) -> None:
    status, _, body = editions[0].answers[repr(Request.parse(ask["ask"]))]
    found: Any = json.loads(body).get("data") if isinstance(ask["yields"], dict) else status
    assert found == ask["yields"], json.loads(body) if found is None else attack


def test_every_command_is_asked_or_answers_nothing_about_records() -> None:
    assert command_names() == ANSWERING | OTHERS
    assert {one.words[0] for one in commands(["a"], ["b"], ["c"])} == ANSWERING


@pytest.mark.parametrize("text", [*AS_OF, *TABLES])
def test_lists_in_full_can_be_compiled(text: str) -> None:
    document = EXECUTOR.planner.document(text)
    EXECUTOR.planner.plan(document, document.operation(None), {})


HANDOVER = """
events:
  - id: atk-taras-back
    kind: exchange
    date: 2024-02
    participants: [{who: atk-taras, side: rich-ua}]
    cite: {source: atk-report, at: ¶9}
"""


@pytest.mark.live
@pytest.mark.slow
def test_two_editions_that_a_handover_lies_between_differ_in_nothing_about_anybody_else(
    live: LiveGraph, tmp_path: Path
) -> None:
    found: dict[str, set[str]] = {}
    for side in ("with", "without"):
        live.wipe()
        files = [RICH, write(tmp_path, yaml.safe_dump(seeds(side), allow_unicode=True, sort_keys=False))]
        live.load(files)
        live.load([write(tmp_path, HANDOVER, "b.yaml")])
        live.load(files)
        found[side] = {one for one in contents(live) if "atk-olena" in one}
    assert found["with"] == found["without"]
    assert not [one for one in found["with"] if "sizo" in one]
