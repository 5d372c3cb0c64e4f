"""Case files as DOCX for word processors, through python-docx: heading styles, real numbering, header rows marked, the language set.

The same document gives the same bytes: the days in the properties are that of the sources, and the times in the archive are fixed.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final

from graph_api.casefile.blocks import (
    Block,
    CaseFileDocument,
    Facts,
    Heading,
    Notice,
    NumberedLines,
    PageBreak,
    Paragraph,
    ReferenceBlock,
    Runs,
    TableBlock,
)
from graph_api.export.case_files.case_file_format import CaseFileFormat, missing_packages

if TYPE_CHECKING:
    from docx.document import Document as WordDocument
    from docx.text.paragraph import Paragraph as WordParagraph

NO_DATE: Final = "1970-01-01"
ZIP_TIME: Final = (1980, 1, 1, 0, 0, 0)
"""The first time that an archive can state."""
TABLE_WIDTH: Final = 16.0
FIRST_WIDTH: Final = 1.2
SECOND_WIDTH: Final = 6.2
"""Centimetres: of a line, and of the first two columns of a table."""
FONT: Final = "Times New Roman"
LOCALES: Final = {"en": "en-GB", "uk": "uk-UA"}


def _write(document: CaseFileDocument) -> bytes:
    """Return a document as DOCX. Raises InvalidSettings where python-docx is not installed."""
    try:
        import docx  # noqa: PLC0415 - an optional dependency
    except ImportError:
        raise missing_packages("DOCX") from None
    word = docx.Document()
    _set_properties(word, document)
    _set_styles(word, LOCALES[document.language])
    _Writer(word).write(document)
    written = io.BytesIO()
    word.save(written)
    return _with_fixed_times(written.getvalue())


def _with_fixed_times(content: bytes) -> bytes:
    """Return an archive with the same files in the order of their names, without the times of their writing."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        names = sorted(source.namelist(), key=lambda name: (name != "[Content_Types].xml", name))
        for name in names:
            entry = zipfile.ZipInfo(name, ZIP_TIME)
            entry.compress_type, entry.create_system = zipfile.ZIP_DEFLATED, 0
            target.writestr(entry, source.read(name))
    return out.getvalue()


# ── properties and styles ───────────────────────────────────────────────────────────────────────────────────────────


def _set_properties(word: WordDocument, document: CaseFileDocument) -> None:
    properties = word.core_properties
    properties.title, properties.author, properties.language = document.title, document.author, document.language
    properties.last_modified_by, properties.comments, properties.revision = document.author, "", 1
    day = datetime.fromisoformat(document.date or NO_DATE).replace(tzinfo=UTC)
    properties.created = properties.modified = day


def _set_styles(word: WordDocument, locale: str) -> None:
    from docx.shared import Cm, Pt, RGBColor  # noqa: PLC0415

    section = word.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin, section.right_margin = Cm(2.6), Cm(2.4)
    section.top_margin, section.bottom_margin = Cm(2.2), Cm(2.4)
    sizes = {"Normal": 11, "Title": 20, "Heading 1": 20, "Heading 2": 14, "Heading 3": 12, "Footer": 8.5}
    for name, size in sizes.items():
        style: Any = word.styles[name]
        style.font.size, style.font.name = Pt(size), FONT
        _set_fonts(style)
        if name.startswith("Heading"):
            style.font.color.rgb = RGBColor(0x1C, 0x21, 0x27)
            colour = style.element.rPr.find(_name("w:color"))
            for name_of_theme in ("w:themeColor", "w:themeShade", "w:themeTint"):
                colour.attrib.pop(_name(name_of_theme), None)
            style.paragraph_format.keep_with_next = True
            style.paragraph_format.space_before = Pt(0 if name == "Heading 1" else 18)
            style.paragraph_format.space_after = Pt(6)
    word.styles["Normal"].paragraph_format.space_after = Pt(6)
    defaults = _child(_child(_child(word.styles.element, "w:docDefaults"), "w:rPrDefault"), "w:rPr")
    language = _child(defaults, "w:lang")
    for name in ("w:val", "w:eastAsia", "w:bidi"):
        language.set(_name(name), locale)


