"""Case files as PDF, DOCX, HTML and text have the same words in the same order, and are the same bytes when they are made again."""

from __future__ import annotations

import hashlib
import io
import re
import zipfile
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from html.parser import HTMLParser
from typing import Any

import docx
import pypdf
import pytest
from docx.oxml.ns import qn
from docx.table import Table as DocxTable
from docx.text.paragraph import Paragraph as DocxParagraph

from graph_api.casefile.blocks import CaseFileDocument, TableBlock, document_lines
from graph_api.casefile.case_file import CaseFile, case_file
from graph_api.casefile.certification import certification
from graph_api.casefile.facts import parse_facts
from graph_api.casefile.forms import CaseFileForm
from graph_api.casefile.layout import LayoutOptions, layout
from graph_api.casefile.recent import recent_lines
from graph_api.database.queries import named
from graph_api.evidence.status_text import Language
from graph_api.export.case_files.registry import DOCUMENT_FORMATS, write_case_file
from graph_api.statement import Statement
from tests.helpers.graphs import LiveGraph

pytestmark = pytest.mark.live

PEOPLE = ("iryna-horobtsova", "victoriia-roshchyna")
OPTIONS = (LayoutOptions(), LayoutOptions(CaseFileForm.WGEID, for_filing=True, operator="Example Archive"))
EVERY_FORM = [LayoutOptions(form, for_filing=True) for form in CaseFileForm]


@pytest.fixture(scope="module")
def rows(real_seeds: LiveGraph) -> Mapping[str, Any]:
    """Return the facts of every person."""
    people = real_seeds.store.read(Statement("MATCH (p:Person) RETURN p.id ORDER BY p.id", {}, "people"))
    return {one: real_seeds.store.read(named("case_file", id=one, known=None), seconds=60)[0][0] for [one] in people}


def file_of(rows: Mapping[str, Any], person: str, language: Language = Language.EN) -> CaseFile:
    return case_file(parse_facts(rows[person]), language)


# ── texts read back ─────────────────────────────────────────────────────────────────────────────────────────────


def letters(text: str) -> str:
    """Return a text without blanks and places where it may be broken, which formats set as they like."""
    return re.sub(r"[\s\u200b]", "", text)


def text_of(document: CaseFileDocument, content: bytes, format_: str) -> str:
    """Return the words of a file without those at the foot of its pages."""
    match format_:
        case "text":
            return content.decode().rstrip("\n").removesuffix(document.footer)
        case "html":
            return "".join(_Words.of(content.decode())).removesuffix(document.footer)
        case "docx":
            return "\n".join(_docx_lines(content))
        case _:
            return "\n".join(_pdf_pages(document, content))


def _pdf_pages(document: CaseFileDocument, content: bytes) -> Iterator[str]:
    """Yield the words of each page without its foot, and without the columns of a table that goes on from the page before."""
    columns = [letters("".join(one.columns)) for one in document.blocks if isinstance(one, TableBlock)]
    pages = pypdf.PdfReader(io.BytesIO(content)).pages
    for number, page in enumerate(pages, 1):
        foot = document.page_number.replace("{page}", str(number)).replace("{pages}", str(len(pages)))
        words = letters(page.extract_text())
        found = letters(f"{document.footer}{foot}")
        assert found in words, f"no footer on page {number}"
        words = words.replace(found, "", 1)
        yield next((words.removeprefix(head) for head in columns if words.startswith(head)), words)


def _docx_lines(content: bytes) -> Iterator[str]:
    word = docx.Document(io.BytesIO(content))
    counts: dict[int, int] = {}
    starts = {
        int(one.get(qn("w:numId"))): _start(word, one.find(qn("w:abstractNumId")).get(qn("w:val")))
        for one in word.part.numbering_part.element.findall(qn("w:num"))
    }
    for part in word.iter_inner_content():
        if isinstance(part, DocxTable):
            yield from (cell.text for row in part.rows for cell in row.cells)
        elif isinstance(part, DocxParagraph):
            found = part._p.xpath("w:pPr/w:numPr/w:numId/@w:val")
            if not found:
                yield part.text
            else:
                of = int(found[0])
                counts[of] = counts.get(of, starts[of] - 1) + 1
                yield f"{counts[of]}. {part.text}"


def _start(word: Any, abstract_id: str) -> int:
    [abstract] = word.part.numbering_part.element.xpath(f"w:abstractNum[@w:abstractNumId='{abstract_id}']")
    return int(abstract.find(qn("w:lvl")).find(qn("w:start")).get(qn("w:val")))


