"""Collections: folders of seed files that one steward answers for, declared in ``collection.yaml``. A collection owns its entries."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from graph_api.errors import InvalidValue, Problem
from graph_api.ingest.nodes import MappingNode, Node, ScalarNode, SourcePosition, describe_node
from graph_api.values.links import parse_id
from graph_api.values.value_type import closest, shorten

FILE_NAME: Final = "collection.yaml"

REQUIRED: Final = ("id", "title", "steward", "licence")
PROTECTION: Final = ("controller", "contact", "purpose", "basis", "review", "retention")
"""What a collection of real people says of the processing of their data (docs/data-protection.md)."""
OPTIONAL: Final = ("restricted", "subjects")
KEYS: Final = (*REQUIRED, *OPTIONAL, *PROTECTION)
SUBJECTS: Final = ("real", "synthetic")
MAX_TEXT: Final = 1000


@dataclass(frozen=True, slots=True)
class Collection:
    """A declared collection: its id, and everything that its declaration says as text, by key."""

    id: str
    texts: Mapping[str, str] = field(default_factory=dict)

    @property
    def properties(self) -> dict[str, str]:
        """What is stored of the collection."""
        return {"id": self.id, **self.texts}


@dataclass(frozen=True, slots=True)
class CollectionFolders:
    """The collections of some seed files. ``of_file`` has the collection of each file in one, ``whole`` those given as a complete folder.

    ``names`` are the files as their collection knows them: below its folder.
    """

    declared: Mapping[str, Collection] = field(default_factory=dict)
    of_file: Mapping[str, str] = field(default_factory=dict)
    names: Mapping[str, str] = field(default_factory=dict)
    whole: frozenset[str] = frozenset()

    def name_of(self, file: str) -> str:
        """Return the name of a file below the folder of its collection; only the last part where it is in none."""
        return self.names.get(file, file.replace("\\", "/").rpartition("/")[2])


def parse_collection(root: Node | None, file: str) -> tuple[Collection | None, list[Problem], list[Problem]]:
    """Return the collection that a declaration states, its problems and its warnings."""
    if not isinstance(root, MappingNode):
        where = root.position if root is not None else SourcePosition(file, 1, 1)
        return None, [where.problem("collection", f"Invalid collection: expected {', '.join(KEYS)}.")], []
    problems = [
        position.problem(
            "collection",
            f"Unknown key {shorten(key)!r} in a collection: expected one of {', '.join(KEYS)} ({closest(key, KEYS)}).",
        )
        for key, position in root.keys.items()
        if key not in KEYS
    ]
    texts: dict[str, str] = {}
    for key in KEYS:
        if (node := root.values.get(key)) is not None:
            if isinstance(node, ScalarNode) and not node.is_null and len(node.text) <= MAX_TEXT:
                texts[key] = node.text
            else:
                message = f"Invalid {key} {describe_node(node)}: expected a text of at most {MAX_TEXT} characters."
                problems.append(node.position.problem("collection", message))
    problems += _missing(root, texts, REQUIRED)
    problems += _invalid(root, texts)
    warnings: list[Problem] = []
    if texts.get("subjects") == "real":
        problems += _missing(root, texts, PROTECTION)
    elif "subjects" not in texts and any(key not in texts for key in PROTECTION):
        message = (
            f"Not stated whose data this is: expected `subjects: real` with {', '.join(PROTECTION)}, "
            "or `subjects: synthetic` for people who are made up."
        )
        warnings.append(root.position.problem("data-protection", message))
    found = Collection(texts.pop("id"), texts) if not problems else None
    return found, problems, warnings


def _missing(root: MappingNode, texts: Mapping[str, Any], keys: tuple[str, ...]) -> list[Problem]:
    return [
        root.position.problem("collection", f"Missing key {key!r} in the collection.")
        for key in keys
        if key not in texts and key not in root.values
    ]


def _invalid(root: MappingNode, texts: Mapping[str, str]) -> list[Problem]:
    found: list[Problem] = []
    if "id" in texts:
        try:
            parse_id(texts["id"], "an id")
        except InvalidValue as error:
            found.append(root.values["id"].position.problem("collection", f"id: {error}"))
    expected = {"restricted": ("yes", "no"), "subjects": SUBJECTS}
    for key, words in expected.items():
        if texts.get(key, words[0]) not in words:
            message = f"Invalid {key} {shorten(texts[key])!r}: expected one of {', '.join(words)}."
            found.append(root.values[key].position.problem("collection", message))
    review = texts.get("review")
    if review is not None and not re.fullmatch(r"\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])", review):
        message = f"Invalid review {shorten(review)!r}: expected the day by which the collection is reviewed, such as 2027-05-31."
        found.append(root.values["review"].position.problem("collection", message))
    return found