def _set_fonts(style: Any) -> None:
    """Use one font for all scripts, in place of those of the theme."""
    fonts = _child(style.element.get_or_add_rPr(), "w:rFonts")
    for name in list(fonts.attrib):
        del fonts.attrib[name]
    for name in ("w:ascii", "w:hAnsi", "w:cs", "w:eastAsia"):
        fonts.set(_name(name), FONT)


def _name(name: str) -> str:
    from docx.oxml.ns import qn  # noqa: PLC0415

    return qn(name)


def _new(tag: str, /, **attributes: str) -> Any:
    """Return an element of WordprocessingML with attributes of the same namespace."""
    from docx.oxml import OxmlElement  # noqa: PLC0415

    element = OxmlElement(tag)
    for key, value in attributes.items():
        element.set(_name(f"w:{key}"), value)
    return element


def _child(parent: Any, name: str) -> Any:
    """Return the child of a name, which is added where there is none."""
    found = parent.find(_name(name))
    if found is None:
        found = _new(name)
        parent.append(found)
    return found


def _widths(count: int) -> Sequence[int]:
    """Return the widths of columns, which fill a line: the first is narrow, for numbers, and the second wide, for texts."""
    from docx.shared import Cm  # noqa: PLC0415

    rest = (TABLE_WIDTH - FIRST_WIDTH - SECOND_WIDTH) / max(1, count - 2)
    return [Cm(one) for one in (FIRST_WIDTH, SECOND_WIDTH, *[rest] * (count - 2))][:count]


# ── blocks ──────────────────────────────────────────────────────────────────────────────────────────────────────────


