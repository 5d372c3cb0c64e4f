"""The page at /graphiql: all of it comes from the package, nothing of it from or to anybody else, and one setting turns it off."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from graphql import build_schema as schema_of
from graphql import parse, validate

from graph_api.execution.operation_planner import OperationPlanner
from graph_api.schema.build import build_schema, graphql_schema
from graph_api.settings import Settings
from graph_api.web.app import create_app
from graph_api.web.graphiql_page import cookbook, graphiql_routes
from tests.helpers import ide
from tests.helpers.cookbook import recipes
from tests.helpers.graphs import LiveGraph

SOURCE = ide.ROOT / "ide"
ASSETS = ide.PAGE / "assets"
OURS = [SOURCE / "src" / "index.html", *(SOURCE / "src").glob("*.js*"), *(SOURCE / "src").glob("*.css")]
SAID = {
    "http://www.w3.org/": "names of XML, never fetched",
    "https://react.dev/errors/": "words of an error message",
    "https://commonmark.org/": "words of an error message",
    "https://codemirror.net/5/doc/manual.html": "words of an error message",
    "https://en.wikipedia.org/wiki/IEEE_floating_point": "GraphQL's own description of Float",
    "https://github.com/graphql/graphiql": "the logo's link, which the page replaces",
}
"""Addresses in the libraries, and why they stand there. The policy of the page forbids to fetch any."""


@pytest.fixture
def client() -> Iterator[TestClient]:
    app = FastAPI()
    app.include_router(graphiql_routes())
    with TestClient(app, follow_redirects=False) as client:
        yield client


@pytest.mark.parametrize(
    ("path", "media_type"),
    [
        ("/graphiql", "text/html; charset=utf-8"),
        ("/graphiql/assets/graphiql.js", "text/javascript; charset=utf-8"),
        ("/graphiql/assets/graphiql.css", "text/css; charset=utf-8"),
        ("/graphiql/assets/cookbook.json", "application/json"),
        ("/graphiql/assets/icon.svg", "image/svg+xml"),
        ("/graphiql/assets/LICENSES.txt", "text/plain; charset=utf-8"),
    ],
)
def test_each_file_is_served_with_its_type_and_nothing_in_it_may_reach_anybody_else(
    client: TestClient, path: str, media_type: str
) -> None:
    answer = client.get(path)
    assert answer.status_code == 200
    assert answer.headers["content-type"] == media_type
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["referrer-policy"] == "no-referrer"
    assert answer.headers["cache-control"] == "no-cache"
    policy = dict(part.split(" ", 1) for part in answer.headers["content-security-policy"].split("; "))
    assert policy.pop("default-src") == policy.pop("frame-ancestors") == "'none'"
    assert set(policy.values()) == {"'self'", "'self' data:", "'none'"}
    assert [name for name, value in policy.items() if "data:" in value] == ["img-src"]


def test_all_files_of_the_folder_are_served_and_nothing_else(client: TestClient) -> None:
    assert {
        file.name for file in ASSETS.iterdir() if client.get(f"/graphiql/assets/{file.name}").status_code != 200
    } == set()
    assert client.get("/graphiql/assets/built-from.txt").status_code == 404


@pytest.mark.parametrize(
    "name",
    [
        "..%2findex.html",
        "....%2f%2findex.html",
        "..%2f..%2fide.py",
        "%2e%2e/%2e%2e/app.py",
        "%2fetc%2fpasswd",
        "graphiql.js%00",
        "",
        "GRAPHIQL.JS",
        "a\\b",
    ],
)
def test_a_path_that_leads_elsewhere_leads_nowhere(client: TestClient, name: str) -> None:
    assert client.get(f"/graphiql/assets/{name}", follow_redirects=True).status_code == 404


def test_what_a_browser_has_it_is_not_sent_again(client: TestClient) -> None:
    first = client.get("/graphiql/assets/graphiql.js")
    again = client.get("/graphiql/assets/graphiql.js", headers={"If-None-Match": f'"other", W/{first.headers["etag"]}'})
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["etag"] == first.headers["etag"]
    other = client.get("/graphiql/assets/graphiql.css", headers={"If-None-Match": first.headers["etag"]})
    assert other.status_code == 200


def test_head_says_what_get_would(client: TestClient) -> None:
    assert client.head("/graphiql").headers["content-length"] == str(len(client.get("/graphiql").content))
    assert client.post("/graphiql").status_code == 405


@pytest.mark.live
@pytest.mark.parametrize(("on", "status"), [(True, 200), (False, 404)])
def test_one_setting_turns_it_off(live: LiveGraph, on: bool, status: int) -> None:
    with TestClient(create_app(live.store, Settings(graphiql=on))) as client:
        for path in ("/graphiql", "/graphiql/assets/graphiql.js"):
            assert client.get(path).status_code == status
        assert client.post("/graphql", json={"query": "{ __typename }"}).json()["data"] == {"__typename": "Query"}


def test_the_setting_is_read_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    assert Settings().graphiql
    monkeypatch.setenv("DETENTION_GRAPH_GRAPHIQL", "no")
    assert not Settings().graphiql


def test_everything_that_the_page_names_is_there(client: TestClient) -> None:
    page = client.get("/graphiql").text
    named = re.findall(r'(?:href|src)="([^"]+)"', page)
    named += re.findall(r'new URL\("(graphiql/[^"]+)"', (SOURCE / "src" / "main.jsx").read_text(encoding="utf-8"))
    assert len(named) == 4
    assert [name for name in named if client.get(f"/{name}").status_code != 200] == []


def test_the_page_has_a_language_a_title_landmarks_and_a_heading_before_any_script_runs(client: TestClient) -> None:
    page = client.get("/graphiql").text
    for words in (
        '<html lang="en">',
        "<title>",
        "<header",
        "<h1>",
        "<main",
        "<noscript>",
        "Every answer carries its sources",
    ):
        assert words in page
    assert not re.search(r"<style|\sstyle=|<script>|\son\w+=", page)


@pytest.mark.parametrize("path", OURS, ids=lambda path: path.name)
def test_nothing_of_ours_names_another_origin(path: Path) -> None:
    assert re.findall(r"(?:https?:|wss?:)?//[\w-]+\.[\w.-]+", path.read_text(encoding="utf-8")) == []


def test_the_libraries_name_only_addresses_that_are_never_fetched() -> None:
    for name in ("graphiql.js", "graphiql.css"):
        text = (ASSETS / name).read_text(encoding="utf-8")
        found = set(re.findall(r"(?:https?|wss?)://[\w-]+\.[\w./-]+", text))
        assert {one for one in found if not one.startswith(tuple(SAID))} == set()
    style = (ASSETS / "graphiql.css").read_text(encoding="utf-8")
    assert not re.search(r"@import|url\((?!data:|#|\"data:|\"#)", style)


def test_what_is_committed_was_built_from_what_is_committed() -> None:
    lines = (ide.PAGE / "built-from.txt").read_text("utf-8").splitlines()
    listed = {name: digest for digest, _, name in (line.partition("  ") for line in lines)}
    files = [
        *(SOURCE / "src").iterdir(),
        *(SOURCE / name for name in ("build.mjs", "package.json", "package-lock.json", "patches.mjs")),
    ]
    found = {file.relative_to(SOURCE).as_posix(): sha256(file.read_bytes()).hexdigest() for file in files}
    assert listed == found, "the page is old: make ide"


def test_every_library_stands_with_its_licence() -> None:
    text = (ASSETS / "LICENSES.txt").read_text(encoding="utf-8")
    packages = re.findall(r"^(\S+) (\d\S*): (\S+)$", text, re.MULTILINE)
    assert {"graphiql", "react", "react-dom", "graphql", "codemirror", "@graphiql/react"} <= {
        name for name, _, _ in packages
    }
    assert {licence for _, _, licence in packages} <= {
        "MIT",
        "ISC",
        "0BSD",
        "BSD-2-Clause",
        "BSD-3-Clause",
        "Apache-2.0",
    }


# ── its questions ────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_cookbook_of_the_page_is_fresh() -> None:
    if os.environ.get("DETENTION_GRAPH_TEST_UPDATE_COOKBOOK"):
        ide.COOKBOOK.write_text(ide.written(), encoding="utf-8")
    assert ide.COOKBOOK.read_text("utf-8") == ide.written(), "DETENTION_GRAPH_TEST_UPDATE_COOKBOOK=1 writes it anew"


def test_it_holds_the_first_questions_as_tabs_and_every_question_of_the_cookbook_word_for_word() -> None:
    held = json.loads(ide.COOKBOOK.read_text("utf-8"))
    assert [tab["question"] for tab in held["tabs"]] == [question for question, _ in ide.first_questions()]
    assert held["tabs"][0]["question"].startswith("Which civilians were convicted and then exchanged")
    first, *groups = held["groups"]
    assert first["questions"] == held["tabs"]
    questions = {one["question"]: one for group in groups for one in group["questions"]}
    assert len(questions) == sum(len(group["questions"]) for group in groups) == len(recipes())
    for recipe in recipes():
        one = questions[recipe.question]
        assert recipe.text.endswith(one["query"].partition("query ")[2])
        assert json.loads(one["variables"] or "{}") == recipe.variables


def test_every_question_of_the_page_is_one_that_the_schema_knows() -> None:
    schema = schema_of(build_schema().as_str())
    for group in ide.cookbook()["groups"]:
        for one in group["questions"]:
            assert validate(schema, parse(one["query"])) == []
            assert one["query"].startswith("# ")


def test_every_example_of_the_page_can_be_compiled_with_its_variables() -> None:
    planner = OperationPlanner(graphql_schema(build_schema()))
    for text, variables in cookbook():
        document = planner.document(text)
        operation = document.operation(None)
        planner.plan(document, operation, planner.coerce_variables(operation, variables))
    assert len(planner.plans) == len(cookbook())
