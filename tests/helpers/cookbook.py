"""The query cookbook: its questions as files, answers as text that a person can read, and the index."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from graphql import OperationDefinitionNode, parse

FOLDER: Final = Path(__file__).parents[2] / "docs" / "cookbook"
ASKERS: Final = ("investigator", "lawyer", "data steward")
_WIDTH: Final = 156


@dataclass(frozen=True, slots=True)
class Recipe:
    """One question: in plain words, by whom, the operation and its variables."""

    name: str
    question: str
    asker: str
    variables: dict[str, Any]
    text: str

    @property
    def operation(self) -> OperationDefinitionNode:
        """The one operation of the file."""
        (found,) = (one for one in parse(self.text).definitions if isinstance(one, OperationDefinitionNode))
        return found

    @property
    def answer(self) -> Path:
        """Where the answer on the seeds stands."""
        return FOLDER / "answers" / f"{self.name}.json"


def recipes() -> list[Recipe]:
    """Return every question of the cookbook in the order of their numbers."""
    return [_read(path) for path in sorted(FOLDER.glob("*.graphql"))]


def _read(path: Path) -> Recipe:
    text = path.read_text("utf-8")
    lines = [line[1:].strip() for line in text.splitlines() if line.startswith("#")]
    words = [line for line in lines if not line.startswith(("asked by:", "variables:"))]
    said = {key: rest for key, colon, rest in (line.partition(":") for line in lines) if colon}
    return Recipe(path.stem, " ".join(words), said["asked by"].strip(), json.loads(said["variables"]), text)


def readable(value: Any, indent: int = 0) -> str:
    """Return JSON in which what fits on a line stands on one.

    >>> print(readable({"a": [1, {"b": None}]}))
    {"a": [1, {"b": null}]}
    """
    flat = json.dumps(value, ensure_ascii=False)
    if len(flat) + indent <= _WIDTH or not isinstance(value, dict | list):
        return flat
    margin = " " * (indent + 1)
    if isinstance(value, dict):
        items = [f"{json.dumps(key)}: {readable(one, indent + 1)}" for key, one in value.items()]
        start, end = "{}"
    else:
        items = [readable(one, indent + 1) for one in value]
        start, end = "[]"
    return f"{start}\n" + ",\n".join(margin + item for item in items) + f"\n{' ' * indent}{end}"


def index(every: Sequence[Recipe]) -> str:
    """Return the README of the cookbook: every question with its file and answer, by who asks it."""
    lines = [
        "# The query cookbook",
        "",
        "Questions that people ask of the graph, each a file with one GraphQL operation and its variables, and its answer on the seeds of this",
        "repository. The answers were checked by hand against the sources; `tests/integration/graphql/test_cookbook.py` holds them: the same answer, with one",
        "statement to the database for each root field. After a change that is meant to change them, run it with",
        "`DETENTION_GRAPH_TEST_UPDATE_COOKBOOK=1`, read the difference line by line, and commit it with its reason.",
        "",
        "Ask one of them of a running server:",
        "",
        "```",
        "jq -n --rawfile query docs/cookbook/06-convictions-in-absentia.graphql '{query: $query, variables: {first: 50}}' \\",
        "  | curl -s localhost:8000/graphql -H 'content-type: application/json' -d @-",
        "```",
    ]
    for asker in ASKERS:
        lines += ["", f"## Asked by: {asker}", "", "| question | file | answer |", "|---|---|---|"]
        lines += [
            f"| {one.question} | [{one.name}]({one.name}.graphql) | [answer](answers/{one.name}.json) |"
            for one in every
            if one.asker == asker
        ]
    return "\n".join(lines) + "\n"
