"""``detention-graph find`` and ``show``: records for people at a terminal."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Annotated, Any, Final

import typer
from rich.console import Console
from rich.text import Text

from graph_api.cli.common import JsonOption, open_graph, print_result, print_table, read_settings, table_console
from graph_api.cli.query import require_data
from graph_api.errors import InvalidQuery, InvalidValue
from graph_api.schema.build import build_schema
from graph_api.web.app import bounds
from graph_api.web.local_execution import execute_locally
from graph_api.web.pages.event_rows import record_path
from graph_api.web.pages.find import find_view
from graph_api.web.pages.languages import PageLanguage, locale
from graph_api.web.pages.notices import ALL_LINES, fixed_lines
from graph_api.web.pages.operations import operations
from graph_api.web.pages.page import FileRow, RecordPage
from graph_api.web.pages.routes import RECORDS

COLUMNS: Final = (
    "line", "date_display", "to", "kind", "property", "value", "title", "name", "number", "category", "sex", "nationality", "text",
    "said_by", "subjects", "places", "sources",
)  # fmt: skip
"""What a terminal shows of the lines of a record, as far as they have it; the file has all of it."""
English = locale(PageLanguage.EN)


def find(
    name: Annotated[str, typer.Argument(help="A name, place, court or source, in any script and spelling.")],
    first: Annotated[int, typer.Option(help="How many records to print at most.", min=1)] = 20,
    json: JsonOption = False,
) -> None:
    """Find records by name and print them by kind, the best match first. Exits with 1 where none matches. Changes nothing in the graph.

    Example: detention-graph find Рощіна
    """
    body = _ask("find", {"text": name, "first": first})
    found = body["data"]["search"]
    if json:
        print_result(body)
    else:
        console = table_console()
        for table in find_view(name, found, English)["hits"]:
            rows = [
                (*map(_words, row.cells), (row.cells[0].texts[0].href or "").rpartition("/")[2]) for row in table.rows
            ]
            print_table(console, table.caption, (*table.columns, "Id"), rows)
        if found["nodes"]:
            _print_notice(console, ALL_LINES)
        console.print(f"{len(found['nodes'])} of {found['totalCount']} records that match.", markup=False)
        for note in body.get("extensions", {}).get("notes", ()):
            console.print(note["message"], markup=False)
    if not found["nodes"]:
        raise typer.Exit(1)


def show(
    record: Annotated[str, typer.Argument(metavar="ID", help="The id of a record.")],
    json: JsonOption = False,
) -> None:
    """Print a record: what is reported of it, line by line, with the sources of each. Changes nothing in the graph.

    Example: detention-graph show maksym-butkevych
    """
    node = _ask("record", {"id": record})["data"]["node"]
    page = None if node is None else _page(record_path(node))
    unknown = InvalidValue(record, "the id of a record in this graph", thing="ID")
    if page is None:
        raise unknown
    body = _ask(page.name, {"id": record, **({"language": "EN"} if page.has_language else {})})
    if json:
        print_result(body)
        return
    answer = page.record(body["data"])
    if answer is None:
        raise unknown  # it was withheld between the two questions
    console = table_console()
    console.print(Text(str(page.view(answer, English)["title"]), style="bold"))
    rows, sources = _with_numbers(page.file_rows(answer))
    columns = [one for one in COLUMNS if any(row.get(one) not in {None, ""} for row in rows)]
    cells = [["" if row.get(one) is None else str(row[one]) for one in columns] for row in rows]
    many = "1 line" if len(rows) == 1 else f"{len(rows)} lines"
    print_table(console, many, [one.removesuffix("_display") for one in columns], cells)
    if sources:
        print_table(console, "Sources", ("", "id"), [(str(number), id_) for id_, number in sources.items()])
    _print_notice(console, page.notice)


def _ask(operation: str, variables: Mapping[str, Any]) -> dict[str, Any]:
    """Return the response body of a stored operation. Raises InvalidQuery where it has errors."""
    settings = read_settings()
    with open_graph(settings) as store:
        require_data(store)
        body = execute_locally(
            build_schema(),
            store,
            operations()[operation],
            variables,
            None,
            bounds=bounds(settings),
            seconds=settings.query_seconds,
        )
    if "errors" in body:
        raise InvalidQuery(str(body["errors"][0]["message"]))
    return body


def _with_numbers(rows: Sequence[FileRow]) -> tuple[list[FileRow], Mapping[str, int]]:
    """Return lines with numbers instead of the ids of their sources, and the numbers, in the order of first use."""
    numbers: dict[str, int] = {}
    numbered: list[FileRow] = []
    for row in rows:
        ids = filter(None, str(row.get("sources") or "").split("; "))
        numbered.append({**row, "sources": ", ".join(str(numbers.setdefault(one, len(numbers) + 1)) for one in ids)})
    return numbered, numbers


def _page(path: str) -> RecordPage | None:
    """Return the page of a record by its path."""
    return next((one for one in RECORDS if one.path.partition("{")[0].strip("/") == path.partition("/")[0]), None)


def _words(cell: Any) -> str:
    return ", ".join(one.text for one in cell.texts)


def _print_notice(console: Console, numbers: Sequence[int]) -> None:
    """Print the fixed lines that stand on every list of judgments or custody."""
    for number, line in zip(numbers, fixed_lines(numbers, English), strict=True):
        console.print(f"{number}. {line}", markup=False)