class _Writer:
    """Writes blocks into a document; bookmarks are numbered as they come, and a heading behind a page break begins a page."""

    def __init__(self, word: WordDocument) -> None:
        self.word = word
        self.bookmarks = 0
        self.is_on_new_page = False

    def write(self, document: CaseFileDocument) -> None:
        self.word.add_heading(document.title, 1)
        for block in document.blocks:
            self._block(block)
        self._footer(document)

    def _block(self, block: Block) -> None:
        match block:
            case Heading():
                heading = self.word.add_heading(block.text, block.level)
                heading.paragraph_format.page_break_before = self.is_on_new_page or None
                self.is_on_new_page = False
            case Paragraph():
                self._runs(self.word.add_paragraph(), block.runs)
            case Facts():
                for label, runs in block.rows:
                    paragraph = self.word.add_paragraph()
                    paragraph.add_run(f"{label}: ").bold = True
                    self._runs(paragraph, runs)
            case NumberedLines():
                self._numbered_lines(block)
            case ReferenceBlock():
                self._references(block)
            case TableBlock():
                self._table(block)
            case Notice():
                self.word.add_paragraph().add_run(block.heading).bold = True
                numbered = self._numbering(1)
                for text in block.lines:
                    numbered().add_run(text)
            case PageBreak():
                self.is_on_new_page = True

    def _numbered_lines(self, block: NumberedLines) -> None:
        numbered = self._numbering(block.lines[0].number)
        for line in block.lines:
            paragraph = numbered()
            paragraph.paragraph_format.keep_together = True
            self._runs(paragraph, line.runs)
            if line.note:
                self._small(paragraph.add_run(f"\n{line.note}"))

    def _references(self, block: ReferenceBlock) -> None:
        for one in block.references:
            paragraph = self.word.add_paragraph()
            self._hang(paragraph)
            self._bookmark(paragraph, one.number)
            paragraph.add_run(f"[{one.number}] {one.text}")

    def _runs(self, paragraph: WordParagraph, runs: Runs) -> None:
        for one in runs:
            paragraph.add_run(f"{one.text} " if one.references else one.text)
            for number in one.references:
                link = _new("w:hyperlink", anchor=f"reference-{number}", history="1")
                run = paragraph.add_run(f"[{number}]")
                link.append(run._r)  # noqa: SLF001 - the library has no links within a document
                paragraph._p.append(link)  # noqa: SLF001

    def _small(self, run: Any) -> None:
        from docx.shared import Pt, RGBColor  # noqa: PLC0415

        run.font.size, run.font.color.rgb = Pt(8.5), RGBColor(0x52, 0x5A, 0x63)

    def _hang(self, paragraph: WordParagraph) -> None:
        from docx.shared import Cm  # noqa: PLC0415

        paragraph.paragraph_format.left_indent = Cm(1)
        paragraph.paragraph_format.first_line_indent = Cm(-1)

    def _bookmark(self, paragraph: WordParagraph, number: int) -> None:
        """Mark where a reference stands, so that its numbers lead there."""
        self.bookmarks += 1
        start = _new("w:bookmarkStart", id=str(self.bookmarks), name=f"reference-{number}")
        paragraph._p.append(start)  # noqa: SLF001 - the library has no bookmarks
        paragraph._p.append(_new("w:bookmarkEnd", id=str(self.bookmarks)))  # noqa: SLF001

    def _numbering(self, start: int) -> Callable[[], WordParagraph]:
        """Return what adds the next paragraph of a list of its own that counts from a number."""
        numbering = self.word.part.numbering_part.element
        abstracts = numbering.findall(_name("w:abstractNum"))
        abstract_id = str(max(int(one.get(_name("w:abstractNumId"))) for one in abstracts) + 1)
        abstract = _new("w:abstractNum", abstractNumId=abstract_id)
        abstract.append(_new("w:multiLevelType", val="singleLevel"))
        level = _new("w:lvl", ilvl="0")
        for name, value in (
            ("w:start", str(start)),
            ("w:numFmt", "decimal"),
            ("w:lvlText", "%1."),
            ("w:lvlJc", "left"),
        ):
            level.append(_new(name, val=value))
        properties = _new("w:pPr")
        properties.append(_new("w:ind", left="567", hanging="567"))
        level.append(properties)
        abstract.append(level)
        abstracts[-1].addnext(abstract)
        number_id = numbering.add_num(int(abstract_id)).numId

        def numbered() -> WordParagraph:
            paragraph = self.word.add_paragraph()
            found = paragraph._p.get_or_add_pPr().get_or_add_numPr()  # noqa: SLF001 - the library has no numbering
            found.get_or_add_ilvl().val = 0
            found.get_or_add_numId().val = number_id
            return paragraph

        return numbered

    def _table(self, block: TableBlock) -> None:
        table = self.word.add_table(rows=1, cols=len(block.columns))
        table.style = "Table Grid"
        self._row(table.rows[0], block.columns, is_bold=True)
        header = table.rows[0]._tr.get_or_add_trPr()  # noqa: SLF001 - the library has no header rows
        header.append(_new("w:tblHeader"))
        for row in block.rows:
            added = table.add_row()
            if block.is_reference_list:
                self._bookmark(added.cells[0].paragraphs[0], int(row[0].strip("[]")))
            self._row(added, row)
            added._tr.get_or_add_trPr().append(_new("w:cantSplit"))  # noqa: SLF001
        table.autofit = False
        for column, width in zip(table.columns, _widths(len(block.columns)), strict=True):
            for cell in column.cells:
                cell.width = width

    def _row(self, row: Any, texts: Sequence[str], *, is_bold: bool = False) -> None:
        from docx.shared import Pt  # noqa: PLC0415

        for cell, text in zip(row.cells, texts, strict=True):
            run = cell.paragraphs[0].add_run(text)
            run.font.size, run.bold = Pt(8.5), is_bold

    def _footer(self, document: CaseFileDocument) -> None:
        paragraph = self.word.sections[0].footer.paragraphs[0]
        paragraph.add_run(f"{document.footer} · ")
        before, _, rest = document.page_number.partition("{page}")
        between, _, after = rest.partition("{pages}")
        paragraph.add_run(before)
        self._field(paragraph, "PAGE")
        paragraph.add_run(between)
        self._field(paragraph, "NUMPAGES")
        paragraph.add_run(after)

    def _field(self, paragraph: WordParagraph, code: str) -> None:
        """Add what a word processor fills in."""
        field = _new("w:fldSimple", instr=code)
        run = paragraph.add_run("1")
        field.append(run._r)  # noqa: SLF001 - the library has no fields
        paragraph._p.append(field)  # noqa: SLF001


FORMAT = CaseFileFormat("docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", _write)
