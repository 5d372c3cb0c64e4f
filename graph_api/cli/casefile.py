"""``detention-graph casefile``."""

from __future__ import annotations

import hashlib
import sys
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Final

import typer

from graph_api.casefile.canonical_json import canonical_json
from graph_api.casefile.case_file import CaseFile, case_file
from graph_api.casefile.certification import certification
from graph_api.casefile.facts import parse_facts
from graph_api.casefile.forms import FORM_NAMES, filled_form, form_named
from graph_api.casefile.layout import LayoutOptions
from graph_api.cli.common import open_graph, print_progress, read_settings
from graph_api.database.driver import Database
from graph_api.errors import InvalidValue
from graph_api.evidence.status_text import Language
from graph_api.execution.as_of import case_file_facts, case_file_statements
from graph_api.export.case_files.registry import DOCUMENT_FORMATS, MEDIA_TYPES, write_case_file
from graph_api.values.dates import day_date, day_number, parse_day

BINARY: Final = frozenset({"pdf", "docx"})
"""Formats that are not printed to a terminal."""


class CaseFileLanguage(StrEnum):
    """In which language a case file is written."""

    ENGLISH = "en"
    UKRAINIAN = "uk"


class Purpose(StrEnum):
    """What a case file is for: ``filing`` leaves out gaps and leads, and makes the references a list of exhibits."""

    FILING = "filing"


def casefile(
    person: Annotated[str, typer.Argument(help="The id of the person.")],
    output_format: Annotated[
        str, typer.Option("--format", help=f"The output format: {', '.join(MEDIA_TYPES)}.")
    ] = "text",
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="The file to write; else standard output.")
    ] = None,
    form: Annotated[
        str | None, typer.Option(help=f"Add an annex with the facts in the order of a form: {', '.join(FORM_NAMES)}.")
    ] = None,
    purpose: Annotated[
        Purpose | None, typer.Option("--for", help="With a list of exhibits, and without gaps and open questions.")
    ] = None,
    since: Annotated[
        str | None, typer.Option(help="Say which lines are new or say more since this day (YYYY-MM-DD).")
    ] = None,
    known: Annotated[
        str | None, typer.Option(help="As known on this day (YYYY-MM-DD); needs what `detention-graph as-of` stores.")
    ] = None,
    certification_file: Annotated[
        Path | None,
        typer.Option(
            "--certification", help="Write the page that certifies the file of -o, not signed, in its format."
        ),
    ] = None,
    language: Annotated[CaseFileLanguage, typer.Option(help="The language.")] = CaseFileLanguage.ENGLISH,
) -> None:
    """Write the case file of a person: numbered lines in order, each part with its references. Changes nothing in the graph.

    The same graph, options and version give the same bytes in every format. JSON is canonical (RFC 8785); with --form it is the annex alone.

    Example: detention-graph casefile iryna-horobtsova --format pdf --language uk -o horobtsova.pdf
    """
    _check_options(output_format, output, certification_file)
    if since is not None:
        parse_day(since)
    day = None if known is None else day_number(parse_day(known))
    chosen = None if form is None else form_named(form)
    settings = read_settings()
    is_filing = purpose is Purpose.FILING
    options = LayoutOptions(chosen, is_filing, settings.operator, settings.contact, since or "")
    with open_graph(settings) as store:
        file = _read_case_file(store, person, Language(language.value.upper()), settings.query_seconds, day)
    if output_format == "json" and chosen is not None:
        content = canonical_json(filled_form(file, chosen)) + b"\n"
    else:
        content = write_case_file(file, options, output_format)
    if output is None:
        sys.stdout.buffer.write(content)
        return
    _write_file(output, content)
    if certification_file is not None:
        digest = hashlib.sha256(content).hexdigest()
        page = certification(file, output.name, digest, datetime.now(UTC), options)
        _write_file(certification_file, DOCUMENT_FORMATS[output_format].write(page))


def _check_options(output_format: str, output: Path | None, certification_file: Path | None) -> None:
    """Raise InvalidValue for options that do not go together."""
    if output_format not in MEDIA_TYPES:
        raise InvalidValue(output_format, f"one of {', '.join(MEDIA_TYPES)}", thing="--format")
    if output is None and output_format in BINARY and sys.stdout.isatty():
        raise InvalidValue(output_format, "a file to write to (-o FILE)", thing="--format for a terminal")
    if certification_file is not None and (output is None or output_format == "json"):
        expected = "a document that is written with -o FILE"
        raise InvalidValue(output_format, expected, thing="--format for --certification")


def _read_case_file(store: Database, person: str, language: Language, seconds: float, day: int | None) -> CaseFile:
    """Return the case file of a person in the graph, as of a day number. Raises InvalidValue where there is none of this id."""
    rows = [store.read(one, seconds=seconds) for one in case_file_statements(person, day)]
    facts = case_file_facts([value for [[value]] in rows])
    if facts is None:
        if day is None:
            raise InvalidValue(person, "the id of a person in the graph", thing="person")
        [_, [[[_, undated]]]] = rows
        expected = f"the id of a person known on {day_date(day)}"
        detail = f"{undated} sources have no publication date and count from the day on which they were read"
        raise InvalidValue(person, expected, detail, thing="person")
    return case_file(parse_facts(facts), language)


def _write_file(path: Path, content: bytes) -> None:
    try:
        path.write_bytes(content)
    except OSError as error:
        raise InvalidValue(str(path), f"a file that can be written ({error.strerror})", thing="path") from None
    print_progress(f"{path}: {len(content):,} bytes")
