"""``detention-graph casefile``."""

from __future__ import annotations

import sys
from dataclasses import asdict
from enum import StrEnum
from typing import Annotated

import typer

from graph_api.casefile.canonical_json import canonical_json
from graph_api.casefile.case_file import as_json, case_file
from graph_api.casefile.facts import parse_facts
from graph_api.casefile.forms import CaseFileForm, filled_form
from graph_api.casefile.plain_text import as_text, form_text
from graph_api.cli.common import open_graph, read_settings
from graph_api.database.queries import named
from graph_api.errors import InvalidValue
from graph_api.evidence.status_text import Language


class CaseFileFormat(StrEnum):
    """How a case file is written."""

    JSON = "json"
    TEXT = "text"


class CaseFileLanguage(StrEnum):
    """In which language a case file is written."""

    ENGLISH = "en"
    UKRAINIAN = "uk"


def casefile(
    person: Annotated[str, typer.Argument(help="The id of the person.")],
    output_format: Annotated[CaseFileFormat, typer.Option("--format", help="The output format.")] = CaseFileFormat.TEXT,
    form: Annotated[
        CaseFileForm | None, typer.Option(case_sensitive=False, help="Print the facts in the order of this form.")
    ] = None,
    language: Annotated[CaseFileLanguage, typer.Option(help="The language.")] = CaseFileLanguage.ENGLISH,
) -> None:
    """Print the case file of a person: numbered lines in order, each part with its references. Changes nothing in the graph.

    JSON is canonical (RFC 8785): the same graph, language and version give the same bytes.

    Example: detention-graph casefile iryna-horobtsova --format text --language uk
    """
    settings = read_settings()
    with open_graph(settings) as store:
        [[facts]] = store.read(named("case_file", id=person), seconds=settings.query_seconds)
    if facts is None:
        raise InvalidValue(person, "the id of a person in the graph", thing="person")
    file = case_file(parse_facts(facts), Language(language.value.upper()))
    if output_format is CaseFileFormat.TEXT:
        sys.stdout.write(as_text(file) if form is None else form_text(filled_form(file, form)))
    elif form is not None:
        sys.stdout.buffer.write(canonical_json([asdict(one) for one in filled_form(file, form)]) + b"\n")
    else:
        sys.stdout.buffer.write(canonical_json(as_json(file)) + b"\n")
