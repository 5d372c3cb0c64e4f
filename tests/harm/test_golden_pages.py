"""What stands on every kind of page of a public edition, in both languages, word for word. Made-up people only.

``pages.yaml`` lists the kinds of pages, ``golden`` has their texts. DETENTION_GRAPH_TEST_UPDATE_GOLDEN=1 writes the texts anew: read what changed.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Sequence
from html.parser import HTMLParser
from pathlib import Path
from typing import Any, Final

import pytest
import yaml
from fastapi.testclient import TestClient
from starlette.applications import Starlette

from graph_api.casefile.notices import notice_lines
from graph_api.evidence.status_text import Language
from graph_api.settings import Settings
from graph_api.web.app import create_app
from tests.casefile.test_messages import FORBIDDEN
from tests.harm.page_requests import page_routes
from tests.harm.test_public_edition import RICH, restricted_ids, seeds
from tests.helpers.graphs import LiveGraph
from tests.helpers.yaml_text import load_yaml
from tests.ingest.texts import write
from tests.web.test_pages import FORBIDDEN as FORBIDDEN_ON_PAGES

HERE: Final = Path(__file__).parent
GOLDEN: Final = HERE / "golden"
PAGES: Final[list[dict[str, Any]]] = load_yaml((HERE / "pages.yaml").read_text("utf-8"))["pages"]
EVERY: Final = [(page, language) for page in PAGES for language in Language]
NAMES: Final = [f"{page['page']} {language.value.lower()}" for page, language in EVERY]
IS_UPDATE: Final = bool(os.environ.get("DETENTION_GRAPH_TEST_UPDATE_GOLDEN"))

SETTINGS: Final = Settings(
    cost_limit=10**9, planning_limit=10**9, query_seconds=120, queue_timeout=120, planning_timeout=120
)
"""A busy machine says nothing of the pages."""

_BLOCKS: Final = frozenset({
    "article", "aside", "caption", "dd", "details", "div", "dl", "dt", "fieldset", "figure", "footer", "form", "h1",
    "h2", "h3", "h4", "header", "label", "li", "main", "nav", "ol", "option", "p", "rect", "section", "select",
    "summary", "svg", "table", "tbody", "td", "text", "th", "thead", "tr", "ul",
})  # fmt: skip
"""Elements that begin a line."""
_SILENT: Final = frozenset({"script", "style", "head"})
_CHANGING: Final = re.compile(r"\b[0-9a-f]{16}\b|(?<=Version )\S+|(?<=Версія )\S+")
"""Content hashes and the version of the program."""


class _Lines(HTMLParser):
    """The words of an element as a browser shows them, a line for each block, with the words that only a screen reader has in brackets."""

    def __init__(self, element: str, id_: str | None = None) -> None:
        super().__init__()
        self.element, self.id, self.depth, self.silent = element, id_, 0, 0
        self.lines: list[str] = [""]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == self.element and not self.depth:
            self.depth = 1
        elif self.depth and tag == self.element:
            self.depth += 1
        self.silent += tag in _SILENT
        if self.depth and tag in _BLOCKS:
            self.lines.append("")
        if self.depth and (spoken := given.get("aria-label")):
            self.lines[-1] += f" [{spoken}] "

    def handle_endtag(self, tag: str) -> None:
        self.silent -= tag in _SILENT
        if self.depth and tag in _BLOCKS:
            self.lines.append("")
        if self.depth and tag == self.element:
            self.depth -= 1

    def handle_data(self, data: str) -> None:
        if self.depth and not self.silent:
            self.lines[-1] += data


def lines_of(page: str, element: str) -> list[str]:
    """Return the words of an element of a page, line by line."""
    reader = _Lines(element)
    reader.feed(page)
    found = (re.sub(r"\s+", " ", line).strip() for line in reader.lines)
    return [_CHANGING.sub("…", line) for line in found if line]


@pytest.fixture(scope="module")
def app(live: LiveGraph, tmp_path_factory: pytest.TempPathFactory) -> Starlette:
    """Return the application over the graph of the attacks, loaded for the public with all that is held back."""
    live.wipe()
    text = yaml.safe_dump(seeds("with"), allow_unicode=True, sort_keys=False)
    live.load([RICH, write(tmp_path_factory.mktemp("golden"), text)], ahead=True)
    return create_app(live.store, SETTINGS)


@pytest.fixture(scope="module")
def client(app: Starlette) -> Iterator[TestClient]:
    with TestClient(
        app, base_url="http://localhost", follow_redirects=False, headers={"accept": "text/html"}
    ) as client:
        yield client


def page_of(client: TestClient, page: dict[str, Any], language: Language) -> str:
    path = f"/uk{page['path']}".rstrip("/") if language is Language.UK else page["path"]
    answer = client.post(path, data=page["form"]) if "form" in page else client.get(path)
    assert answer.status_code == page.get("status", 200), path
    return answer.text


@pytest.mark.live
@pytest.mark.parametrize(("page", "language"), EVERY, ids=NAMES)
def test_a_page_says_word_for_word_what_was_read(client: TestClient, page: dict[str, Any], language: Language) -> None:
    found = "\n".join(lines_of(page_of(client, page, language), page.get("element", "main"))) + "\n"
    path = GOLDEN / f"{page['page']}.{language.value.lower()}.txt"
    if IS_UPDATE:
        path.parent.mkdir(exist_ok=True)
        path.write_text(found, "utf-8")
    assert found.splitlines() == path.read_text("utf-8").splitlines()


@pytest.mark.parametrize(("page", "language"), EVERY, ids=NAMES)
def test_the_text_of_a_page_has_its_fixed_lines_and_no_forbidden_word(page: dict[str, Any], language: Language) -> None:
    lines = (GOLDEN / f"{page['page']}.{language.value.lower()}.txt").read_text("utf-8").splitlines()
    fixed = notice_lines(language)
    shown = [number for number, line in enumerate(fixed, 1) if line in lines]
    assert shown == page.get("fixed", [])
    own = [_without(line, page.get("allowed", ())) for line in lines if line not in fixed]
    assert [line for line in own if FORBIDDEN.search(line) or FORBIDDEN_ON_PAGES.search(line)] == []


def _without(line: str, allowed: Sequence[str]) -> str:
    """Return a line without words that are allowed on its page."""
    for words in allowed:
        line = line.replace(words, "")
    return line


@pytest.mark.live
def test_every_kind_of_page_is_listed(app: Starlette) -> None:
    listed = [page["path"].partition("?")[0] for page in PAGES]
    kinds = [path for path in page_routes(app) if "." not in path and not path.startswith(("/uk", "/assets/", "/id/"))]
    patterns = {path: re.sub(r"{\w+}", "[^/]+", path) for path in kinds if path not in ("/livez", "/readyz")}
    assert [path for path, one in patterns.items() if not any(re.fullmatch(one, path) for path in listed)] == []
    assert {path.name for path in GOLDEN.iterdir()} == {f"{name.replace(' ', '.')}.txt" for name in NAMES}


@pytest.mark.live
def test_no_page_or_file_has_an_id_that_is_held_back(client: TestClient) -> None:
    held = restricted_ids()
    for page in PAGES:
        if "form" in page or page.get("status") or page["page"] == "frame":
            continue
        base, _, query = page["path"].partition("?")
        for extension in ("", ".json", ".csv", ".csv-metadata.json"):
            name = "/index" if extension and base == "/" else base
            body = client.get(f"{name}{extension}{'?' if query else ''}{query}").text
            assert [one for one in held if one in body and one not in query] == [], (name, extension)
