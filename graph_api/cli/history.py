"""``detention-graph loads`` and ``history``: what the loads of a graph did."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from graph_api.cli.common import JsonOption, open_graph, print_result, read_settings
from graph_api.errors import NotFound
from graph_api.ingest.history import all_loads, history_of, load_of_number, without_hidden
from graph_api.ingest.journal import LoadRecord


def loads(
    number: Annotated[int | None, typer.Argument(help="The number of one load.")] = None, as_json: JsonOption = False
) -> None:
    """List the loads of the graph: number, when, who, why, how much; or all that is known of one.

    Example: detention-graph loads
    """
    with open_graph(read_settings()) as store:
        every = without_hidden(all_loads(store))
        chosen = [load_of_number(every, number)] if number is not None else list(every)
    if as_json:
        print_result([_load_json(one) for one in chosen])
    elif number is None:
        print_result("\n".join(map(_load_line, chosen)) or "no loads")
    else:
        [one] = chosen
        print_result("\n".join([_load_line(one), *_load_details(one)]))


def history(
    record: Annotated[str, typer.Argument(help="The id of a record.")],
    field: Annotated[str | None, typer.Option("--field", help="One property, such as date.")] = None,
    as_json: JsonOption = False,
) -> None:
    """List every value that a record ever had, and by which load. Exits with 66 for an id that was never loaded.

    Example: detention-graph history iryna-horobtsova --field category
    """
    with open_graph(read_settings()) as store:
        every = history_of(store, record)
    names = sorted({one.name for one in every})
    if field is not None and field not in names:
        raise NotFound(f"No property {field!r} of {record}: expected one that it had, {', '.join(names)}.")
    values = [one for one in every if field is None or one.name == field]
    if as_json:
        rows = [
            {
                "load": one.load.number, "at": one.load.at, "steward": one.load.note.get("steward"), "added": one.is_added,
                "subject": one.subject or None, "property": one.name, "value": one.value, "cited": one.cited,
            }
            for one in values
        ]  # fmt: skip
        print_result(rows)
        return
    lines: list[str] = []
    shown = None
    for one in values:
        if one.load.number != shown:
            lines.append(f"{one.load.title}{_message(one.load)}")
            shown = one.load.number
        subject = f"{one.subject} " if one.subject else ""
        lines.append(f"  {'+' if one.is_added else '-'} {subject}{one.name}: {one.value}   {one.cited}".rstrip())
    print_result("\n".join(lines))


def _load_line(one: LoadRecord) -> str:
    note = one.note
    counts = ", ".join(f"{note[word]} {word}" for word in ("added", "changed", "removed") if note.get(word))
    owners = ", ".join(note.get("collections") or ()) or "no collection"
    return f"{one.number:4}  {one.at[:16]}  {note.get('steward') or '-'}  {owners}: {counts or 'no records'}{_message(one)}"


def _message(one: LoadRecord) -> str:
    message = one.note.get("message")
    return f"  “{message}”" if message else ""


def _load_details(one: LoadRecord) -> list[str]:
    names = ("files", "commit", "group", "reverts", "decisions", "hash_before", "hash")
    lines = [f"  {name}: {_text(one.note[name])}" for name in names if one.note.get(name) is not None]
    lines.append(f"  entries: {', '.join(sorted(one.journal.entries)) or 'not remembered'}")
    if one.journal.incomplete:
        lines.append("  what had to be withheld was not remembered: a revert does not bring it back")
    return lines


def _text(value: Any) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)


def _load_json(one: LoadRecord) -> dict[str, Any]:
    return {**one.note, "number": one.number, "entries": sorted(one.journal.entries)}
