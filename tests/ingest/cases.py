"""The cases of seed files: a folder each, ``in/`` with the files and ``problems.txt`` with what is reported about them.

``bad`` are checked without lints, ``examined`` with them, warnings among the lines. After a change of messages, write what is reported now
into every ``problems.txt``, and read the difference before you keep it::

    python -m tests.ingest.cases
"""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from graph_api.errors import InvalidSeeds
from graph_api.ingest.load import check, examine

CASES = Path(__file__).parent / "cases"
BAD = CASES / "bad"
EXAMINED = CASES / "examined"

TODAY = "{today}"


def bad_cases(folder: Path = BAD) -> list[str]:
    """Return the names of all cases."""
    return sorted(one.name for one in folder.iterdir() if (one / "in").is_dir())


def said_about(name: str) -> list[str]:
    """Return what a check reports about a case, a line a problem, files named from its folder ``in``."""
    try:
        check([BAD / name / "in"])
    except InvalidSeeds as bad:
        return [relative(str(problem), BAD / name) for problem in bad.problems]
    return []


def examined(name: str) -> list[str]:
    """Return what a check with lints reports about a case, problems before warnings."""
    result = examine([EXAMINED / name / "in"])
    lines = [*map(str, result.problems), *(f"warning: {one}" for one in result.warnings)]
    return [relative(line, EXAMINED / name) for line in lines]


def relative(line: str, case: Path) -> str:
    """Return a line without the way to the case's files."""
    folder = case / "in"
    return line.replace(f"{folder}/", "").replace(str(folder), "in")


def expected(name: str, folder: Path = BAD) -> list[str]:
    """Return what a check of a case must report; `{today}` stands for the day on which it runs."""
    text = (folder / name / "problems.txt").read_text(encoding="utf-8")
    return text.replace(TODAY, datetime.now(UTC).date().isoformat()).splitlines()


def update() -> None:
    """Write what is reported now into every case."""
    for folder, reported in ((BAD, said_about), (EXAMINED, examined)):
        for name in bad_cases(folder):
            (folder / name / "problems.txt").write_text(
                "\n".join(reported(name)).replace(f"up to {datetime.now(UTC).date()}", f"up to {TODAY}") + "\n",
                encoding="utf-8",
            )


if __name__ == "__main__":
    update()
