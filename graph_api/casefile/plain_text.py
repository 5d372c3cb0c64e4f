"""A case file as plain text: the same words as everywhere, with the numbers of the references behind each part of a line."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from graph_api.casefile.case_file import CaseFile, FileLine
from graph_api.casefile.forms import FilledField
from graph_api.casefile.headings import HEADINGS
from graph_api.casefile.messages import message_text, sentence_case
from graph_api.casefile.placement import Placement
from graph_api.casefile.value_words import date_words
from graph_api.evidence.status_text import Language


def as_text(file: CaseFile) -> str:
    """Return a case file as text, one paragraph a line."""
    return "\n".join(_paragraphs(file)) + "\n"


def _paragraphs(file: CaseFile) -> Iterator[str]:
    language = Language(file.language)
    yield message_text(HEADINGS["title"], language, name=file.name)
    edition = message_text(HEADINGS["edition" if file.audience == "public" else "restricted"], language)
    known = (
        message_text(HEADINGS["known-to"], language, date=date_words(file.known_to, language)) if file.known_to else ""
    )
    yield f"{edition}. {known}".strip()
    yield file.category
    if file.spellings:
        yield message_text(HEADINGS["spellings"], language, names=", ".join(file.spellings))
    yield from ("", *file.notices)
    yield from _part("status", [f"{one.text} {_cited(one.references)}" for one in file.status], language)
    undated = [one for one in file.timeline if one.placement == Placement.UNDATED]
    yield from _section("timeline", [one for one in file.timeline if one not in undated], language)
    yield from _section("undated", undated, language)
    yield from _section("announced", file.announced, language)
    yield from _part("differences", [f"{one.text} {_cited(one.references)}" for one in file.differences], language)
    yield from _part("gaps", [f"{sentence_case(one.span)}: {one.text}" for one in file.gaps], language)
    yield from _part("leads", [f"{one.text} {_lines(one.lines)}".strip() for one in file.leads], language)
    yield from _part("references", [f"[{one.number}] {one.text}" for one in file.references], language)
    yield from ("", message_text(HEADINGS["hashes"], language, content=file.content_hash, graph=file.snapshot))


def _section(heading: str, lines: Sequence[FileLine], language: Language) -> Iterator[str]:
    return _part(heading, [_numbered(one) for one in lines], language)


def _part(heading: str, paragraphs: Sequence[str], language: Language) -> Iterator[str]:
    if paragraphs:
        yield from ("", message_text(HEADINGS[heading], language), "", *paragraphs)


def _numbered(one: FileLine) -> str:
    """Return a line, then each of its parts with the references of just that part."""
    parts = "; ".join(f"{each.text} {_cited(each.references)}" for each in one.clauses)
    return f"{one.line}. {one.text}\n   {parts}"


def _cited(numbers: Sequence[int]) -> str:
    return "".join(f"[{number}]" for number in numbers)


def _lines(numbers: Sequence[int]) -> str:
    return f"({', '.join(map(str, numbers))})" if numbers else ""


def form_text(fields: Sequence[FilledField]) -> str:
    """Return the fields of a form as text, one a line."""
    return "\n".join(f"{one.label}: {one.text} {_cited(one.references)}".rstrip() for one in fields) + "\n"
