"""The public graph, and every page, count, id, error and file, equal those of seeds in which what is restricted never stood. Made-up people only.

``attacks.yaml`` has the attacks on a public edition, each with the rule against it and what it yields.
"""

from __future__ import annotations

import json
import logging
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import yaml
from fastapi.testclient import TestClient

from graph_api.settings import Settings
from graph_api.web.app import create_app
from tests.harm.public_requests import Request, every_request
from tests.helpers.graphs import LiveGraph
from tests.ingest.texts import contents, write

pytestmark = [pytest.mark.live, pytest.mark.slow]  # two graphs, each asked more than five hundred requests

ATTACKS_FILE = Path(__file__).with_name("attacks.yaml").read_text("utf-8")
RICH = Path(__file__).parents[1] / "integration" / "graphql" / "rich.yaml"
ATTACKS: list[dict[str, Any]] = yaml.safe_load(ATTACKS_FILE)["attacks"]
INSTEAD = {
    "rich-iryna": "atk-olena",
    "rich-petro": "atk-taras",
    "rich-sizo": "atk-sizo",
    "rich-detention": "atk-olena-seen",
}
"""Ids in the operations over every field, and those of people within reach of whom something is held back."""


def seeds(side: str) -> dict[str, list[Any]]:
    """Return what one of the two graphs holds beside ``rich.yaml``."""
    own = yaml.load(ATTACKS_FILE, yaml.BaseLoader)  # noqa: S506 - it makes nothing but texts, lists and mappings
    found: dict[str, list[Any]] = {}
    for sections in (own["common"], *(attack.get(side, {}) for attack in own["attacks"])):
        for name, entries in sections.items():
            found.setdefault(name, []).extend(entries)
    return found


def ids_of(side: str) -> list[str]:
    return sorted({one if isinstance(one, str) else one["id"] for entries in seeds(side).values() for one in entries})


@dataclass(frozen=True)
class Edition:
    """What one of the two graphs holds, and what it answers to every request."""

    contents: list[str]
    answers: dict[str, Any]
    metrics: list[str]
    log: str


@pytest.fixture(scope="module")
def editions(live: LiveGraph, tmp_path_factory: pytest.TempPathFactory) -> tuple[Edition, Edition]:
    """Return the two graphs' answers, of the one with and of the one without what is held back."""
    folder = tmp_path_factory.mktemp("editions")
    return _edition(live, folder, "with"), _edition(live, folder, "without")


def _edition(live: LiveGraph, folder: Path, side: str) -> Edition:
    live.wipe()
    live.load([RICH, write(folder, yaml.safe_dump(seeds(side), allow_unicode=True, sort_keys=False))])
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
    try:
        with TestClient(app, base_url="http://localhost", follow_redirects=False) as client:
            requests = [Request.parse(ask["ask"]) for attack in ATTACKS for ask in attack["asks"]]
            requests += every_request(app, ids_of("with"), INSTEAD)
            answers = {repr(one): one.send(client) for one in requests}
            metrics = [
                line for line in client.get("/metrics").text.splitlines() if not re.search("second|created|plan", line)
            ]
    finally:
        logger.removeHandler(handler)
    held = [one for one in contents(live) if not one.startswith('[["Withheld"]')]  # digests that no request reads
    return Edition(held, answers, metrics, "\n".join(written))


def test_the_graph_holds_what_one_holds_in_which_that_never_stood(editions: tuple[Edition, Edition]) -> None:
    having, lacking = editions
    assert [one for one in having.contents if one not in lacking.contents] == []
    assert [one for one in lacking.contents if one not in having.contents] == []


def test_every_request_is_answered_byte_for_byte_alike(editions: tuple[Edition, Edition]) -> None:
    having, lacking = editions
    differing = [one for one, answer in having.answers.items() if answer != lacking.answers[one]]
    assert differing == []
    statuses = [status for status, _, _ in having.answers.values()]
    assert statuses.count(200) > 200
    assert statuses.count(404) > 100
    assert not [one for one, (status, _, _) in having.answers.items() if status >= 500]


def test_metrics_and_log_are_alike_and_hold_no_id(editions: tuple[Edition, Edition]) -> None:
    having, lacking = editions
    assert having.metrics == lacking.metrics
    assert "atk-" not in having.log + "".join(having.metrics)


ASKS = [(attack["attack"], ask) for attack in ATTACKS for ask in attack["asks"]]


@pytest.mark.parametrize(("attack", "ask"), ASKS, ids=[f"{attack}: {ask['ask'][:40]}" for attack, ask in ASKS])
def test_an_attack_yields_what_is_public_and_no_more(
    editions: tuple[Edition, Edition], attack: str, ask: dict[str, Any]
) -> None:
    status, _, body = editions[0].answers[repr(Request.parse(ask["ask"]))]
    found: Any = json.loads(body).get("data") if isinstance(ask["yields"], dict) else status
    assert found == ask["yields"], json.loads(body) if found is None else attack


HANDOVER = """
events:
  - id: atk-taras-back
    kind: exchange
    date: 2024-02
    participants: [{who: atk-taras, side: rich-ua}]
    cite: {source: atk-report, at: ¶9}
"""


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
