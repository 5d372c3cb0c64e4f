"""Mutation tests of the modules of a change: ``make mutate``. Needs Git, for the list of changed files.

mutmut changes one place of a module at a time (a comparison, a number, a default, a text) and runs the fast tests that reach it. A change
that no test notices is printed as a diff: either a test is missing, or the code is not needed. Everything happens in a copy of the tree.

    python -m tests.mutate                                     the modules that differ from main
    python -m tests.mutate graph_api/values/durations.py       these
"""

from __future__ import annotations

import argparse
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).parents[1]
COPIED: Final = (
    "graph_api",
    "tests",
    "cypher",
    "seeds",
    "docs",
    "bench",
    "containers",
    "pyproject.toml",
    "README.md",
    "Makefile",
)
ALSO_COPIED: Final = ("cypher", "seeds", "docs", "bench", "containers", "README.md", "Makefile")
SHARED_TESTS: Final = {
    "values": ("properties",),
    "evidence": ("properties", "seeds"),
    "ingest": ("seeds",),
    "schema": ("execution",),
    "compiler": ("schema",),
    "execution": ("compiler", "web"),
}
"""Folders of tests that cover a package besides the one of its name."""

READ_SOURCES: Final = ("import_only_the_standard_library",)
"""Tests that read the source of a module instead of running it: a module that mutmut has changed imports mutmut."""

SETTINGS: Final = """[mutmut]
source_paths=graph_api
only_mutate=
    {modules}
also_copy=
    {copied}
pytest_add_cli_args=
    -m
    not live and not slow
    -p
    no:cacheprovider
    -W
    ignore
    -k
    {selected}
pytest_add_cli_args_test_selection=
    {tests}
"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Mutate modules and return the exit code: 1 if a mutant survived, 64 if there is nothing to mutate."""
    parser = argparse.ArgumentParser(
        description="Change modules one place at a time and see whether the fast tests notice."
    )
    parser.add_argument("modules", nargs="*", help="paths below graph_api; default: those that differ from --base")
    parser.add_argument("--base", default="main", help="the commit to compare with when no modules are given")
    given = parser.parse_args(arguments)
    modules = given.modules or changed_modules(given.base)
    if not modules:
        sys.stderr.write(
            f"No module of graph_api differs from {given.base}. Name some: make mutate MODULES=graph_api/values/durations.py\n"
        )
        return 64
    if missing := [one for one in modules if not (ROOT / one).is_file()]:
        sys.stderr.write(f"Invalid module '{missing[0]}': expected the path of a file below graph_api.\n")
        return 64
    tests = tests_of(modules)
    sys.stderr.write(f"Mutating {', '.join(modules)}; tests: {', '.join(tests)}\n")
    with tempfile.TemporaryDirectory(prefix="mutate-") as folder:
        tree = Path(folder)
        copy_tree(tree)
        (tree / "setup.cfg").write_text(settings(modules, tests), encoding="utf-8")
        done = mutmut(tree, "run")
        if done.returncode:
            sys.stderr.write(done.stdout[-4000:] + done.stderr[-4000:])
            return 70
        survivors = surviving(mutmut(tree, "results").stdout)
        for name in survivors:
            sys.stdout.write(f"\n{name}\n{mutmut(tree, 'show', name).stdout}")
        sys.stdout.write(f"\n{summary(done.stdout)}; {len(survivors)} not noticed\n")
    return 1 if survivors else 0


def changed_modules(base: str) -> list[str]:
    """Return the modules that differ from a commit, untracked ones included."""
    changed = git("diff", "--name-only", "--diff-filter=d", base, "--", "graph_api")
    untracked = git("ls-files", "--others", "--exclude-standard", "--", "graph_api")
    return sorted({one for one in (*changed, *untracked) if one.endswith(".py") and not one.endswith("__init__.py")})


def tests_of(modules: Sequence[str]) -> list[str]:
    """Return the folders of tests that cover modules.

    >>> tests_of(["graph_api/values/durations.py"])
    ['tests/properties', 'tests/values']
    """
    packages = {Path(one).parts[1].removesuffix(".py") for one in modules}
    folders = {folder for package in packages for folder in (package, *SHARED_TESTS.get(package, ()))}
    return [f"tests/{folder}" for folder in sorted(folders) if (ROOT / "tests" / folder).is_dir()] or ["tests"]


def settings(modules: Sequence[str], tests: Sequence[str]) -> str:
    """Return the settings of mutmut."""
    lines = {"modules": modules, "copied": ALSO_COPIED, "tests": tests}
    selected = " and ".join(f"not {name}" for name in READ_SOURCES)
    return SETTINGS.format(selected=selected, **{name: "\n    ".join(some) for name, some in lines.items()})


def surviving(results: str) -> list[str]:
    r"""Return the mutants that no test noticed.

    >>> surviving("    graph_api.values.x_add__mutmut_3: survived\n    graph_api.values.x_add__mutmut_4: no tests\n")
    ['graph_api.values.x_add__mutmut_3', 'graph_api.values.x_add__mutmut_4']
    """
    return re.findall(r"^\s*(\S+__mutmut_\d+): (?:survived|no tests)$", results, re.MULTILINE)


def summary(output: str) -> str:
    """Return how many mutants were tried, from the progress of mutmut."""
    counts = re.findall(r"(\d+)/(\d+)", output)
    return f"{counts[-1][1]} changes tried" if counts else "no change tried"


def copy_tree(target: Path) -> None:
    """Copy what mutmut and the tests need."""
    for name in COPIED:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, target / name, ignore=shutil.ignore_patterns("__pycache__", "node_modules"))
        else:
            shutil.copy(source, target / name)


def mutmut(tree: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run mutmut in the copy."""
    return subprocess.run(
        [sys.executable, "-m", "mutmut", *arguments], cwd=tree, capture_output=True, text=True, check=False
    )


def git(*arguments: str) -> list[str]:
    """Return the lines that Git prints."""
    return subprocess.run(["git", *arguments], cwd=ROOT, capture_output=True, text=True, check=True).stdout.splitlines()


if __name__ == "__main__":
    sys.exit(main())
