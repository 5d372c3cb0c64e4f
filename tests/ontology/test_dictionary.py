"""The data dictionary is complete and fresh. DETENTION_GRAPH_TEST_UPDATE_DICTIONARY=1 writes it anew."""

from __future__ import annotations

import os
from pathlib import Path

from graph_api.ontology.dictionary import dictionary
from graph_api.ontology.names import Label, Rel
from graph_api.ontology.registry import ONTOLOGY
from graph_api.ontology.vocabulary import EventKind
from graph_api.values.words import seed_word

ROOT = Path(__file__).parents[2]
COMMITTED = ROOT / "docs" / "data-dictionary.md"


def written() -> str:
    return dictionary([path.read_text("utf-8") for path in sorted((ROOT / "cypher" / "migrations").glob("*.cypher"))])


def test_the_committed_dictionary_is_fresh() -> None:
    if os.environ.get("DETENTION_GRAPH_TEST_UPDATE_DICTIONARY"):
        COMMITTED.write_text(written(), encoding="utf-8")
    assert COMMITTED.read_text("utf-8") == written()


def test_every_word_of_the_model_stands_in_it() -> None:
    text = written()
    kinds = [*ONTOLOGY.kinds, *(ONTOLOGY.kind("event", event) for event in EventKind)]
    names = {word for kind in kinds for word in kind.keys} | {
        prop.name for kind in kinds for part in kind.parts for prop in part.properties
    }
    assert {name for name in names if f"`{name}`" not in text and f"### {name}" not in text} == set()
    assert {seed_word(kind) for kind in EventKind if f"| {seed_word(kind)} | {kind.value} |" not in text} == set()
    assert {word for word in (*Label, *Rel) if f"| {word.value} |" not in text} == set()


def test_every_relationship_says_who_states_it() -> None:
    empty = [
        line
        for line in written().splitlines()
        if line.startswith("| ") and line.endswith("|  |") and line.split()[1].isupper()
    ]
    assert [line for line in empty if line.split()[1] in set(Rel)] == []


def test_every_constraint_and_index_of_the_migrations_stands_in_it() -> None:
    statements = "".join(path.read_text("utf-8") for path in (ROOT / "cypher" / "migrations").glob("*.cypher"))
    assert statements.count("IF NOT EXISTS") - statements.count("DROP INDEX") == sum(
        " FOR (n:" in line for line in written().splitlines()
    )
