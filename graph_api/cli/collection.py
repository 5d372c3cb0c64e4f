"""``detention-graph collection``: what a collection has in the graph, as seed files again."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

from graph_api.cli.common import JsonOption, open_graph, print_result, read_settings
from graph_api.errors import DataDirectoryUnusable, InvalidSettings
from graph_api.ingest.collection_export import ExportedCollection, export_collection
from graph_api.ingest.collections import FILE_NAME, REQUIRED

HELP = """Write a collection of the graph as seed files.

Example: detention-graph collection export articles --out articles-again
"""

app = typer.Typer(no_args_is_help=True, rich_markup_mode=None, help=HELP)
UNKNOWN = "not stored in the graph"
"""What a declaration says that no file declared."""


@app.callback()
def collection() -> None:
    """Write a collection of the graph as seed files."""


@app.command()
def export(
    collection: Annotated[str, typer.Argument(help="The id of a collection of the graph.")],
    out: Annotated[Path, typer.Option("--out", "-o", help="A folder that does not exist yet, or is empty.")],
    as_json: JsonOption = False,
) -> None:
    """Write the declaration and the entries of a collection, a file of JSON Lines for each section. Loading them makes the same claims.

    Withheld ids are not among them, nor what a public graph was not given.

    Example: detention-graph collection export articles --out articles-again
    """
    if out.exists() and (not out.is_dir() or any(out.iterdir())):
        raise InvalidSettings(f"Invalid folder {out}: expected a new or an empty one.")
    with open_graph(read_settings()) as store:
        found = export_collection(store, collection)
    try:
        _write(found, out)
    except OSError as error:
        raise DataDirectoryUnusable(f"Cannot write to {out}: {error.strerror}.") from None
    files = [f"{section}.jsonl" for section in found.sections]
    if as_json:
        print_result({"entries": found.count, "files": [FILE_NAME, *files], "refersTo": list(found.refers_to)})
        return
    lines = [f"{found.count} entries written to {out}: {', '.join([FILE_NAME, *files])}"]
    if found.refers_to:
        lines.append(
            f"they refer to records of other collections, to be loaded with them: {', '.join(found.refers_to)}"
        )
    print_result("\n".join(lines))


def _write(found: ExportedCollection, folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    declared = {**dict.fromkeys(REQUIRED, UNKNOWN), **found.declaration}
    lines = [f"{key}: {json.dumps(text, ensure_ascii=False)}" for key, text in declared.items()]
    (folder / FILE_NAME).write_text("\n".join([*lines, ""]), encoding="utf-8")
    for section, text in found.sections.items():
        (folder / f"{section}.jsonl").write_text(text, encoding="utf-8")
