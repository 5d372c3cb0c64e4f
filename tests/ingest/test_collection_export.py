"""A collection that is written from the graph loads to the same claims: the real seeds, and forms that they do not have."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from graph_api.cli import app
from graph_api.embedded import Endpoint
from graph_api.errors import NotFound
from graph_api.ingest.collection_export import export_collection, json_lines, lost_units
from graph_api.ingest.formats import read_files
from graph_api.ingest.load import examine, load
from graph_api.ingest.record_parser import parse_batch
from tests.helpers.graphs import SEEDS, LiveGraph, checked_seeds
from tests.ingest.texts import BASE, write

FORMS = (
    BASE
    + """
  - id: several-sources
    kind: [{value: conviction}, {value: conviction, cite: {source: court-2023, at: p. 1, quote: "guilty", quote-language: ru}}]
    participants: [{who: iryna-example, cite: [{source: court-2023, at: p. 1}, {source: paper-2024, at: ¶8}]}]
    offences:
      - {value: [{code: espionage, article: RU-UK 276}], said-by: {role: lawyer}}
      - {value: [{code: own-word, text: in other words}], cite: {source: court-2023, at: p. 1}, modality: implied}
    sentence: [{value: {months-low: 24, months-high: 132}, cite: {source: court-2023, at: p. 1}}, {value: {kind: life}}]
    date: [{value: "[2024-01..2024-03]"}, {value: 2024-02, sensitivity: restricted}]
    after: [iryna-detention]
    said-by: petro-example
    cite: [{source: paper-2024, at: ¶8}, {source: report-2025, at: ¶9}]
  - {id: announced-release, kind: release, participants: [{who: petro-example}], announced: true, cite: {source: paper-2024, at: ¶8}}
figures:
  - id: a-figure
    measure: freed
    quantity: {text: about 300, operator: about, low: 300, unit: people}
    parts-complete: false
    cite: {source: paper-2024, at: ¶8}
claims:
  - id: more-on-petro
    about: petro-example
    values: {sex: male, names: [{text: Петро, language: uk}], positions: [{title: a post}]}
    cite: {source: court-2023, at: p. 2}
choices:
  - {id: a-choice, about: petro-example, property: sex, value: male, reason: the only one}
judgements:
  - {id: j-1, records: [iryna-example, petro-example], verdict: unsure, by: olena, on: 2026-11-28, why: for a test}
  - {id: j-2, records: [iryna-example, petro-example], verdict: same, keep: petro-example, by: olena, on: 2026-11-28, why: for a test}
moved:
  - {from: former-petro, to: petro-example}
"""
)


def test_every_entry_of_the_real_seeds_is_written_as_it_was_read(tmp_path: Path) -> None:
    parsed = parse_batch(read_files([SEEDS]).entries)
    texts: dict[str, str] = {}
    for claims in (parsed.claims, checked_seeds().claims):
        texts = json_lines(claims, {})
        assert lost_units(claims, texts, {}) == []
    for section, text in texts.items():
        write(tmp_path, text, f"{section}.jsonl")
    assert examine([tmp_path]).problems == ()


def test_forms_that_the_seeds_do_not_have_are_written_as_they_were_read(tmp_path: Path) -> None:
    parsed = parse_batch(read_files([write(tmp_path, FORMS)]).entries)
    assert parsed.problems == []
    texts = json_lines(parsed.claims, {})
    assert set(texts) >= {"sources", "people", "events", "figures", "claims", "choices", "judgements", "moved"}
    assert lost_units(parsed.claims, texts, {}) == []
    assert lost_units(parsed.claims[1:], texts, {}) != [], "a claim too many is noticed"


def test_a_kind_that_sources_state_differently_is_a_problem(tmp_path: Path) -> None:
    other = FORMS.replace("{value: conviction, cite", "{value: acquittal, cite")
    assert any(one.rule == "type" for one in parse_batch(read_files([write(tmp_path, other)]).entries).problems)


@pytest.mark.slow
@pytest.mark.live
def test_an_exported_collection_loads_to_the_same_content_hash(
    graph: LiveGraph, endpoint: Endpoint, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    graph.wipe()
    before = load([SEEDS], graph.store, with_lints=False).content_hash
    with pytest.raises(NotFound, match="No collection 'article': expected one of the graph, articles, public-cases"):
        export_collection(graph.store, "article")
    monkeypatch.setenv("DETENTION_GRAPH_NEO4J_URI", endpoint.uri)
    monkeypatch.setenv("DETENTION_GRAPH_NEO4J_PASSWORD", endpoint.password.get_secret_value())
    monkeypatch.setenv("DETENTION_GRAPH_INSECURE", "1")
    for collection, other in (("articles", "public-cases"), ("public-cases", "articles")):
        done = CliRunner().invoke(app, ["collection", "export", collection, "-o", str(tmp_path / collection)])
        assert done.exit_code == 0, done.output
        assert f"they refer to records of other collections, to be loaded with them: {other}" in done.output
    assert CliRunner().invoke(app, ["collection", "export", "articles", "-o", str(tmp_path)]).exit_code != 0
    graph.wipe()
    again = load([tmp_path], graph.store)
    assert again.content_hash == before
    assert load([SEEDS], graph.store).changes.is_empty
