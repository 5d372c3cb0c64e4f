"""Case files from the pages: the same bytes as from the command line, in both languages, and the errors of what is not there."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient

from graph_api.casefile.case_file import case_file
from graph_api.casefile.facts import parse_facts
from graph_api.casefile.forms import CaseFileForm
from graph_api.casefile.layout import LayoutOptions
from graph_api.database.queries import named
from graph_api.evidence.status_text import Language
from graph_api.export.case_files.registry import MEDIA_TYPES, write_case_file
from graph_api.settings import Settings
from graph_api.web.app import create_app
from graph_api.web.pages import case_files
from tests.helpers.graphs import LiveGraph

pytestmark = pytest.mark.live

PERSON = "victoriia-roshchyna"
BASE = f"/people/{PERSON}/case-file"


@pytest.fixture(scope="module")
def client(real_seeds: LiveGraph) -> Iterator[TestClient]:
    settings = Settings(operator="Example Archive", contact="archive@example.org", query_seconds=60)
    with TestClient(create_app(real_seeds.store, settings), base_url="http://localhost") as client:
        yield client


def expected(real_seeds: LiveGraph, language: Language, options: LayoutOptions, format_: str) -> bytes:
    [[facts]] = real_seeds.store.read(named("case_file", id=PERSON, known=None), seconds=60)
    return write_case_file(case_file(parse_facts(facts), language), options, format_)


@pytest.mark.parametrize("format_", MEDIA_TYPES)
@pytest.mark.parametrize(("prefix", "language"), [("", Language.EN), ("/uk", Language.UK)])
def test_a_file_is_the_same_bytes_as_from_the_command_line(
    client: TestClient, real_seeds: LiveGraph, prefix: str, language: Language, format_: str
) -> None:
    options = LayoutOptions(operator="Example Archive", contact="archive@example.org")
    answer = client.get(f"{prefix}{BASE}.{format_}")
    assert answer.status_code == 200
    assert answer.content == expected(real_seeds, language, options, format_)
    assert answer.headers["content-type"] == MEDIA_TYPES[format_]
    assert answer.headers["content-disposition"].endswith(f'case-file-{language.lower()}.{format_}"')
    assert answer.headers["x-robots-tag"] == "noindex, noarchive"
    again = client.get(f"{prefix}{BASE}.{format_}", headers={"if-none-match": answer.headers["etag"]})
    assert again.status_code == 304


def test_a_file_to_be_filed_and_an_annex_are_parameters(client: TestClient, real_seeds: LiveGraph) -> None:
    options = LayoutOptions(CaseFileForm.GC3_122, True, "Example Archive", "archive@example.org")
    answer = client.get(f"{BASE}.docx?for=filing&form=gc3")
    assert answer.content == expected(real_seeds, Language.EN, options, "docx")


@pytest.mark.parametrize(
    ("path", "status", "words"),
    [
        ("/people/nobody-here/case-file.pdf", 404, "There is no page at this address in this edition."),
        (f"{BASE}.pdf?form=x", 400, "Invalid form 'x': expected one of wgeid, echr, gc3, gc4."),
        (f"{BASE}.pdf?for=court", 400, "Unknown parameter 'for=court': expected for=filing or form=NAME."),
        (f"{BASE}.odt", 404, "There is no page at this address in this edition."),
    ],
)
def test_what_is_not_there_is_an_error_in_words(client: TestClient, path: str, status: int, words: str) -> None:
    answer = client.get(path)
    assert answer.status_code == status
    assert words in answer.text


def test_a_file_that_is_too_long_is_an_error_and_never_cut(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(case_files, "MAX_PARTS", 3)
    answer = client.get(f"{BASE}.pdf")
    assert answer.status_code == 413
    assert "exceeds the limit of 3" in answer.text


def test_the_page_of_a_person_leads_to_the_files(client: TestClient) -> None:
    answer = client.get(f"/uk/people/{PERSON}", headers={"accept": "text/html"})
    assert answer.status_code == 200, answer.text
    for path in ("case-file.pdf", "case-file.docx", "case-file.pdf?for=filing"):
        assert f'href="/uk/people/{PERSON}/{path}"' in answer.text
