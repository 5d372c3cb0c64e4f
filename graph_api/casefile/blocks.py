"""The parts of which a printed case file is made: values, which every format draws, and the one text that they have in all of them.

A ``CaseFileDocument`` is a title and blocks. ``document_lines`` is its text, line by line: whatever a format draws, it draws these words in this order.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Run:
    """A piece of text with the numbers of the references behind it."""

    text: str
    references: tuple[int, ...] = ()


Runs = tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading: level 2 for a section, 3 for a part of it; the title of the document has level 1."""

    text: str
    level: int = 2


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph."""

    runs: Runs


@dataclass(frozen=True, slots=True)
class Facts:
    """Labels, each with what it says."""

    rows: tuple[tuple[str, Runs], ...]


@dataclass(frozen=True, slots=True)
class NumberedLine:
    """A line with its number; ``note`` stands below it, smaller."""

    number: int
    runs: Runs
    note: str = ""


@dataclass(frozen=True, slots=True)
class NumberedLines:
    """Lines whose numbers count up by one."""

    lines: tuple[NumberedLine, ...]


@dataclass(frozen=True, slots=True)
class PrintedReference:
    """A reference with its number; ``address`` is the part of its text that can be opened, None where it has none."""

    number: int
    text: str
    address: str | None


@dataclass(frozen=True, slots=True)
class ReferenceBlock:
    """The list of references, to which the numbers behind texts lead."""

    references: tuple[PrintedReference, ...]


@dataclass(frozen=True, slots=True)
class TableBlock:
    """A table; its first column has the number of a reference where ``is_reference_list`` is true."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    is_reference_list: bool = False


@dataclass(frozen=True, slots=True)
class Notice:
    """Fixed lines with their numbers, set apart."""

    heading: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PageBreak:
    """What follows begins on a page of its own."""


Block = Heading | Paragraph | Facts | NumberedLines | ReferenceBlock | TableBlock | Notice | PageBreak


@dataclass(frozen=True, slots=True)
class CaseFileDocument:
    """A case file as it is printed.

    ``language`` is a BCP-47 tag, ``date`` the day (YYYY-MM-DD) that stands for its making, empty where none is known; no clock is read.
    ``footer`` stands at the foot of every page, before ``page_number`` with the places {page} and {pages}.
    """

    title: str
    language: str
    author: str
    date: str
    footer: str
    page_number: str
    blocks: tuple[Block, ...]


def reference_marks(numbers: Sequence[int]) -> str:
    """Return the numbers of references as they are printed.

    >>> reference_marks((1, 3))
    '[1][3]'
    """
    return "".join(f"[{number}]" for number in numbers)


def run_text(runs: Runs) -> str:
    """Return pieces of text with their references.

    >>> run_text((Run("13 May 2022", (1,)), Run(": taken")))
    '13 May 2022 [1]: taken'
    """
    return "".join(f"{one.text} {reference_marks(one.references)}" if one.references else one.text for one in runs)


def document_lines(document: CaseFileDocument) -> tuple[str, ...]:
    """Return the text of a document, one entry a line, without what stands at the foot of pages. A row of a table is one line."""
    return (document.title, *(line for block in document.blocks for line in block_lines(block)))


def block_lines(block: Block) -> Iterator[str]:
    """Yield the text of a block, line by line."""
    match block:
        case Heading():
            yield block.text
        case Paragraph():
            yield run_text(block.runs)
        case Facts():
            yield from (f"{label}: {run_text(runs)}" for label, runs in block.rows)
        case NumberedLines():
            for line in block.lines:
                yield f"{line.number}. {run_text(line.runs)}"
                if line.note:
                    yield line.note
        case ReferenceBlock():
            yield from (f"[{one.number}] {one.text}" for one in block.references)
        case TableBlock():
            yield from ("\t".join(row) for row in (block.columns, *block.rows))
        case Notice():
            yield block.heading
            yield from (f"{number}. {line}" for number, line in enumerate(block.lines, 1))
        case PageBreak():
            pass
