"""Which version of Neo4j wrote a home: an older one is brought up by Neo4j when it starts, a newer one is left alone."""

from __future__ import annotations

from graph_api.embedded.jars import VERSION
from graph_api.embedded.layout import Layout
from graph_api.embedded.lock import write_private
from graph_api.errors import IncompatibleGraph


def check_data_version(layout: Layout) -> None:
    """Raise IncompatibleGraph where a newer version than ours wrote this home; nothing was touched then."""
    written = written_by(layout)
    if written is not None and _numbers(written) > _numbers(VERSION):
        raise IncompatibleGraph(
            f"the home {layout.home} was written by Neo4j {written}, and this program brings {VERSION}, which cannot read "
            "it. Use the newer detention-graph that made it, or set another home (DETENTION_GRAPH_DATA_DIR)"
        )


def written_by(layout: Layout) -> str | None:
    """Return the version that wrote this home, or nothing where no file tells; Neo4j itself looks again."""
    try:
        written = layout.version.read_text(encoding="ascii").strip()
    except (OSError, ValueError):
        return None
    return written if _numbers(written) else None


def note(layout: Layout) -> None:
    """Remember our version, once the graph is open and so is of our format."""
    if written_by(layout) != VERSION:
        write_private(layout.version, f"{VERSION}\n")


def _numbers(text: str) -> tuple[int, ...]:
    """Return the numbers of a version, none where the text is not one.

    >>> _numbers("2026.09.0"), _numbers("rubbish")
    ((2026, 9, 0), ())
    """
    parts = text.split(".")
    return tuple(int(one) for one in parts) if all(one.isdecimal() for one in parts) else ()