class _Words(HTMLParser):
    """The words of a page as a browser shows them, with the numbers of lists."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.number: int | None = None
        self.is_hidden = False

    @classmethod
    def of(cls, page: str) -> list[str]:
        reader = cls()
        reader.feed(page[page.index("<body>") :])
        return [one.strip("\n") for one in reader.found]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        match tag:
            case "ol":
                self.number = int(dict(attrs).get("start") or 1)
            case "ul":
                self.number = None
            case "li" if self.number is not None:
                self.found.append(f"{dict(attrs).get('value') or self.number}. ")
                self.number += 1

    def handle_data(self, data: str) -> None:
        self.found.append(data)


# ── outcomes ────────────────────────────────────────────────────────────────────────────────────────────────────


def differing_line(document: CaseFileDocument, found: str) -> str | None:
    """Return the first line of a document that a text does not have in its place, or what it has beyond them; None where it has just those."""
    rest = letters(found)
    for line in map(letters, document_lines(document)):
        if not rest.startswith(line):
            return f"expected {line[:200]!r}, found {rest[: len(line) + 40][:240]!r}"
        rest = rest.removeprefix(line)
    return f"more than the lines: {rest[:200]!r}" if rest else None


@pytest.mark.parametrize("options", OPTIONS)
@pytest.mark.parametrize("language", Language)
def test_all_formats_have_the_same_words_line_by_line(
    rows: Mapping[str, Any], language: Language, options: LayoutOptions
) -> None:
    for person in PEOPLE:
        document = layout(file_of(rows, person, language), options)
        for name, one in DOCUMENT_FORMATS.items():
            content = one.write(document)
            assert differing_line(document, text_of(document, content, name)) is None, (person, name)
            assert one.write(document) == content, f"{name} made again has other bytes"


def test_the_comparison_finds_a_word_that_is_missing_or_too_many(rows: Mapping[str, Any]) -> None:
    document = layout(file_of(rows, PEOPLE[0]), OPTIONS[0])
    text = "\n".join(document_lines(document))
    assert differing_line(document, text) is None
    assert differing_line(document, text.replace("taken in", "taken")) is not None
    assert differing_line(document, f"{text}\nAnother line") is not None


@pytest.mark.slow
@pytest.mark.parametrize("language", Language)
def test_every_person_has_a_file_in_every_format(rows: Mapping[str, Any], language: Language) -> None:
    for place, person in enumerate(rows):
        options = EVERY_FORM[place % len(EVERY_FORM)]
        document = layout(file_of(rows, person, language), options)
        for name, one in DOCUMENT_FORMATS.items():
            assert differing_line(document, text_of(document, one.write(document), name)) is None, (person, name)


def test_a_reference_stands_behind_the_words_that_it_is_for(rows: Mapping[str, Any]) -> None:
    for person in rows:
        for line in file_of(rows, person).timeline:
            ends = [clause.end for clause in line.clauses]
            assert ends == sorted(ends)
            assert ends[-1] <= len(line.text)
            for clause in line.clauses:
                assert any(line.text[: clause.end].casefold().endswith(words) for words in _forms(clause.text)), clause


def _forms(clause: str) -> Iterator[str]:
    """Yield the words of a clause with its qualifiers and without them, which all clauses of a line may share."""
    words = clause.casefold()
    return (words[:end] for end in (len(words), *(one.start() for one in re.finditer(r" \(|, ", words))))


def test_references_have_the_same_numbers_in_every_language(rows: Mapping[str, Any]) -> None:
    for person in rows:
        numbers = [[one.source for one in file_of(rows, person, language).references] for language in Language]
        assert numbers[0] == numbers[1], person


def test_a_file_to_be_filed_has_exhibits_and_differences_and_neither_gaps_nor_leads(rows: Mapping[str, Any]) -> None:
    file = file_of(rows, PEOPLE[0])
    filed = write_case_file(file, LayoutOptions(for_filing=True), "text").decode()
    working = write_case_file(file, LayoutOptions(), "text").decode()
    assert file.leads
    assert file.gaps
    assert file.differences
    for one in file.differences:
        assert one.text in filed
    for open_question in file.leads:
        assert open_question.text in working
        assert open_question.text not in filed
    for gap in file.gaps:
        assert gap.text not in filed
    assert "Exhibits list" in filed
    assert "No chain of custody is claimed" in filed
    assert f"Copies of 0 of {len(file.references)} sources are held." in filed
    for line in file.timeline:
        assert f"Event {line.event}\n" in filed


def test_every_number_of_a_reference_leads_to_its_entry(rows: Mapping[str, Any]) -> None:
    for options in OPTIONS:
        page = write_case_file(file_of(rows, PEOPLE[0]), options, "html").decode()
        used = set(re.findall(r'href="#(reference-\d+)"', page))
        assert used
        assert used <= set(re.findall(r'id="(reference-\d+)"', page))
        word = zipfile.ZipFile(io.BytesIO(write_case_file(file_of(rows, PEOPLE[0]), options, "docx")))
        body = word.read("word/document.xml").decode()
        links, marks = (set(re.findall(rf'w:{name}="(reference-\d+)"', body)) for name in ("anchor", "name"))
        assert links == used
        assert links <= marks


def test_a_pdf_says_which_standards_it_keeps_and_has_no_time_of_its_own(rows: Mapping[str, Any]) -> None:
    file = file_of(rows, PEOPLE[1], Language.UK)
    reader = pypdf.PdfReader(io.BytesIO(write_case_file(file, LayoutOptions(), "pdf")))
    root: Any = reader.trailer["/Root"]
    described = root["/Metadata"].get_data().decode()
    assert "<pdfaid:part>2</pdfaid:part>" in described
    assert "<pdfaid:conformance>A</pdfaid:conformance>" in described
    assert "<pdfuaid:part>1</pdfuaid:part>" in described
    assert root["/Lang"] == "uk"
    assert root["/MarkInfo"]["/Marked"]
    assert "/StructTreeRoot" in root
    assert reader.metadata is not None
    assert reader.metadata.title == layout(file, LayoutOptions()).title
    assert str(reader.metadata.creation_date_raw).startswith(f"D:{file.known_to.replace('-', '')}")
    assert not reader.attachments
    assert {font for page in reader.pages for font in _fonts(page)} <= {"LibertinusSerif"}


def _fonts(page: Any) -> Iterator[str]:
    for font in page["/Resources"]["/Font"].values():
        name = str(font.get_object()["/BaseFont"])
        yield re.sub(r"^/[A-Z]{6}\+|-.*$", "", name)


def test_a_docx_has_headings_real_numbering_marked_header_rows_and_its_language(rows: Mapping[str, Any]) -> None:
    content = write_case_file(file_of(rows, PEOPLE[0], Language.UK), OPTIONS[1], "docx")
    word = docx.Document(io.BytesIO(content))
    styles = [one.style.name for one in word.paragraphs if one.style is not None]
    assert styles.count("Heading 1") == 1
    assert styles.count("Heading 2") > 5
    assert word.core_properties.language == "uk"
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert {one.date_time for one in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        body, described = archive.read("word/document.xml").decode(), archive.read("word/styles.xml").decode()
        foot = next(archive.read(name).decode() for name in archive.namelist() if "footer" in name)
    assert body.count("<w:tblHeader") == 1
    assert body.count("<w:numPr>") >= 14
    assert 'w:lang w:val="uk-UA"' in described
    assert 'w:instr="PAGE"' in foot
    assert 'w:instr="NUMPAGES"' in foot


@pytest.mark.parametrize("language", Language)
def test_a_certification_names_the_file_its_hashes_and_when_it_was_made_and_is_not_signed(
    rows: Mapping[str, Any], language: Language
) -> None:
    file, options = file_of(rows, PEOPLE[0], language), LayoutOptions(for_filing=True, operator="Example Archive")
    digest = hashlib.sha256(write_case_file(file, options, "pdf")).hexdigest()
    page = certification(file, "horobtsova.pdf", digest, datetime(2026, 11, 28, 18, 0, tzinfo=UTC), options)
    for name, one in DOCUMENT_FORMATS.items():
        content = one.write(page)
        assert differing_line(page, text_of(page, content, name)) is None, name
    text = "\n".join(document_lines(page))
    for said in (
        "horobtsova.pdf",
        digest,
        file.content_hash,
        file.snapshot,
        "2026-11-28 18:00:00 UTC",
        "Example Archive",
    ):
        assert said in text
    filed = write_case_file(file, options, "text").decode()
    assert digest not in filed
    assert "2026-11-28" not in filed


def test_since_a_day_lines_are_new_or_say_more_and_all_others_are_left_out(rows: Mapping[str, Any]) -> None:
    file = file_of(rows, PEOPLE[0])
    days = {one.number: one.known_from for one in file.references}
    every = {one.line for one in file.timeline}
    assert {one.line for one in recent_lines(file, "2000-01-01") if one.is_new} == every
    assert recent_lines(file, max(days.values())) == ()
    found = recent_lines(file, "2025-05-01")
    assert 0 < len(found) < len(every)
    for one in found:
        line = file.timeline[one.line - 1]
        assert all(days[number] > "2025-05-01" for number in one.references)
        assert one.is_new is all(days[number] > "2025-05-01" for number in line.references)
    text = write_case_file(file, LayoutOptions(since="2025-05-01"), "text").decode()
    assert "Since 1 May 2025" in text
    assert text.count(" is new.") == sum(one.is_new for one in found)
    assert text.count(" says more.") == sum(not one.is_new for one in found)
