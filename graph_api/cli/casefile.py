"""``detention-graph casefile``."""

from __future__ import annotations

import sys
from dataclasses import asdict
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Final

import typer

from graph_api.casefile.canonical_json import canonical_json
from graph_api.casefile.case_file import case_file
from graph_api.casefile.facts import parse_facts
from graph_api.casefile.forms import FORM_NAMES, filled_form, form_named
from graph_api.casefile.layout import LayoutOptions
from graph_api.cli.common import open_graph, print_progress, read_settings
from graph_api.database.queries import named
from graph_api.errors import InvalidValue
from graph_api.evidence.status_text import Language
from graph_api.export.case_files.registry import MEDIA_TYPES, write_case_file

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
    language: Annotated[CaseFileLanguage, typer.Option(help="The language.")] = CaseFileLanguage.ENGLISH,
) -> None:
    """Write the case file of a person: numbered lines in order, each part with its references. Changes nothing in the graph.

    The same graph, options and version give the same bytes in every format. JSON is canonical (RFC 8785); with --form it is the annex alone.

    Example: detention-graph casefile iryna-horobtsova --format pdf --language uk -o horobtsova.pdf
    """
    if output_format not in MEDIA_TYPES:
        raise InvalidValue(output_format, f"one of {', '.join(MEDIA_TYPES)}", thing="--format")
    if output is None and output_format in BINARY and sys.stdout.isatty():
        raise InvalidValue(output_format, "a file to write to (-o FILE)", thing="--format for a terminal")
    chosen = None if form is None else form_named(form)
    settings = read_settings()
    with open_graph(settings) as store:
        [[facts]] = store.read(named("case_file", id=person), seconds=settings.query_seconds)
    if facts is None:
        raise InvalidValue(person, "the id of a person in the graph", thing="person")
    file = case_file(parse_facts(facts), Language(language.value.upper()))
    if output_format == "json" and chosen is not None:
        content = canonical_json([asdict(one) for one in filled_form(file, chosen)]) + b"\n"
    else:
        options = LayoutOptions(chosen, purpose is Purpose.FILING, settings.operator, settings.contact)
        content = write_case_file(file, options, output_format)
    if output is None:
        sys.stdout.buffer.write(content)
        return
    try:
        output.write_bytes(content)
    except OSError as error:
        raise InvalidValue(str(output), f"a file that can be written ({error.strerror})", thing="--output") from None
    print_progress(f"{output}: {len(content):,} bytes")
