"""``detention-graph export``: a list, or the answer to an operation, as a file."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Any, Final
from urllib.parse import urlencode

import typer

from graph_api.cli.common import open_graph, print_progress, read_settings
from graph_api.cli.query import parse_variables, read_operation, require_data
from graph_api.database.driver import Database
from graph_api.errors import InvalidQuery, InvalidValue, PageLimitExceeded
from graph_api.execution.notes import CUT
from graph_api.execution.operation_planner import ExecutionLimits
from graph_api.export.registry import EXPORT_FORMATS
from graph_api.export.rows import incomplete_list
from graph_api.schema.build import build_schema, graphql_schema
from graph_api.web.app import bounds
from graph_api.web.graph_state import GraphState
from graph_api.web.local_execution import execute_locally
from graph_api.web.pages.filters import parameters_of
from graph_api.web.pages.languages import PageLanguage, locale
from graph_api.web.pages.listing import ListQuery, list_variables
from graph_api.web.pages.map import MAP
from graph_api.web.pages.notices import fixed_lines
from graph_api.web.pages.operations import operations
from graph_api.web.pages.page import ListPage
from graph_api.web.pages.responses import describe_table
from graph_api.web.pages.routes import LISTS

PAGES: Final[Mapping[str, ListPage]] = {one.name: one for one in LISTS}
NAMES: Final = (*PAGES, MAP.name)
RECORDS: Final = "records"
"""The operations that read lists as records and links."""


@dataclass(frozen=True, slots=True)
class Reading:
    """How operations are executed: the database, the limits of the API, and the time limit in seconds."""

    store: Database
    limits: ExecutionLimits
    seconds: float


@dataclass(frozen=True, slots=True)
class FileData:
    """What is written: the data of an answer, or rows made of it under the name of their list; ``query`` is what was asked, as in an address."""

    data: Mapping[str, Any]
    query: str = ""
    rows: Sequence[Mapping[str, Any]] | None = None
    notice: Sequence[int] = field(default=())


def export(
    what: Annotated[str, typer.Argument(help=f"A list ({', '.join(NAMES)}), a file with a GraphQL operation, or -.")],
    output_format: Annotated[str, typer.Option("--format", help=f"The format: {', '.join(EXPORT_FORMATS)}.")] = "csv",
    where: Annotated[
        list[str] | None,
        typer.Option(help="A condition of a list, as in the address of its page: NAME=VALUE. Repeatable."),
    ] = None,
    variables: Annotated[str, typer.Option(help="The variables of an operation, as a JSON object.")] = "{}",
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="The file to write; else standard output.")
    ] = None,
) -> None:
    """Write a list, or the answer to an operation, as a file. Rules of disclosure and limits are those of the API. Changes nothing in the graph.

    What would be longer than a limit is an error and never cut. With -o a CSV file gets a file beside it that says what it holds.

    Example: detention-graph export exchanges --where date_from=2024-01-01 --where date_until=2024-12-31 --format csv -o exchanges.csv
    """
    if output_format not in EXPORT_FORMATS:
        raise InvalidValue(output_format, f"one of {', '.join(EXPORT_FORMATS)}", thing="--format")
    is_list = what in NAMES
    if where and not is_list:
        raise InvalidValue(what, f"one of {', '.join(NAMES)}", thing="list for --where")
    conditions = [_condition(one) for one in where or ()]
    text, values = ("", {}) if is_list else (read_operation(what), parse_variables(variables))
    settings = read_settings()
    with open_graph(settings) as store:
        require_data(store)
        reading = Reading(store, bounds(settings), settings.query_seconds)
        found = (
            _list_data(reading, what, conditions, output_format)
            if is_list
            else FileData(_answer(reading, text, values))
        )
        state = GraphState(store)
        state.refresh()
    content = EXPORT_FORMATS[output_format].write(found.data)
    if output is None:
        sys.stdout.write(content)
        return
    write_file(output, content)
    if output_format == "csv" and found.rows is not None:
        notice = fixed_lines(found.notice, locale(PageLanguage.EN))
        described = describe_table(found.rows, output.stem, state, notice=notice, query=found.query)
        beside = json.dumps(described, ensure_ascii=False, indent=2) + "\n"
        write_file(output.with_name(f"{output.name}-metadata.json"), beside)


def _condition(text: str) -> tuple[str, str]:
    name, sign, value = text.partition("=")
    if not (sign and name.strip() and value.strip()):
        raise InvalidValue(text, "NAME=VALUE, such as category=CIVILIAN", thing="--where")
    return name.strip(), value.strip()


def _list_data(reading: Reading, name: str, conditions: Sequence[tuple[str, str]], output_format: str) -> FileData:
    """Return what is written of a list. Raises InvalidQuery for conditions and formats that it has not, and PageLimitExceeded."""
    if name == MAP.name:
        return _map_data(reading, conditions, output_format)
    page = PAGES[name]
    is_table = output_format in {"csv", "jsonl"}
    stored = operations() if is_table else operations(RECORDS)
    if name not in stored:
        with_records = ", ".join(operations(RECORDS))
        raise InvalidValue(
            output_format, f"csv or jsonl; other formats hold {with_records}", thing=f"--format for {name}"
        )
    parameters = parameters_of(graphql_schema(build_schema()), page.filter_type)
    query = ListQuery.parse(conditions, page, parameters)
    values = list_variables(page, parameters, query, reading.limits.rows.page, is_whole=True)
    used = (
        values
        if is_table
        else {key: value for key, value in values.items() if key not in {"orderBy", "after", "options"}}
    )
    data = {page.root: _answer(reading, stored[name], used)[page.root]}
    if output_format != "csv":
        return FileData(data, urlencode(conditions))
    rows = [page.file_row(one) for one in data[page.root]["nodes"]]
    return FileData({page.name: {"nodes": rows}}, urlencode(conditions), rows, page.notice)


def _map_data(reading: Reading, conditions: Sequence[tuple[str, str]], output_format: str) -> FileData:
    if conditions:
        raise InvalidQuery(f"Unknown parameter '{conditions[0][0]}': the map takes none.")
    if output_format not in {"csv", "jsonl", "geojson"} or MAP.file_rows is None or MAP.features is None:
        raise InvalidValue(output_format, "csv, jsonl or geojson", thing="--format for map")
    data = _answer(reading, operations()[MAP.name], {})
    rows = MAP.features(data) if output_format == "geojson" else MAP.file_rows(data)
    return FileData({MAP.name: {"nodes": rows}}, "", rows, MAP.notice)


def _answer(reading: Reading, text: str, values: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return the whole data of an answer. Raises InvalidQuery where it has errors, and PageLimitExceeded where it is only a part of a list."""
    body = execute_locally(
        build_schema(), reading.store, text, values, None, bounds=reading.limits, seconds=reading.seconds
    )
    if "errors" in body:
        raise InvalidQuery(" ".join(one["message"] for one in body["errors"]))
    data: Mapping[str, Any] = body["data"]
    cut = next((one["message"] for one in body["extensions"].get("notes", ()) if one["message"].startswith(CUT)), None)
    if shorter := cut or incomplete_list(data):
        raise PageLimitExceeded(shorter)
    return data


def write_file(path: Path, content: str) -> None:
    """Write a file and say so. Raises InvalidValue where that is not possible."""
    try:
        path.write_bytes(content.encode())
    except OSError as error:
        raise InvalidValue(str(path), f"a file that can be written ({error.strerror})", thing="path") from None
    print_progress(f"{path}: {len(content.encode()):,} bytes")
