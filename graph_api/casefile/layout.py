"""A case file as a document: what stands on it, in which order. Every format draws the same blocks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from graph_api import __version__
from graph_api.casefile.blocks import (
    Block,
    CaseFileDocument,
    Facts,
    Heading,
    Notice,
    NumberedLine,
    NumberedLines,
    PageBreak,
    Paragraph,
    PrintedReference,
    ReferenceBlock,
    Run,
    TableBlock,
)
from graph_api.casefile.case_file import CaseFile, FileLine
from graph_api.casefile.document_texts import DOCUMENT_TEXTS, EXHIBIT_TEXTS, METHOD_TEXTS
from graph_api.casefile.forms import CaseFileForm, filled_form
from graph_api.casefile.gaps import gap_words
from graph_api.casefile.headings import HEADINGS
from graph_api.casefile.marked_text import marked_text
from graph_api.casefile.messages import REFERENCES, WORDS, message_text, sentence_case
from graph_api.casefile.placement import Placement
from graph_api.casefile.recent import recent_lines
from graph_api.casefile.references import NumberedReference
from graph_api.casefile.value_words import date_words
from graph_api.evidence.projection import PROJECTION_VERSION
from graph_api.evidence.status_text import Language

CONTRACT_VERSION: Final = 2
"""The version of the public contract, ``docs/contract.graphql``."""
HASH_DIGITS: Final = 16
"""How much of a hash stands at the foot of a page; the whole of it stands at the end."""


@dataclass(frozen=True, slots=True)
class LayoutOptions:
    """What a document has besides the case file.

    ``for_filing`` leaves out leads and gaps, which are for those who look further, and makes the list of references one of exhibits.
    ``operator`` and ``contact`` are who runs this edition; empty where that is not stated. ``since`` is a day (YYYY-MM-DD): the document says
    which lines are new or say more since then.
    """

    form: CaseFileForm | None = None
    for_filing: bool = False
    operator: str = ""
    contact: str = ""
    since: str = ""


def layout(file: CaseFile, options: LayoutOptions) -> CaseFileDocument:
    """Return the document of a case file."""
    return _Layout(file, options, Language(file.language)).document()


@dataclass(frozen=True, slots=True)
class _Layout:
    file: CaseFile
    options: LayoutOptions
    language: Language

    def document(self) -> CaseFileDocument:
        file = self.file
        title = message_text(HEADINGS["title"], self.language, name=file.name)
        blocks = (*self._head(), *self._body(), *self._sources(), *self._annex(), *self._method())
        words = self._text("page", page="{page}", pages="{pages}")
        tag = file.language.lower()
        return CaseFileDocument(title, tag, self.options.operator, file.known_to, self._footer(), words, blocks)

    def _text(self, key: str, **values: object) -> str:
        return message_text(DOCUMENT_TEXTS[key], self.language, **values)

    def _method_text(self, key: str, **values: object) -> str:
        return message_text(METHOD_TEXTS[key], self.language, **values)

    def _heading(self, key: str) -> Heading:
        return Heading(message_text(HEADINGS[key], self.language))

    def _day(self, day: str) -> str:
        return date_words(day, self.language)

    @property
    def _edition(self) -> str:
        return message_text(HEADINGS["edition" if self.file.audience == "public" else "restricted"], self.language)

    def _footer(self) -> str:
        known, digest = self.file.known_to, self.file.content_hash[:HASH_DIGITS]
        if not known:
            return self._text("footer.undated", edition=self._edition, hash=digest)
        key = "footer.as-of" if self.file.known else "footer"
        return self._text(key, edition=self._edition, hash=digest, date=self._day(known))

    # ── head ────────────────────────────────────────────────────────────────────────────────────────────────────

    def _head(self) -> Iterator[Block]:
        file = self.file
        heading = HEADINGS["known-on" if file.known else "known-to"]
        known = message_text(heading, self.language, date=self._day(file.known_to)) if file.known_to else ""
        yield Paragraph((Run(f"{self._edition}. {known}".strip()),))
        rows = [
            ("name", Run(file.name, file.name_references)),
            ("spellings", Run(", ".join(file.spellings), file.spelling_references)),
            ("category", Run(file.category)),
            ("born", Run(file.born)),
        ]
        yield Facts(tuple((self._text(key), (run,)) for key, run in rows if run.text))
        yield self._heading("status")
        yield from (Paragraph((Run(one.text, one.references),)) for one in file.status)
        yield Notice(self._text("notice"), file.notices)

    # ── what is reported ────────────────────────────────────────────────────────────────────────────────────────

    def _body(self) -> Iterator[Block]:
        file = self.file
        undated = [one for one in file.timeline if one.placement == Placement.UNDATED]
        yield from self._lines("timeline", [one for one in file.timeline if one not in undated])
        yield from self._lines("undated", undated)
        yield from self._lines("announced", file.announced, self._text("announced-note"))
        yield from self._stays()
        if file.differences:
            yield self._heading("differences")
            yield from (Paragraph((Run(one.text, one.references),)) for one in file.differences)
        if not self.options.for_filing:
            yield from self._open_questions()
        if file.about or file.groups:
            yield self._heading("about")
            for one in file.about:
                yield Paragraph((Run(one.text, one.references), Run(f" {self._text('event', id=one.event)}")))
            for group in file.groups:
                yield Paragraph((Run(group.text, group.references), Run(f" {self._text('group', id=group.group)}")))
        if self.options.since:
            yield from self._since(self.options.since)

    def _since(self, day: str) -> Iterator[Block]:
        yield Heading(self._text("since", date=self._day(day)))
        yield Paragraph((Run(self._text("since-note")),))
        found = recent_lines(self.file, day)
        for one in found:
            words = self._text("since-new" if one.is_new else "since-more", line=one.line)
            yield Paragraph((Run(words, one.references),))
        if not found:
            yield Paragraph((Run(self._text("since-none")),))

    def _lines(self, heading: str, lines: Sequence[FileLine], note: str = "") -> Iterator[Block]:
        if not lines:
            return
        yield self._heading(heading)
        if note:
            yield Paragraph((Run(note),))
        yield NumberedLines(tuple(self._line(one) for one in lines))

    def _line(self, one: FileLine) -> NumberedLine:
        runs = marked_text(one.text, ((each.end, each.references) for each in one.clauses))
        return NumberedLine(one.line, runs, self._text("event", id=one.event))

    def _stays(self) -> Iterator[Block]:
        file, none = self.file, (Paragraph((Run(f"{sentence_case(self._text('not-given'))}."),)),)
        yield self._heading("stays")
        yield from [Paragraph((Run(one.text, one.references),)) for one in file.stays] or none
        yield self._heading("companions")
        yield Paragraph((Run(file.companions_note),))
        yield from (Paragraph((Run(one.text, one.references),)) for one in file.companions)

    def _open_questions(self) -> Iterator[Block]:
        file = self.file
        if file.gaps:
            yield self._heading("gaps")
            yield from (Paragraph((Run(gap_words(one.span, one.text, self.language)),)) for one in file.gaps)
        if file.leads:
            yield self._heading("leads")
            for one in file.leads:
                lines = f" ({', '.join(map(str, one.lines))})" if one.lines else ""
                yield Paragraph((Run(f"{one.text}{lines}"),))

    # ── sources ─────────────────────────────────────────────────────────────────────────────────────────────────

    def _sources(self) -> Iterator[Block]:
        if self.options.for_filing:
            yield from _exhibits(self.file, self.language)
            return
        yield self._heading("references")
        yield ReferenceBlock(tuple(PrintedReference(one.number, one.text, one.url) for one in self.file.references))

    def _annex(self) -> Iterator[Block]:
        if self.options.form is None:
            return
        title, *fields = filled_form(self.file, self.options.form)
        yield PageBreak()
        yield Heading(f"{title.label}. {title.text}")
        yield Facts(tuple((one.label, (Run(one.text, one.references),)) for one in fields))

    # ── how it was made ─────────────────────────────────────────────────────────────────────────────────────────

    def _method(self) -> Iterator[Block]:
        options, file, text = self.options, self.file, self._method_text
        if options.for_filing:
            yield PageBreak()
        yield Heading(text("method"))
        for key in ("entered", "references", "shown", "order", "absence"):
            yield Paragraph((Run(text(key)),))
        if options.for_filing:
            yield Paragraph((Run(text("finding-aid")),))
        yield Heading(text("translation"))
        yield Paragraph((Run(text("generated")),))
        yield Heading(text("edition"))
        versions = text("version-list", program=__version__, rules=PROJECTION_VERSION, contract=CONTRACT_VERSION)
        rows = [
            (text("content-hash"), file.content_hash),
            (text("graph-hash"), file.snapshot or self._text("not-given")),
            (text("versions"), versions),
            (text("operator"), options.operator or text("not-stated")),
            (text("contact"), options.contact or text("contact-not-stated")),
        ]
        yield Facts(tuple((label, (Run(words),)) for label, words in rows))


# ── the list of exhibits ────────────────────────────────────────────────────────────────────────────────────────────


def _exhibits(file: CaseFile, language: Language) -> Iterator[Block]:
    def text(key: str, **values: object) -> str:
        return message_text(EXHIBIT_TEXTS[key], language, **values)

    yield PageBreak()
    yield Heading(text("exhibits"))
    held = sum(1 for one in file.references if one.archived)
    yield Paragraph((Run(text("copies", held=held, all=len(file.references))),))
    columns = tuple(text(key) for key in ("number", "source", "dates", "places", "lines", "copy"))
    yield TableBlock(columns, tuple(_exhibit(one, file, language) for one in file.references), is_reference_list=True)


def _exhibit(one: NumberedReference, file: CaseFile, language: Language) -> tuple[str, ...]:
    def text(key: str, **values: object) -> str:
        return message_text(EXHIBIT_TEXTS[key], language, **values)

    title = message_text(WORDS["quoted"], language, text=one.title)
    named = ", ".join(filter(None, (one.author, one.publisher, title)))
    carried = message_text(REFERENCES["carried-by"], language, host=one.carried_by) if one.carried_by else ""
    digest = message_text(REFERENCES["sha256"], language, digest=one.sha256) if one.sha256 else ""
    address = one.url or message_text(REFERENCES["no-address"], language)
    source = "; ".join(filter(None, (named, carried, address, digest, one.origin)))
    published = text("published", date=date_words(one.published, language)) if one.published else text("no-publication")
    read = text("read", date=date_words(one.retrieved, language)) if one.retrieved else ""
    relying = [each for each in (*file.timeline, *file.announced) if one.number in each.references]
    only = [each.line for each in relying if each.references == (one.number,)]
    lines = ", ".join(str(each.line) for each in relying) or text("no-lines")
    if only:
        lines = text("only", lines=lines, only=", ".join(map(str, only)))
    places = ", ".join(one.locators) if one.locators not in ((), ("page",)) else text("whole")
    dates = "; ".join(filter(None, (published, read)))
    return (f"[{one.number}]", source, dates, places, lines, one.archived or text("none"))
