"""The cases of bad seed files: a folder each, ``in/`` with the files and ``problems.txt`` with what a check must say.

After a change of messages, write what is said now into every ``problems.txt``, and read the difference before you keep it::

    python -m tests.ingest.cases
"""

from __future__ import annotations

from pathlib import Path

from graph_api.errors import InvalidSeeds
from graph_api.ingest.load import check

BAD = Path(__file__).parent / "cases" / "bad"


def bad_cases() -> list[str]:
    """Return the names of all cases."""
    return sorted(folder.name for folder in BAD.iterdir() if (folder / "in").is_dir())


def said_about(name: str) -> list[str]:
    """Return what a check says about a case, a line a problem, files named from its folder ``in``."""
    try:
        check([BAD / name / "in"])
    except InvalidSeeds as bad:
        return [relative(str(problem), name) for problem in bad.problems]
    return []


def relative(line: str, name: str) -> str:
    """Return a line without the way to the case's files."""
    folder = BAD / name / "in"
    return line.replace(f"{folder}/", "").replace(str(folder), "in")


def expected(name: str) -> list[str]:
    """Return what a check of a case must say."""
    return (BAD / name / "problems.txt").read_text(encoding="utf-8").splitlines()


def update() -> None:
    """Write what is said now into every case."""
    for name in bad_cases():
        (BAD / name / "problems.txt").write_text("\n".join(said_about(name)) + "\n", encoding="utf-8")


if __name__ == "__main__":
    update()
