"""What became known since a day: lines that rest on later sources only, and lines with a part that does."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from graph_api.casefile.case_file import CaseFile, FileLine


@dataclass(frozen=True, slots=True)
class RecentLine:
    """A line that rests on sources that count from after a day: all of it (``is_new``), or a part of it. ``references`` are those sources."""

    line: int
    references: tuple[int, ...]
    is_new: bool


def recent_lines(file: CaseFile, since: str) -> tuple[RecentLine, ...]:
    """Return the lines that are new or say more since a day (YYYY-MM-DD), in their order.

    A source counts from the last possible day of its publication, else from the day on which it was read. Sources are never taken back as
    time goes on, so a line that was known stays.
    """
    later = {one.number for one in file.references if one.known_from > since}
    return tuple(_recent(file, later))


def _recent(file: CaseFile, later: set[int]) -> Iterator[RecentLine]:
    for line in (*file.timeline, *file.announced):
        if line.references and set(line.references) <= later:
            yield RecentLine(line.line, line.references, is_new=True)
        elif further := _further(line, later):
            yield RecentLine(line.line, further, is_new=False)


def _further(line: FileLine, later: set[int]) -> tuple[int, ...]:
    """Return the later sources of the parts of a line that rest on later sources only."""
    found = [one for one in line.clauses if one.references and set(one.references) <= later]
    return tuple(sorted({number for one in found for number in one.references}))
