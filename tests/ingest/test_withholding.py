"""Loads and rebuilds withhold from a public graph what links people within reach to a site. Made-up people only."""

from __future__ import annotations

from pathlib import Path

import pytest

from graph_api.errors import InvalidSeeds
from graph_api.evidence.projection import project
from graph_api.evidence.withholding import PublicClaims
from graph_api.ingest import rebuild, validate
from graph_api.ingest.decisions import Decisions
from graph_api.ingest.key_file import KeyFile
from graph_api.ingest.load import load
from graph_api.ingest.report import format_text
from graph_api.ontology.vocabulary import Sensitivity
from tests.helpers.graphs import LiveGraph
from tests.ingest.texts import BASE, contents, write

pytestmark = pytest.mark.live

LETTER = "{id: letter-2024, title: A letter, kind: other, published: 2024-02-01}\n  - "
MORE = """
  - {id: iryna-seen, kind: sighting, title: Seen in the SIZO, sites: [kherson-sizo], participants: [{who: iryna-example}], cite: {source: letter-2024, at: ¶4}}
  - {id: petro-taken, kind: detention, date: 2022-03, sites: [kherson-sizo], participants: [{who: petro-example}], cite: {source: report-2025, at: ¶4}}
  - {id: petro-stay, kind: confinement, date: 2022-04, sites: [kherson-sizo], participants: [{who: petro-example}], cite: {source: report-2025, at: ¶4}}
  - {id: talk, kind: other, after: [petro-stay], cite: {source: report-2025, at: ¶4}}
"""
EXCHANGE = "events:\n  - {id: swap, kind: exchange, date: 2023, participants: [{who: petro-example}], cite: {source: report-2025, at: ¶4}}\n"
NO_EXCHANGE = EXCHANGE.replace("petro-example", "iryna-example")
AGAIN = "events:\n  - {id: again, kind: detention, date: 2024, participants: [{who: petro-example}], cite: {source: report-2025, at: ¶5}}\n"
TOGETHER = BASE.replace("{id: court-2023,", LETTER + "{id: court-2023,") + MORE + EXCHANGE.removeprefix("events:\n")


HELD = """
  - {id: iryna-held, kind: confinement, sites: [kherson-sizo], participants: [{who: iryna-example}], cite: {source: letter-2024, at: ¶4}}
"""
CITING = "people:\n  - {id: olena-example, name: Olena Example, cite: {source: letter-2024, at: ¶6}}\n"


def about_sites(graph: LiveGraph) -> list[str]:
    return [line for line in contents(graph) if "sizo" in line.lower() and not line.startswith('["kherson-sizo"')]


def test_a_restricted_graph_has_all_of_it(graph: LiveGraph, tmp_path: Path) -> None:
    graph.load([write(tmp_path, TOGETHER)], audience=Sensitivity.RESTRICTED)
    assert [line for line in contents(graph) if "Seen in the SIZO" in line]


@pytest.mark.parametrize("more", [AGAIN, NO_EXCHANGE])
def test_what_a_public_graph_had_of_somebody_goes_when_they_are_within_reach_again(
    graph: LiveGraph, tmp_path: Path, more: str
) -> None:
    before, later = write(tmp_path, TOGETHER, "a.yaml"), write(tmp_path, more, "b.yaml")
    graph.load([before])
    assert [line for line in about_sites(graph) if "petro-stay" in line]
    assert not [line for line in contents(graph) if "Seen in the SIZO" in line]
    receipt = graph.load([later])
    assert {"petro-stay", "kherson-sizo"} <= {*receipt.changes.removed}
    assert not [line for line in about_sites(graph) if "petro" in line or "iryna" in line]
    after = contents(graph)
    assert rebuild.rebuild(graph.store).changed == 0
    if more == NO_EXCHANGE:  # what was never stored of the other person comes with its file
        return
    graph.wipe()
    both = write(tmp_path / "both", TOGETHER + more.removeprefix("events:\n"))
    assert graph.load([both]).content_hash == receipt.content_hash
    assert contents(graph) == after


def test_what_is_newly_opened_of_somebody_comes_with_their_file(graph: LiveGraph, tmp_path: Path) -> None:
    within, handed_over = write(tmp_path, TOGETHER, "a.yaml"), write(tmp_path, NO_EXCHANGE, "b.yaml")
    graph.load([within])
    graph.load([handed_over])
    changed = write(tmp_path, TOGETHER.replace(EXCHANGE.removeprefix("events:\n"), ""), "a.yaml")
    receipt = graph.load([changed])
    assert {"iryna-seen", "kherson-sizo"} <= {*receipt.changes.added, *receipt.changes.changed}
    after = contents(graph)
    graph.wipe()
    assert graph.load([changed, handed_over]).content_hash == receipt.content_hash
    assert contents(graph) == after


def test_loading_the_same_again_changes_nothing(graph: LiveGraph, tmp_path: Path) -> None:
    path = write(tmp_path, TOGETHER)
    graph.load([path])
    before = graph.dump()
    assert not graph.load([path]).is_applied
    assert graph.dump() == before


def test_a_rebuild_withholds_what_earlier_rules_stored(
    graph: LiveGraph, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write(tmp_path, BASE.replace("{id: court-2023,", LETTER + "{id: court-2023,") + MORE)
    receipt = graph.load([path])
    expected = contents(graph)
    graph.wipe()
    with monkeypatch.context() as earlier:
        earlier.setattr(validate, "project_public", lambda claims, *_: PublicClaims(claims, project(claims)))
        graph.load([path])
    assert [line for line in contents(graph) if "Seen in the SIZO" in line]
    assert rebuild.rebuild(graph.store).content_hash == receipt.content_hash
    assert contents(graph) == expected


def test_a_source_that_nothing_public_needs_is_named_and_its_later_use_explained(
    graph: LiveGraph, tmp_path: Path
) -> None:
    key = KeyFile(tmp_path / "home")
    base = write(tmp_path, BASE.replace("{id: court-2023,", LETTER + "{id: court-2023,") + HELD, "base.yaml")
    result = load([base], graph.store, decisions=Decisions(), key=key, with_lints=False)
    assert "letter-2024" in result.unneeded
    assert "not kept, since nothing public needs them: letter-2024" in format_text(result)
    assert not [line for line in contents(graph) if "letter-2024" in line], "it is remembered as a digest with a key"
    later = write(tmp_path, CITING, "later.yaml")
    with pytest.raises(InvalidSeeds) as error:
        load([later], graph.store, decisions=Decisions(), key=key, with_lints=False)
    [problem] = error.value.problems
    assert problem.message == (
        "Record 'letter-2024' in source not found: expected its entry in this load; an earlier load left it out, since nothing "
        "public needed it. Load the file that states it together with this one."
    )
    assert load([base, later], graph.store, decisions=Decisions(), key=key, with_lints=False).is_applied


def test_sources_that_are_loaded_first_are_there_for_what_cites_them(graph: LiveGraph, tmp_path: Path) -> None:
    sources, rest = BASE.split("\npeople:")
    assert load([write(tmp_path, sources, "a.yaml")], graph.store).unneeded == ()
    first = load([write(tmp_path, "people:" + rest, "b.yaml")], graph.store, with_lints=False)
    graph.wipe()
    assert load([write(tmp_path, BASE)], graph.store, with_lints=False).content_hash == first.content_hash
