"""``detention-graph table``: guess, show and convert the mapping of a table, and keep the ids of its records."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

from graph_api.cli.common import JsonOption, print_progress, print_result, refuse_both, write_text
from graph_api.errors import InvalidSeeds, InvalidValue
from graph_api.ingest.formats.table import TableReading, read_mapping
from graph_api.ingest.formats.table.guess import guess_mapping
from graph_api.ingest.formats.table.row_ids import ids_path, key_problems, write_ids
from graph_api.ingest.nodes import Entry, SeedSyntaxError, SourcePosition, raw_value

HELP = """Read CSV and XLSX tables by a mapping, NAME.map.yaml.

Example: detention-graph table guess list.csv > list.map.yaml
"""

app = typer.Typer(no_args_is_help=True, rich_markup_mode=None, help=HELP)

Mapping = Annotated[Path, typer.Argument(help="A mapping, NAME.map.yaml.", exists=True, dir_okay=False)]


@app.command()
def guess(
    file: Annotated[Path, typer.Argument(help="A table, .csv or .xlsx.", exists=True, dir_okay=False)],
    sheet: Annotated[str | None, typer.Option(help="The sheet of a workbook.")] = None,
) -> None:
    """Print a first mapping for a table, to be reviewed.

    Example: detention-graph table guess list.csv > list.map.yaml
    """
    try:
        print_result(guess_mapping(file, sheet).rstrip("\n"))
    except SeedSyntaxError as error:
        raise InvalidSeeds([error.problem]) from None


@app.command()
def show(
    mapping: Mapping,
    row: Annotated[int | None, typer.Option(help="Only what this row makes.")] = None,
    as_json: JsonOption = False,
) -> None:
    """Print the records that a table makes.

    Example: detention-graph table show list.map.yaml --row 14
    """
    reading = _read(mapping)
    entries = [one for one in reading.records.entries if row is None or reading.is_of_row(one, row)]
    shown = [_as_json(one) for one in entries]
    print_result(shown if as_json else "\n".join(_as_text(one) for one in shown) or "no records")


@app.command()
def convert(
    mapping: Mapping, out: Annotated[Path, typer.Option("--out", "-o", help="A file that ends in .jsonl.")]
) -> None:
    """Write the records that a table makes as JSON Lines, which loads like the table.

    Example: detention-graph table convert list.map.yaml -o list.jsonl
    """
    if out.suffix != ".jsonl":
        raise InvalidValue(str(out), "a name that ends in .jsonl", thing="--out")
    entries = _read(mapping).records.entries
    lines = [json.dumps(_as_json(one), ensure_ascii=False) for one in entries]
    write_text(out, "".join(f"{line}\n" for line in lines))
    print_result(f"{len(lines)} records written to {out}")


@app.command()
def ids(
    mapping: Mapping,
    renamed: Annotated[
        bool, typer.Option("--renamed", help="Records whose key changed in their row keep their id.")
    ] = False,
    new: Annotated[bool, typer.Option("--new", help="Records whose key changed in their row are new ones.")] = False,
) -> None:
    """Write the ids of the records of a table to NAME.ids.csv, so that corrected cells keep them.

    Example: detention-graph table ids list.map.yaml
    """
    refuse_both("--renamed", renamed, "--new", new)
    reading = _read(mapping)
    changed = reading.ids.changed_keys()
    if changed and not renamed and not new:
        raise InvalidSeeds(key_problems(reading.ids, reading.table.file))
    path = ids_path(mapping)
    write_text(path, write_ids(reading.ids, reading.records.made, changed if renamed else ()))
    print_progress(f"{len(changed)} keys changed")
    print_result(f"{len(reading.ids.used)} ids written to {path}")


def _read(mapping: Path) -> TableReading:
    """Return the reading of a table. Raises InvalidSeeds, but not for keys that changed."""
    try:
        reading = read_mapping(mapping.read_text("utf-8"), str(mapping))
    except SeedSyntaxError as error:
        raise InvalidSeeds([error.problem]) from None
    except UnicodeDecodeError:
        problem = SourcePosition(str(mapping), 1, 1).problem("encoding", "Invalid encoding: expected UTF-8.")
        raise InvalidSeeds([problem]) from None
    if reading.records.problems:
        raise InvalidSeeds(reading.records.problems)
    return reading


def _as_json(entry: Entry) -> dict[str, object]:
    values = raw_value(entry.node)
    return {"section": entry.section, **(values if isinstance(values, dict) else {"id": values})}


def _as_text(values: dict[str, object]) -> str:
    lines = [f"{values['section']}:"]
    lines += [f"  {key}: {json.dumps(value, ensure_ascii=False)}" for key, value in values.items() if key != "section"]
    return "\n".join(lines)
