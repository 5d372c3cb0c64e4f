"""A steward of two collections of people who are made up, in a folder of her own: edits, plans, applies and reverts."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path
from typing import Any

from graph_api.database.stored_claims import graph_hash
from graph_api.embedded import Endpoint
from graph_api.ingest.decisions import Decisions, check_decisions, demands
from graph_api.ingest.history import prepare_revert
from graph_api.ingest.key_file import KeyFile
from graph_api.ingest.load import LoadNote, LoadResult, load, rehearse, write
from graph_api.ingest.plan_report import ListChange, PlanReport, plan_report
from graph_api.ingest.prepare import PreparedLoad, Selection, prepare_load
from graph_api.ontology.vocabulary import Sensitivity
from graph_api.schema.build import build_schema
from graph_api.web.cookbook_lists import list_changes, list_operations, read_lists
from tests.helpers.cli_process import run_cli, settings_of
from tests.helpers.graphs import LiveGraph

CASES = Path(__file__).parents[1] / "ingest" / "steward"
SCHEMA = build_schema()


class Steward:
    """A steward with the two collections in a folder of her own, both loaded as loads 1 and 2."""

    def __init__(self, graph: LiveGraph, folder: Path) -> None:
        self.graph = graph
        self.folder = folder
        self.key = KeyFile(folder.parent / "home")

    def edit(self, name: str, old: str, new: str) -> None:
        """Replace a text, which stands there once."""
        path = self.folder / name
        text = path.read_text(encoding="utf-8")
        assert text.count(old) == 1, (name, old)
        path.write_text(text.replace(old, new), encoding="utf-8")

    def prepare(self, name: str, collection: str | None = None) -> PreparedLoad:
        return prepare_load(
            [self.folder / name],
            self.graph.store,
            audience=Sensitivity.PUBLIC,
            selection=Selection(collection=collection),
            key=self.key,
        )

    def plan(self, name: str, collection: str | None = None) -> PlanReport:
        prepared = self.prepare(name, collection)
        lists: tuple[ListChange, ...] = ()
        if prepared.plan.changes.changes_records:
            operations = list_operations(SCHEMA)
            lists = list_changes(*rehearse(prepared, self.graph.store, lambda tx: read_lists(SCHEMA, operations, tx)))
        return plan_report(prepared, self.hash, Decisions(), lists=lists)

    def apply(self, name: str, collection: str | None = None, message: str | None = None, **decided: Any) -> LoadResult:
        made = Decisions(**decided)
        note = LoadNote("olena", message, decisions=made.words)
        return load(
            [self.folder / name],
            self.graph.store,
            selection=Selection(collection=collection, not_the_same=made.namesakes),
            decisions=made,
            key=self.key,
            note=note,
        )

    def revert(self, number: int, *, with_later: bool = False) -> None:
        prepared = prepare_revert(self.graph.store, number, with_later=with_later, key=self.key)
        check_decisions(demands(prepared), Decisions(remove=True, many_ok=True))
        assert write(prepared, self.graph.store, LoadNote("olena", reverts=number))

    @property
    def hash(self) -> str:
        return graph_hash(self.graph.store)


def with_two_collections(graph: LiveGraph, folder: Path) -> Steward:
    """Return a steward whose two collections are loads 1 and 2 of the graph."""
    shutil.copytree(CASES, folder / "cases")
    steward = Steward(graph, folder / "cases")
    steward.apply("one")
    steward.apply("two")
    return steward


class Life:
    """A steward at the command line, whose loads 1 and 2 are the collections one and two."""

    def __init__(self, graph: LiveGraph, endpoint: Endpoint, folder: Path) -> None:
        self.steward: Steward = with_two_collections(graph, folder)
        self.env = settings_of(endpoint, folder / "home")

    def start(self, *words: str) -> subprocess.CompletedProcess[str]:
        """Run a command to its end; the first word of a load names a file of the steward's folder."""
        command, *rest = words
        files = {"apply", "load", "plan"} & {command}
        return run_cli(command, *([str(self.steward.folder / rest.pop(0))] if files else []), *rest, env=self.env)

    def run(self, *words: str, code: int = 0) -> subprocess.CompletedProcess[str]:
        """Run a command, as :meth:`start` does, that must end with this exit code."""
        done = self.start(*words)
        assert done.returncode == code, (words, done.stdout, done.stderr)
        return done

    def apply(self, *words: str, code: int = 0) -> str:
        """Apply as olena; return what is printed to standard error."""
        return self.run("apply", *words, "--steward", "olena", code=code).stderr

    def ask(self, query: str) -> Any:
        return self.steward.graph.ask(query)
