"""The version of Neo4j that wrote a home: Neo4j upgrades an older one at start, a newer one is refused."""

from __future__ import annotations

from graph_api.embedded.jars import VERSION
from graph_api.embedded.layout import Layout
from graph_api.embedded.lock import write_private
from graph_api.errors import IncompatibleGraph


def check_data_version(layout: Layout) -> None:
    """Raise IncompatibleGraph where a newer version wrote this home; nothing is changed then."""
    written = written_by(layout)
    if written is not None and _numbers(written) > _numbers(VERSION):
        raise IncompatibleGraph(
            f"The home {layout.home} was written by Neo4j {written}, which version {VERSION} of this program cannot read. "
            "Use the newer detention-graph that wrote it, or set another home (DETENTION_GRAPH_DATA_DIR)"
        )


def written_by(layout: Layout) -> str | None:
    """Return the version that wrote this home, or None where it is not recorded; Neo4j checks its files itself."""
    try:
        written = layout.version.read_text(encoding="ascii").strip()
    except (OSError, ValueError):
        return None
    return written if _numbers(written) else None


def note(layout: Layout) -> None:
    """Record the version of this program, once the graph is open and so has its format."""
    if written_by(layout) != VERSION:
        write_private(layout.version, f"{VERSION}\n")


def _numbers(text: str) -> tuple[int, ...]:
    """Return the numbers of a version, empty where the text is none.

    >>> _numbers("2026.09.0"), _numbers("rubbish")
    ((2026, 9, 0), ())
    """
    parts = text.split(".")
    return tuple(int(one) for one in parts) if all(one.isdecimal() for one in parts) else ()
