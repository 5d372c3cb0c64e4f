"""Every command that answers from the graph, as somebody at a terminal enters it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from typer.testing import CliRunner

from graph_api.casefile.forms import FORM_NAMES
from graph_api.cli import COMMANDS, app
from graph_api.cli.export import NAMES
from graph_api.export.case_files.registry import MEDIA_TYPES
from graph_api.export.registry import EXPORT_FORMATS
from tests.harm.public_requests import TABLES

ANSWERING: Final = frozenset({"find", "show", "casefile", "query", "export", "candidates"})
"""Commands that print what the graph says of records."""

OTHERS: Final = frozenset(
    {
        *("up", "serve", "engine", "table", "schema", "explain", "collection"),
        *("migrate", "validate", "load", "rebuild", "as-of", "plan", "apply", "loads", "history", "revert"),
        *("hide", "erase", "readmit", "backup", "restore", "purge"),
    }
)
"""Commands that start something, are about files, or belong to a steward, who has the seed files."""

_REQUEST_ID: Final = re.compile(rb'"requestId": ?"[^"]*"')


@dataclass(frozen=True, slots=True)
class Command:
    """A command line, and what stands on its standard input. ``kind`` is what it is an example of."""

    words: tuple[str, ...]
    given: str = ""
    kind: str = field(default="", repr=False)

    def run(self, env: Mapping[str, str]) -> tuple[int, str, bytes]:
        """Return the exit code, the message of an error, and what was printed."""
        result = CliRunner().invoke(app, self.words, input=self.given, env={**env, "COLUMNS": "200", "NO_COLOR": "1"})
        is_exit = result.exception is None or isinstance(result.exception, SystemExit)
        return result.exit_code, "" if is_exit else f"{result.exception!r}", _REQUEST_ID.sub(b"", result.stdout_bytes)


def command_names() -> set[str]:
    """Return the names of all commands."""
    return {*COMMANDS}


def commands(people: Sequence[str], ids: Sequence[str], words: Sequence[str]) -> Iterator[Command]:
    """Return commands about people and other records, which may be there or not, and words that are looked for."""
    for text in words:
        yield Command(("find", text), kind="find")
        yield Command(("find", text, "--json"), kind="find --json")
    for id_ in ids:
        yield Command(("show", id_), kind="show")
    for person in people:
        for format_ in MEDIA_TYPES:
            yield Command(("casefile", person, "--format", format_), kind="case file")
        yield Command(("casefile", person, "--language", "uk"), kind="case file in Ukrainian")
        yield Command(("casefile", person, "--for", "filing", "--since", "2024-04-15"), kind="case file to be filed")
    for form in FORM_NAMES:
        yield Command(("casefile", people[0], "--form", form), kind="annex")
    for text in TABLES:
        for format_ in EXPORT_FORMATS:
            yield Command(("query", "-", "--format", format_), text, kind=f"query {format_}")
    for name in NAMES:
        for format_ in EXPORT_FORMATS:
            yield Command(("export", name, "--format", format_), kind=f"export {format_}")
    for text in TABLES:
        yield Command(("export", "-", "--format", "jsonl"), text, kind="export of an answer")
    for condition in ("site=atk-sizo", "participant=atk-olena", "place=rich-region"):
        yield Command(("export", "events", "--where", condition), kind="export of a part")
    yield Command(("candidates",), kind="candidates")
