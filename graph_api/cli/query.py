"""``detention-graph query`` and ``schema``."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, Final

import typer

from graph_api.cli.common import open_graph, print_result, print_table, read_settings, stderr_console, table_console
from graph_api.database.driver import Database
from graph_api.database.queries import named
from graph_api.errors import EmptyGraph, IncompatibleGraph, InvalidValue
from graph_api.export.registry import EXPORT_FORMATS
from graph_api.export.rows import answer_rows, flat_rows, left_out
from graph_api.ingest.rebuild import pending_migrations
from graph_api.ingest.seed_schema import seed_schema
from graph_api.schema.build import build_schema, print_sdl
from graph_api.web.app import bounds
from graph_api.web.local_execution import execute_locally

JSON: Final = "json"
"""The output format that is the whole response; the others hold the rows of its one root field."""
TABLE: Final = "table"
"""The rows as a table for a terminal."""
FORMATS: Final = (JSON, TABLE, *EXPORT_FORMATS)


def query(
    file: Annotated[str, typer.Argument(help="A file with a GraphQL operation, or - for standard input.")],
    variables: Annotated[str, typer.Option(help="The variables, as a JSON object.")] = "{}",
    operation: Annotated[str | None, typer.Option(help="The operation to execute, if the file has several.")] = None,
    output_format: Annotated[str, typer.Option("--format", help=f"The output format: {', '.join(FORMATS)}.")] = JSON,
) -> None:
    """Execute a GraphQL operation without a server and print the response, as JSON or as a table of its rows. Changes nothing in the graph.

    Example: echo '{ people(first: 3) { nodes { name } } }' | detention-graph query - --format table
    """
    if output_format not in FORMATS:
        raise InvalidValue(output_format, f"one of {', '.join(FORMATS)}", thing="--format")
    text = read_operation(file)
    values = parse_variables(variables)
    settings = read_settings()
    with open_graph(settings) as store:
        require_data(store)
        body = execute_locally(
            build_schema(), store, text, values, operation, bounds=bounds(settings), seconds=settings.query_seconds
        )
    if output_format == JSON:
        print_result(body)
    elif "errors" in body:
        sys.stderr.write(json.dumps(body["errors"], ensure_ascii=False, indent=2) + "\n")
    else:
        if output_format == TABLE:
            _print_rows(body["data"])
        else:
            sys.stdout.write(EXPORT_FORMATS[output_format].write(body["data"]))
        if notice := left_out(body["data"]):
            stderr_console.print(notice, markup=False, soft_wrap=True)
    if "errors" in body:
        raise typer.Exit(1)


def _print_rows(data: Mapping[str, Any]) -> None:
    """Print the rows of an answer, a column for each value that is selected. Raises InvalidQuery where it has no such form."""
    columns, rows = flat_rows(answer_rows(data))
    cells = [["" if row.get(one) is None else str(row[one]) for one in columns] for row in rows]
    print_table(table_console(), "1 row" if len(rows) == 1 else f"{len(rows)} rows", columns, cells)


def schema(
    seeds: Annotated[bool, typer.Option("--seeds", help="Print the JSON Schema of seed files, for editors.")] = False,
) -> None:
    """Print the GraphQL schema, or the JSON Schema of seed files.

    Example: detention-graph schema > schema.graphql
    """
    sys.stdout.write(f"{json.dumps(seed_schema(), ensure_ascii=False, indent=1)}\n" if seeds else print_sdl())


def require_data(store: Database) -> None:
    """Raise EmptyGraph or IncompatibleGraph where a response would be empty or wrong for want of data or migrations."""
    [[_, records, _, _]] = store.read(named("graph_state"))
    if not records:
        raise EmptyGraph(
            "The graph is empty. Load data with `detention-graph load seeds/` or start `detention-graph up`."
        )
    missing = pending_migrations(store)
    if missing:
        raise IncompatibleGraph(
            f"The graph lacks {len(missing)} migrations of this version: {', '.join(missing)}. Run `detention-graph migrate`."
        )


def read_operation(file: str) -> str:
    """Return the text of a file, or of standard input for ``-``. Raises InvalidValue for a file that cannot be read."""
    try:
        return sys.stdin.read() if file == "-" else Path(file).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise InvalidValue(file, "a readable file with a GraphQL operation, or -", str(error)) from None


def parse_variables(text: str) -> dict[str, Any]:
    """Return the variables of an operation. Raises InvalidValue for what is no JSON object."""
    try:
        values = json.loads(text)
    except json.JSONDecodeError as error:
        raise InvalidValue(text, "variables as a JSON object", str(error)) from None
    if not isinstance(values, dict):
        raise InvalidValue(text, "variables as a JSON object")
    return values
