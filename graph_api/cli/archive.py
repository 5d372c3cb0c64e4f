"""``detention-graph backup``, ``restore`` and ``purge``: copies of the loaded data, and a graph without a trace of what was withheld."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from graph_api.cli.common import (
    JsonOption,
    hold_graph_home,
    open_graph,
    print_progress,
    print_result,
    read_settings,
    seeds_folder,
    stderr_console,
)
from graph_api.database.driver import open_database
from graph_api.database.migrations import migrate
from graph_api.embedded.replace import HeldHome
from graph_api.errors import IncompatibleGraph, InvalidSettings
from graph_api.ingest.archive import Archive, add_withheld, read_graph, without_empty_loads
from graph_api.ingest.archive_file import archive_digest, read_archive, write_archive
from graph_api.ingest.key_file import KeyFile
from graph_api.ingest.load import withheld_ids
from graph_api.ingest.new_graph import address_of
from graph_api.ingest.restore import build_graph, write_graph
from graph_api.ingest.withheld import count_ids

File = Annotated[Path, typer.Argument(help="The archive.")]
Withheld = Annotated[
    list[Path] | None, typer.Option("--withheld", help="Seed files whose withheld ids are withheld too; repeatable.")
]


def backup(file: File, as_json: JsonOption = False) -> None:
    """Write all that was loaded into one archive: claims, loads, withheld ids. The graph may be served meanwhile.

    Example: detention-graph backup graph-2026-11-28.zip
    """
    settings = read_settings()
    with open_graph(settings) as store:
        archive = read_graph(store, progress=print_progress, seconds=settings.load_seconds)
    _report(archive, write_archive(archive, file), as_json)


def restore(
    file: File,
    replace: Annotated[bool, typer.Option("--replace", help="Replace the graph of the data directory.")] = False,
    withheld: Withheld = None,
    as_json: JsonOption = False,
) -> None:
    """Build a graph from an archive, in an empty data directory or database.

    What is withheld stays away: the ids that the archive withholds, those that the seed files of this version or given ones name, and
    with --replace those of the graph that is replaced.

    Example: detention-graph restore graph-2026-11-28.zip --withheld withheld.yaml
    """
    settings = read_settings()
    key = KeyFile(settings.data_dir)
    archive = add_withheld(read_archive(file), withheld_ids([seeds_folder(), *(withheld or ())]), key)
    if settings.neo4j_uri:
        with open_graph(settings) as store:
            write_graph(archive, store, progress=print_progress, seconds=settings.load_seconds)
    else:
        with hold_graph_home(settings) as home:
            if home.has_graph:
                archive = add_withheld(archive, _withheld_by(home, replace=replace), key)
            build_graph(archive, home, progress=print_progress, seconds=settings.load_seconds)
    _report(archive, archive_digest(file), as_json)


def purge(as_json: JsonOption = False) -> None:
    """Build the graph of the data directory anew from its claims, and delete the old one with its logs: nothing withheld is left on the disk.

    Needs a private Neo4j that no other process uses. An interruption leaves the old graph or the new one. Backups are not touched.

    Example: detention-graph purge
    """
    settings = read_settings()
    if settings.neo4j_uri:
        raise InvalidSettings(
            "`purge` replaces the data directory of a private Neo4j, and DETENTION_GRAPH_NEO4J_URI is set. For a server of your own: back up, "
            "restore into an empty database, delete the old one and its transaction logs (docs/deployment.md)."
        )
    with hold_graph_home(settings) as home:
        if not home.has_graph:
            raise IncompatibleGraph(f"No graph below {home.layout.home}: there is nothing to purge.")
        with home.present() as endpoint, open_database(address_of(endpoint)) as store:
            migrate(store)
            found = read_graph(store, progress=print_progress, seconds=settings.load_seconds)
        archive = without_empty_loads(add_withheld(found, (), KeyFile(settings.data_dir)))
        build_graph(archive, home, progress=print_progress, seconds=settings.load_seconds)
    if not as_json:
        stderr_console.print(
            "Backups and copies of the data directory that were made before still hold what was withheld: delete them."
        )
    print_result(_summary(archive) if as_json else f"{len(archive.claims)} claims\ncontent hash {archive.content_hash}")


def _withheld_by(home: HeldHome, *, replace: bool) -> list[str]:
    """Return what the present graph withholds. Raises IncompatibleGraph for a graph that is not to be replaced."""
    with home.present() as endpoint, open_database(address_of(endpoint)) as store:
        present = read_graph(store, progress=print_progress)
    if not replace and (present.claims or present.withheld):
        raise IncompatibleGraph(
            f"There is a graph below {home.layout.home}: expected an empty data directory (DETENTION_GRAPH_DATA_DIR), or --replace."
        )
    return list(present.withheld)


def _report(archive: Archive, digest: str, as_json: bool) -> None:
    if as_json:
        print_result({**_summary(archive), "sha256": digest})
    else:
        counts = f"{len(archive.claims)} claims, {len(archive.loads)} loads, {count_ids(archive.withheld)} withheld ids"
        print_result(f"{counts}\ncontent hash {archive.content_hash}\nSHA-256 {digest}")


def _summary(archive: Archive) -> dict[str, object]:
    return {
        "claims": len(archive.claims),
        "loads": len(archive.loads),
        "withheld": count_ids(archive.withheld),
        "contentHash": archive.content_hash,
    }
