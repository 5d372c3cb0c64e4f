"""The command line as a process of its own, forked from one that has every command and the schema: they take seconds, a fork none."""

from __future__ import annotations

import multiprocessing
import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from importlib import import_module
from pathlib import Path

from graph_api.cli import COMMANDS
from graph_api.embedded import Endpoint
from graph_api.schema.build import build_schema

CONTEXT = multiprocessing.get_context("forkserver")
CONTEXT.set_forkserver_preload([__name__])

for target in COMMANDS.values():  # the command line itself imports a command when it is asked for
    import_module(f"graph_api.cli.{target.partition('.')[0]}")
build_schema()


def run_cli(
    *words: str, given: str = "", env: Mapping[str, str] | None = None, seconds: float = 120
) -> subprocess.CompletedProcess[str]:
    """Run ``detention-graph`` with these words in this environment, and return its exit code and all that it printed."""
    everything = {**os.environ, "NO_COLOR": "1", "COLUMNS": "120", **(env or {})}
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "in").write_text(given, encoding="utf-8")
        process = CONTEXT.Process(target=_child, args=(words, everything, str(Path.cwd()), folder))
        process.start()
        process.join(seconds)
        if process.exitcode is None:
            process.kill()
            process.join()
            raise subprocess.TimeoutExpired(list(words), seconds)
        out, err = ((Path(folder) / name).read_text(encoding="utf-8") for name in ("out", "err"))
        return subprocess.CompletedProcess(list(words), process.exitcode, out, err)


def settings_of(endpoint: Endpoint, home: Path) -> dict[str, str]:
    """Return the environment in which the command line uses this Neo4j, with a data directory of its own."""
    return {
        "DETENTION_GRAPH_NEO4J_URI": endpoint.uri,
        "DETENTION_GRAPH_NEO4J_PASSWORD": endpoint.password.get_secret_value(),
        "DETENTION_GRAPH_INSECURE": "1",
        "DETENTION_GRAPH_DATA_DIR": str(home),
    }


def _child(words: Sequence[str], env: Mapping[str, str], working_folder: str, folder: str) -> None:
    """Become the program: its environment, its folder, its streams, its arguments."""
    os.environ.clear()
    os.environ.update(env)
    os.chdir(working_folder)
    for number, name, flags in (
        (0, "in", os.O_RDONLY),
        (1, "out", os.O_WRONLY | os.O_CREAT),
        (2, "err", os.O_WRONLY | os.O_CREAT),
    ):
        opened = os.open(Path(folder) / name, flags, 0o600)
        os.dup2(opened, number)
        os.close(opened)
    sys.stdin, sys.stdout, sys.stderr = (os.fdopen(number, mode) for number, mode in ((0, "r"), (1, "w"), (2, "w")))
    sys.argv = ["detention-graph", *words]
    from graph_api.cli import main

    main()
