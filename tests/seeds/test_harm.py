"""Do no harm, on the real seeds: what the public graph shows of people who are not last reported free or dead was read word by word.

``tests/cases/held.yaml`` holds every free word that can be reached from them, and what is restricted. After a change of the seeds, read what is
new for health, relatives, counsel, whereabouts and confessions before it is added there.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest
import yaml

from graph_api.ontology.vocabulary import Sensitivity
from graph_api.statement import Statement
from tests.helpers.graphs import SEEDS, LiveGraph
from tests.helpers.shown import ALARMING, held, links_of, restricted, whereabouts, words_about

REVIEWED: dict[str, Any] = yaml.safe_load((Path(__file__).parents[1] / "cases" / "held.yaml").read_text("utf-8"))


@pytest.mark.live
def test_every_word_that_is_shown_of_a_person_in_danger_was_read(seeded: LiveGraph) -> None:
    people = held(seeded)
    assert people == sorted(REVIEWED["shown"])
    for person in people:
        assert words_about(seeded, person) == sorted(REVIEWED["shown"][person]), person


def test_words_of_health_relatives_counsel_and_confessions_were_looked_at_one_by_one() -> None:
    texts = {text for words in REVIEWED["shown"].values() for text in words}
    assert {text for text in texts if ALARMING.search(text)} == set(REVIEWED["looked_at"])


@pytest.mark.live
def test_nobody_in_danger_is_shown_at_a_site_or_at_a_place_finer_than_a_region(seeded: LiveGraph) -> None:
    sites = {row[0] for row in seeded.store.read(Statement("MATCH (s:Site) RETURN s.id", {}, "sites"))}
    for person in held(seeded):
        assert not {link for link in links_of(seeded, person) if link[2] in sites}, person
        finer = [one for one in whereabouts(seeded, person) if one[2] not in {"REGION", "COUNTRY", "AREA"}]
        assert finer == [], person


@pytest.mark.live
def test_nobody_else_known_by_name_stands_in_their_events_and_no_counsel(seeded: LiveGraph) -> None:
    query = """
    MATCH (p:Person)-[:TOOK_PART]->(e:Event)<-[r:TOOK_PART]-(other)
    WHERE p.id IN $held AND NOT e:Statement AND (other:Person AND other <> p OR r.role = 'COUNSEL')
    RETURN e.id, other.id
    """
    assert seeded.store.read(Statement(query, {"held": held(seeded)}, "others")) == []


@pytest.mark.live
def test_a_public_site_does_not_cite_a_page_about_a_person_in_danger(seeded: LiveGraph) -> None:
    query = """
    MATCH (p:Person) WHERE p.id IN $held MATCH (p)-[:TOOK_PART]->{0,1}()-[:CITES]->(s:Source)<-[:CITES]-(site:Site)
    RETURN DISTINCT site.id + ' ' + s.id + ' ' + p.id AS one ORDER BY one
    """
    rows = seeded.store.read(Statement(query, {"held": held(seeded)}, "sites"), seconds=60)
    assert [row[0] for row in rows] == sorted(REVIEWED["sites_that_cite_the_same_page"])


@pytest.mark.live
def test_what_is_restricted_is_in_the_graph_of_that_audience_only(graph: LiveGraph) -> None:
    graph.load([SEEDS], audience=Sensitivity.RESTRICTED)
    assert restricted(graph) == sorted(REVIEWED["restricted"])
    at = {
        person: sorted({to for _, _, to in links_of(graph, person) if to.startswith("site-")})
        for person in REVIEWED["shown"]
    }
    assert {person: sites for person, sites in at.items() if sites} == REVIEWED["held_at"]
    graph.wipe()
    graph.load([SEEDS])
    assert restricted(graph) == []


@pytest.mark.live
@pytest.mark.slow
def test_the_public_graph_is_that_of_files_in_which_the_restricted_claims_never_stood(
    graph: LiveGraph, tmp_path: Path
) -> None:
    public, size = graph.load([SEEDS]).content_hash, _size(graph)
    without = stripped(SEEDS, tmp_path)
    assert "sensitivity" not in "".join(path.read_text("utf-8") for path in without)
    graph.wipe()
    assert graph.load(without).content_hash == public
    assert _size(graph) == size


def _size(graph: LiveGraph) -> list[Any]:
    return list(graph.store.read(Statement("RETURN COUNT { () }, COUNT { ()-->() }", {}, "size"), seconds=60)[0])


def stripped(folder: Path, to: Path) -> list[Path]:
    """Write the seed files anew without what is restricted, and without links to records that went; return the files."""
    trees = {
        path: yaml.compose(path.read_text("utf-8"), Loader=yaml.SafeLoader) for path in sorted(folder.rglob("*.yaml"))
    }
    gone: set[str] = set()
    while True:
        before = len(gone)
        for tree in trees.values():
            assert tree is not None
            _strip(tree, gone)
        if len(gone) == before:
            break
    written = []
    for path, tree in trees.items():
        target = to / f"{path.parent.name}-{path.name}"
        target.write_text(
            yaml.serialize(tree, Dumper=yaml.SafeDumper, allow_unicode=True, width=10_000), encoding="utf-8"
        )
        written.append(target)
    return written


def _strip(node: yaml.Node, gone: set[str]) -> None:
    if isinstance(node, yaml.SequenceNode):
        node.value = [one for one in node.value if not _goes(one, gone)]
        for one in node.value:
            _strip(one, gone)
    elif isinstance(node, yaml.MappingNode):
        for _, one in node.value:
            _strip(one, gone)
        node.value = [(key, one) for key, one in node.value if not _is_empty(key, one, gone)]


def _goes(node: yaml.Node, gone: set[str]) -> bool:
    """Tell whether an entry is restricted, or nothing but the id of a record that is; remember the ids of such records."""
    if isinstance(node, yaml.ScalarNode):
        return node.value in gone
    pairs = dict(_scalars(node))
    if pairs.get("sensitivity") == "restricted":
        if "id" in pairs:
            gone.add(pairs["id"])
        return True
    return pairs.get("value") in gone


def _is_empty(key: yaml.Node, node: yaml.Node, gone: set[str]) -> bool:
    is_left = isinstance(node, yaml.SequenceNode) and not node.value and key.value != "withheld"
    return is_left or (isinstance(node, yaml.ScalarNode) and node.value in gone and key.value != "id")


def _scalars(node: yaml.Node) -> Iterable[tuple[str, str]]:
    return (
        [(key.value, one.value) for key, one in node.value if isinstance(one, yaml.ScalarNode)]
        if isinstance(node, yaml.MappingNode)
        else []
    )
