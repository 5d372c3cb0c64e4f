"""What readers come for, in a real browser with script and without: twelve scenarios.

Of them 1, 2, 6 and 7 are in ``test_reader_pages`` and ``tests/web/test_pages.py``. Skipped where those of ``test_reader_pages`` are.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pypdf
import pytest

from graph_api.embedded import Endpoint
from tests.browser.test_graphiql import MISSING
from tests.browser.visits import IS_REQUIRED, visited
from tests.helpers.graphs import LiveGraph

pytestmark = [
    pytest.mark.live,
    pytest.mark.slow,
    pytest.mark.skipif(bool(MISSING) and not IS_REQUIRED, reason="not here: " + ", ".join(MISSING)),
]

SCRIPTING = pytest.mark.parametrize("scripting", ["script", "plain"])


@pytest.fixture(scope="module")
def visit(endpoint: Endpoint, live: LiveGraph, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """Return what happened in the browser."""
    return visited("scenarios.mjs", endpoint, live, tmp_path_factory.mktemp("scenarios"))


def words_of_pdf(path: str) -> str:
    return re.sub(r"\s+", " ", " ".join(page.extract_text() for page in pypdf.PdfReader(Path(path)).pages))


@SCRIPTING
def test_3_a_release_without_a_date_is_what_is_last_reported(visit: dict[str, Any], scripting: str) -> None:
    found = visit[scripting]["released"]
    assert "release" in found["status"].lower()
    assert "in custody" not in found["status"].lower()
    assert "release" in found["lines"][-1].lower()


@SCRIPTING
def test_4_both_dates_stand_on_the_page_and_on_paper_with_the_reason(visit: dict[str, Any], scripting: str) -> None:
    found = visit[scripting]["differing"]
    for words in (re.sub(r"\s+", " ", found["words"]), words_of_pdf(found["path"])):
        for part in ("September 2016", "31 August 2016", "not shown", "most origins, 2 against 1"):
            assert part in words, part


@SCRIPTING
def test_5_people_are_found_by_occupation_and_the_rows_are_as_many_as_the_page_says(
    visit: dict[str, Any], live: LiveGraph, scripting: str
) -> None:
    found = visit[scripting]["filtered"]
    query = "query Counted($where: PersonFilter) { people(where: $where) { totalCount } }"
    for name, where in {
        "occupation_contains=journalist": {"occupation": {"contains": "journalist"}},
        "category=CIVILIAN&sex=FEMALE": {"category": {"eq": "CIVILIAN"}, "sex": "FEMALE"},
    }.items():
        total = live.ask(query, {"where": where})["people"]["totalCount"]
        assert total > 5
        assert found[name] == {"caption": f"{total} records", "rows": total}, name
    assert found["category=CIVILIAN"]["rows"] > found["category=CIVILIAN&sex=FEMALE"]["rows"]


@SCRIPTING
def test_8_a_state_is_found_by_another_name_and_an_unknown_name_is_said_to_be_one(
    visit: dict[str, Any], scripting: str
) -> None:
    found = visit[scripting]["named"]
    assert found["opened"] == "/states/turkiye"
    assert found["mediated"] > 0
    assert "No record of this edition has a name like this." in found["Nowhereland"]
    assert "proves nothing" in found["Nowhereland"]
    assert "No record of this edition matches." in found["unknown"] or "nowhereland" in found["unknown"]


@SCRIPTING
def test_9_two_people_are_connected_by_rows_of_which_each_is_cited(visit: dict[str, Any], scripting: str) -> None:
    found = visit[scripting]["connected"]
    assert "Sentsov" not in found["address"]
    assert found["ways"]
    assert all("Sentsov" in way and "Kolchenko" in way for way in found["ways"])
    assert all(found["cited"])
    assert {one for cited in found["cited"] for one in cited} == set(found["references"])


@SCRIPTING
def test_10_towns_of_crimea_lie_in_ukraine_and_circles_and_rows_agree(visit: dict[str, Any], scripting: str) -> None:
    found = visit[scripting]["map"]
    circles = {one["words"]: one["states"] for one in found["circles"]}
    crimea = {words: states for words, states in circles.items() if words.startswith(("Simferopol", "Sevastopol"))}
    assert crimea
    assert set(map(tuple, crimea.values())) == {(True,)}
    drawn = {f"{row[0]}: {row[3]}" for row in found["rows"] if row[2] == "a circle"}
    assert drawn == set(circles)


def test_11_a_link_to_a_filtered_list_shows_the_same_rows_to_somebody_else(visit: dict[str, Any]) -> None:
    found = visit["link"]
    assert "category=CIVILIAN" in found["address"]
    assert found["here"]
    assert found["here"] == found["there"]


@SCRIPTING
def test_11_pages_and_files_as_of_a_day_say_so_and_what_is_reached_from_them_is_as_of_it(
    visit: dict[str, Any], scripting: str
) -> None:
    found = visit[scripting]["asOf"]
    day = "2024-09-01"
    assert "As known on 1 September 2024." in found["person"]["bar"]
    assert found["person"]["elsewhere"] == []
    assert not any(re.search("2025|2026", one) for one in found["person"]["lines"])
    assert found["today"]["lines"] > len(found["person"]["lines"]) > 0
    assert (found["today"]["known"], found["today"]["bars"]) == (None, 0)
    assert (found["uk"]["known"], found["uk"]["title"]) == (day, "Ірина Горобцова")
    assert "Станом на 1 вересня 2024 року." in found["uk"]["bar"]
    assert found["file"]["name"] == f"iryna-horobtsova-case-file-en-{day}.pdf"
    assert "As known on 1 September 2024" in words_of_pdf(found["file"]["path"])
    listed = found["list"]
    assert listed["all"] > listed["civilians"] > listed["women"] == listed["counted"] > 0
    assert (listed["known"], listed["knownOfWomen"]) == (day, day)
    assert found["find"]["known"] == day
    assert found["find"]["opened"] == f"/people/iryna-horobtsova?known={day}"
    assert (found["later"]["status"], found["earlier"]["status"], found["wrong"]["status"]) == (404, 200, 400)
    assert "As known on 1 September 2024." in found["later"]["words"]
    assert found["earlier"]["person"] == day
    assert "Invalid day '2024-13-01'" in found["wrong"]["words"]


def test_12_a_pdf_is_reached_from_the_first_page_with_the_keyboard_only(visit: dict[str, Any]) -> None:
    found = visit["keyboard"]
    assert found["name"] == "victoriia-roshchyna-case-file-en.pdf"
    assert found["outline"] != "none", "who uses the keyboard sees where they are"
    assert "Victoriia Roshchyna" in words_of_pdf(found["path"])
    assert found["presses"] < 80


def test_nothing_scrolls_sideways_and_axe_finds_no_violation_at_400_percent(visit: dict[str, Any]) -> None:
    assert visit["zoomed"]
    assert {path: one for path, one in visit["zoomed"].items() if one["wider"] > 0 or one["violations"]} == {}


def test_the_browser_asks_nobody_but_this_server_and_nothing_goes_wrong(visit: dict[str, Any]) -> None:
    assert len(visit["requests"]) >= 50
    assert [url for _, url in visit["requests"] if not url.startswith(f"{visit['address']}/")] == []
    typed = ("Sentsov", "Kolchenko", "Turkey", "Nowhereland")
    named = [url for _, url in visit["requests"] if any(one in url for one in typed)]
    assert named == [], "what is typed is in no address"
    assert visit["pageErrors"] == []
