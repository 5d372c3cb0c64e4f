"""The example of seeds/README.md: it can be loaded as it stands, and whatever is changed in it, a check ends in words."""

from __future__ import annotations

import copy
import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from graph_api.errors import InvalidSeeds
from graph_api.ingest.formats.yaml import parse_yaml
from graph_api.ingest.load import check
from graph_api.ingest.nodes import SECTIONS, Entry, MappingNode, SeedSyntaxError, SequenceNode
from graph_api.ingest.record_parser import parse_batch
from graph_api.ingest.stored_state import StoredContext
from graph_api.ingest.validate import validate
from graph_api.ontology.registry import ONTOLOGY
from graph_api.ontology.vocabulary import EventKind, Sensitivity
from tests.helpers.graphs import SEEDS, LiveGraph
from tests.helpers.yaml_text import load_texts
from tests.ingest.texts import write

README = (SEEDS / "README.md").read_text("utf-8")
[EXAMPLE] = re.findall(r"```yaml\n(.*?)```", README, re.DOTALL)
TREE: dict[str, Any] = load_texts(EXAMPLE)


def test_the_example_has_no_problem(tmp_path: Path) -> None:
    _, batch = check([write(tmp_path, EXAMPLE)])
    assert batch.defined == sum(len(TREE[section]) for section in ONTOLOGY.sections)


def test_the_example_shows_every_section_of_a_seed_file() -> None:
    assert set(TREE) == set(SECTIONS)


@pytest.mark.live
def test_the_example_is_loaded(graph: LiveGraph, tmp_path: Path) -> None:
    receipt = graph.load([write(tmp_path, EXAMPLE)])
    assert receipt.is_applied
    assert len(receipt.changes.added) == sum(len(TREE[section]) for section in ONTOLOGY.sections)
    kinds = graph.ask("{ events(first: 100) { nodes { kind } } }")["events"]["nodes"]
    assert {one["kind"] for one in kinds} <= {kind.value for kind in EventKind}
    assert len(kinds) == len(TREE["events"])


def paths(node: Any, at: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    inside = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    return [at, *(path for key, child in inside for path in paths(child, (*at, key)))]


PATHS = paths(TREE)[1:]
IDS = [record["id"] for section in ONTOLOGY.sections for record in TREE[section]]
words = st.sampled_from(
    ["", "null", "no", "true", "2024-05", "-1", "1e9", "[..]", "9999-99-99", "x" * 5000, "\u0301", "a b", *IDS]
)
trees = st.recursive(
    words | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["value", "cite", "source", "at", "id", "who", "kind", "text", "low", "years"]),
            inner,
            max_size=3,
        )
    ),
    max_leaves=6,
)


def changed(path: tuple[Any, ...], value: Any) -> dict[str, Any]:
    tree = copy.deepcopy(TREE)
    node: Any = tree
    for key in path[:-1]:
        node = node[key]
    node[path[-1]] = value
    return tree


CHANGES = given(path=st.sampled_from(PATHS), value=trees, audience=st.sampled_from(Sensitivity))


@settings(max_examples=60, deadline=None)
@CHANGES
def test_whatever_is_changed_in_the_example_a_check_ends_in_words(
    path: tuple[Any, ...], value: Any, audience: Sensitivity
) -> None:
    check_changed_example(path, value, audience)


@pytest.mark.slow
@settings(max_examples=400, deadline=None)
@CHANGES
def test_many_changes_of_the_example_end_in_words(path: tuple[Any, ...], value: Any, audience: Sensitivity) -> None:
    check_changed_example(path, value, audience)


def check_changed_example(path: tuple[Any, ...], value: Any, audience: Sensitivity) -> None:
    text = yaml.safe_dump(changed(path, value), allow_unicode=True, sort_keys=False)
    try:
        root = parse_yaml(text, "a.yaml")
    except SeedSyntaxError:
        return
    sections = root.values if isinstance(root, MappingNode) else {}
    entries = [
        Entry(name, item) for name, items in sections.items() if isinstance(items, SequenceNode) for item in items.items
    ]
    batch, problems = validate(parse_batch(entries), StoredContext(), audience)
    assert problems or batch.claims
    assert all(problem.line >= 1 and problem.message and len(problem.message) < 2000 for problem in problems)


@settings(max_examples=50, deadline=None)
@given(text=st.text(max_size=200))
def test_whatever_a_file_holds_a_check_ends_in_words(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    folder = tmp_path_factory.mktemp("any")
    for name in ("a.yaml", "a.jsonl"):
        (folder / name).write_text(text, encoding="utf-8", errors="surrogatepass")
    with pytest.raises(InvalidSeeds):
        check([folder])
