"""The page at /graphiql in a real browser, over the real server and the real data: what a reader sees, and whom the browser asks.

Driven by Node with what ``ide/package-lock.json`` names (``make ide-test``); skipped where that or a Chromium is not there, because neither is
needed to install, run or test anything else.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from graph_api.embedded import Endpoint
from tests.helpers import faults, ide
from tests.helpers.cookbook import recipes
from tests.helpers.graphs import LiveGraph

MODULES = ide.ROOT / "ide"
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
CHROMIUM = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, BROWSERS)), None)
NODE = shutil.which("node")
MISSING = [
    words
    for words, there in (
        ("node", NODE),
        ("a Chromium (CHROMIUM can name it)", CHROMIUM),
        ("ide/node_modules (make ide-test installs them)", (MODULES / "node_modules" / "playwright-core").is_dir()),
    )
    if not there
]

pytestmark = [
    pytest.mark.live,
    pytest.mark.slow,
    pytest.mark.skipif(bool(MISSING), reason="not here: " + ", ".join(MISSING)),
]


@pytest.fixture(scope="module")
def visit(endpoint: Endpoint, live: LiveGraph, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """Return what happened in the browser; the screenshots are kept where DETENTION_GRAPH_TEST_SCREENSHOTS says."""
    live.hold_seeds()
    kept = os.environ.get("DETENTION_GRAPH_TEST_SCREENSHOTS")
    folder = Path(kept) if kept else tmp_path_factory.mktemp("screenshots")
    with faults.api(faults.at(endpoint)) as (_, address):
        done = subprocess.run(
            [str(NODE), str(Path(__file__).with_name("graphiql.mjs")), address, str(folder)],
            env={**os.environ, "MODULES": str(MODULES), "CHROMIUM": str(CHROMIUM)},
            capture_output=True,
            text=True,
            timeout=240,
            check=False,
        )
    assert done.returncode == 0, done.stderr[-4000:]
    seen: dict[str, Any] = json.loads(done.stdout)
    return {**seen, "address": address, "folder": folder}


def test_who_opens_the_address_finds_the_questions_in_words(visit: dict[str, Any]) -> None:
    first = [question for question, _ in ide.first_questions()]
    assert visit["url"] == f"{visit['address']}/graphiql"
    assert visit["tabs"] == first
    assert sorted(visit["questions"]) == sorted([*first, *(recipe.question for recipe in recipes())])


def test_the_headline_question_is_answered_from_its_tab(visit: dict[str, Any]) -> None:
    answer = json.loads(visit["answer"])["data"]["sequences"]
    assert answer["totalCount"] == 21
    assert "Bohdan Kovalchuk" in {node["person"]["name"] for node in answer["nodes"]}


def test_a_question_of_the_cookbook_is_found_opened_and_answered_with_its_variables(visit: dict[str, Any]) -> None:
    [recipe] = [one for one in recipes() if "in absentia" in one.question]
    assert visit["opened"] == recipe.question
    assert json.loads(visit["cookbookAnswer"])["data"] == json.loads(recipe.answer.read_text("utf-8"))


def test_tabs_outlive_a_reload_and_not_the_tab_of_the_browser(visit: dict[str, Any]) -> None:
    assert visit["tabsAfterReload"] == [*visit["tabs"], visit["opened"]]
    assert visit["keptForEver"] == []


def test_the_keyboard_leaves_an_editor_with_escape_and_tab_and_the_page_says_so(visit: dict[str, Any]) -> None:
    assert visit["tabStays"]
    assert visit["escapeLeaves"]
    assert "Esc, then Tab leaves an editor" in visit["footer"]


def test_the_documentation_begins_with_ten_types_in_words(visit: dict[str, Any]) -> None:
    types = dict(visit["firstTypes"])
    assert len(types) == 10
    assert next(iter(types.items())) == ("Person", "A person known by name.")
    assert all(types.values())


def test_a_name_typed_into_a_string_is_offered_as_an_id_and_reaches_no_address(visit: dict[str, Any]) -> None:
    ids = visit["ids"]
    assert ids["query"][0] == "maksym-butkevych: Maksym Butkevych (Максим Буткевич)"
    assert ids["chosen"].startswith('{ node(id: "maksym-butkevych')
    assert ids["variables"][0].startswith("victoriia-roshchyna: Victoriia Roshchyna")
    assert ids["chosenVariable"].startswith('{"id": "victoriia-roshchyna')
    assert [url for _, url in visit["requests"] if "Roshch" in url] == []


def test_an_operation_is_a_link_that_reaches_no_server(visit: dict[str, Any]) -> None:
    assert json.loads(visit["linkedAnswer"])["data"]["people"]["totalCount"] > 50
    assert visit["linkBack"] == visit["linkGiven"]
    assert [url for _, url in visit["requests"] if "Linked" in url.partition("#")[0]] == []


def test_the_browser_asks_nobody_but_this_server(visit: dict[str, Any]) -> None:
    assert len(visit["requests"]) >= 8
    assert [url for _, url in visit["requests"] if not url.startswith(f"{visit['address']}/")] == []
    assert {url for method, url in visit["requests"] if method != "GET"} == {f"{visit['address']}/graphql"}


def test_nothing_goes_wrong_and_nothing_is_forbidden_by_the_policy(visit: dict[str, Any]) -> None:
    assert visit["console"] == []
    assert visit["pageErrors"] == []


@pytest.mark.parametrize("state", ["light", "cookbook", "types", "documentation", "settings", "dark", "ids", "narrow"])
def test_axe_finds_no_violation(visit: dict[str, Any], state: str) -> None:
    assert visit["axe"][state]["passes"] >= 30, "axe would hold of nothing"
    assert visit["axe"][state]["violations"] == []


def test_a_narrow_window_needs_no_scrolling_sideways(visit: dict[str, Any]) -> None:
    assert visit["wider"] <= 0


def test_screenshots_are_taken(visit: dict[str, Any]) -> None:
    for name in ("graphiql.png", "graphiql-dark.png", "graphiql-narrow.png"):
        assert (visit["folder"] / name).stat().st_size > 10_000
