"""The pages in a real browser, over the real server and the real data, with script and without.

Driven by Node with what ``ide/package-lock.json`` names (``make browser-test``). Skipped where that or a Chromium is not there, unless
DETENTION_GRAPH_TEST_BROWSER says that a skipped test is a failed one, as ``make browser-test`` does.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest

from graph_api.embedded import Endpoint
from tests.browser.test_graphiql import MISSING
from tests.browser.visits import IS_REQUIRED, visited
from tests.helpers.graphs import LiveGraph

WIDTHS, SCHEMES = (1280, 768, 390), ("light", "dark")
ERRORS = {"/nothing-here": 404, "/people?colour=red": 400}
PICTURED = ("start", "people-maksym-butkevych", "exchanges-exchange-2025-01-15", "differences", "map")

pytestmark = [
    pytest.mark.live,
    pytest.mark.slow,
    pytest.mark.skipif(bool(MISSING) and not IS_REQUIRED, reason="not here: " + ", ".join(MISSING)),
]


@pytest.fixture(scope="module")
def visit(endpoint: Endpoint, live: LiveGraph, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """Return what happened in the browser; the screenshots are kept where DETENTION_GRAPH_TEST_SCREENSHOTS says."""
    kept = os.environ.get("DETENTION_GRAPH_TEST_SCREENSHOTS")
    folder = Path(kept) if kept else tmp_path_factory.mktemp("screenshots")
    return visited("pages.mjs", endpoint, live, folder)


def test_a_name_in_another_script_is_suggested_and_its_page_is_two_keystrokes_away(visit: dict[str, Any]) -> None:
    assert visit["suggestions"][0].startswith("Victoriia Roshchyna")
    assert visit["suggestions"][0].endswith(", person"), "a person is told apart from an article about them"
    assert visit["opened"] == "/people/victoriia-roshchyna"


def test_words_that_are_searched_for_stand_where_no_server_sees_them(visit: dict[str, Any]) -> None:
    assert visit["findAddress"] == "/find#Butkevych"
    assert visit["found"] == visit["foundAgain"] == "Maksym Butkevych"
    assert [
        url for _, url in visit["requests"] if "utkevych" in url and "/people/" not in url and "/id/" not in url
    ] == []


def test_everything_works_without_script(visit: dict[str, Any]) -> None:
    plain = visit["plain"]
    assert (plain["address"], plain["first"]) == ("/find", "Victoriia Roshchyna")
    assert plain["person"] == "/people/victoriia-roshchyna"
    assert "category=CIVILIAN" in plain["filtered"]
    assert "sex=FEMALE" in plain["filtered"]
    assert plain["caption"].startswith(f"{plain['rows']} record")
    assert plain["uk"] == "Максим Буткевич"


def test_a_record_is_chosen_with_keys_and_a_screen_reader_hears_what_is_offered(visit: dict[str, Any]) -> None:
    picker = visit["picker"]
    assert picker["closed"] == {"expanded": "false", "active": None, "selected": None}
    assert picker["offered"] == ["Izolyatsia, Donetsk (Ізоляція)"], (
        "no source of that name, which is no place of detention"
    )
    assert picker["announced"] == "Records found: 1"
    assert picker["open"] == {"expanded": "true", "active": picker["offered"][0], "selected": "true"}
    assert picker["escaped"] == {**picker["closed"], "value": "Ізоляція"}
    assert picker["last"]["selected"] == "true"
    assert picker["chosen"] == {**picker["closed"], "value": "site-izolyatsia", "announced": picker["offered"][0]}
    assert picker["sent"] == "/questions/who-was-held-at-a-site?site=site-izolyatsia"


def test_a_name_that_is_typed_into_a_form_of_a_question_is_in_no_address(visit: dict[str, Any]) -> None:
    unsent = visit["picker"]["unsent"]
    assert unsent == {"address": "/questions/who-was-held-at-a-site", "words": "Choose a record from the list."}


def test_records_are_offered_by_id_without_script(visit: dict[str, Any]) -> None:
    assert "site-izolyatsia" in visit["picker"]["plainly"]
    assert visit["picker"]["sentPlainly"] == visit["picker"]["sent"]


@pytest.mark.parametrize("scripting", ["script", "plain"])
def test_counts_by_property_are_opened_with_keys_and_lead_to_as_many_rows(
    visit: dict[str, Any], scripting: str
) -> None:
    found = visit["counts"][scripting]
    assert {"Sex", "Year of what is reported"} <= set(found["headings"])
    assert found["rows"] == found["count"] > 1
    assert found["announced"] == ("The counts are shown" if scripting == "script" else None)


def test_axe_finds_no_violation_in_an_open_picker_and_open_counts(visit: dict[str, Any]) -> None:
    assert visit["picker"]["audit"]["violations"] == []
    assert visit["counts"]["script"]["audit"]["violations"] == []


def test_the_keyboard_reaches_everything_and_first_the_way_to_the_content(visit: dict[str, Any]) -> None:
    assert visit["keyboard"]["first"] == "skip"
    assert visit["focusable"]
    assert visit["targets"] == []


def test_the_browser_asks_nobody_but_this_server(visit: dict[str, Any]) -> None:
    assert len(visit["requests"]) >= 100
    assert [url for _, url in visit["requests"] if not url.startswith(f"{visit['address']}/")] == []
    posted = {url.removeprefix(visit["address"]) for method, url in visit["requests"] if method != "GET"}
    assert posted == {"/find", "/find.json", "/uk/find"}


def test_nothing_goes_wrong_and_nothing_is_forbidden_by_the_policy(visit: dict[str, Any]) -> None:
    assert [one for one in visit["console"] if not {"400", "404"} & set(one.split())] == []  # the pages that are errors
    assert visit["pageErrors"] == []


@pytest.mark.parametrize("state", ["light", "dark", "uk", "narrow"])
def test_axe_finds_no_violation_on_any_page(visit: dict[str, Any], state: str) -> None:
    pages = visit["axe"][state]
    assert min(one["passes"] for one in pages.values()) >= 20, "axe would hold of nothing"
    assert {path: one["violations"] for path, one in pages.items() if one["violations"]} == {}


def test_every_page_is_there_without_script(visit: dict[str, Any]) -> None:
    assert {path: status for path, (status, _, _) in visit["plainly"].items() if status != 200} == ERRORS
    assert {path for path, (_, headings, length) in visit["plainly"].items() if headings != 1 or length < 50} == set()


def test_a_window_of_320_pixels_at_400_percent_needs_no_scrolling_sideways(visit: dict[str, Any]) -> None:
    assert {where: wider for where, wider in visit["wider"].items() if wider > 0} == {}


def test_screenshots_are_taken(visit: dict[str, Any]) -> None:
    for name in PICTURED:
        for width in WIDTHS:
            for scheme in SCHEMES:
                assert (visit["folder"] / f"{name}-{width}-{scheme}.png").stat().st_size > 10_000
