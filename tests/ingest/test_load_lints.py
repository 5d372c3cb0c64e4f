"""A load runs the lints of the check over the batch and what the graph states beside it, and changes nothing where one stops it."""

from __future__ import annotations

from pathlib import Path

import pytest

from graph_api.database.stored_claims import graph_hash
from graph_api.errors import InvalidSeeds
from graph_api.ingest.load import load
from tests.helpers.graphs import LiveGraph
from tests.ingest.texts import write

START = """
sources:
  - {id: a-list, title: A synthetic list, kind: ngo, url: "https://example.org/a", published: 2025, language: en}
people:
  - {id: a-person, name: A Person, cite: {source: a-list, at: p. 1}}
sites:
  - {id: a-site, name: SIZO 0, kind: sizo, cite: {source: a-list, at: p. 1}}
organizations:
  - {id: a-court, name: A Court, kind: court, cite: {source: a-list, at: p. 1}}
events:
  - {id: a-death, kind: death, participants: [{who: a-person}], date: 2023-01, cite: {source: a-list, at: p. 1}}
"""
CASES = {
    "after the stored death": (
        "{id: an-event, kind: detention, participants: [{who: a-person}], date: 2024, cite: {source: a-list, at: p. 2}}",
        "2:76: 'an-event' is after the death 'a-death': expected it on or before 2023-01-31. [after-death]",
    ),
    "a stored court as the subject": (
        "{id: an-event, kind: conviction, participants: [{who: a-court}], date: 2022, cite: {source: a-list, at: p. 2}}",
        "2:53: The subject 'a-court' is of kind organization: expected a person or group; a court stands under court:. [who]",
    ),
    "a stored site of a stored person": (
        "{id: an-event, kind: confinement, participants: [{who: a-person}], sites: [a-site], date: 2022, cite: {source: a-list, at: p. 2}}",
        "2:79: A public claim gives the site, or the place of custody finer than a region, of somebody who may be within reach of those "
        "who held them: expected sensitivity: restricted, or the word of a court record or official source. [harm]",
    ),
    "suspected harm": (
        "{id: an-event, kind: detention, participants: [{who: a-person}], date: 2022, description: His mother was there., "
        "cite: {source: a-list, at: p. 2}}",
        "2:95: A public text seems to tell of relatives: expected a restricted entry, or accept: with a reason. [suspected-harm]",
    ),
}


@pytest.mark.live
def test_a_load_is_refused_by_what_the_batch_and_the_graph_state_together(graph: LiveGraph, tmp_path: Path) -> None:
    graph.wipe()
    load([write(tmp_path, START)], graph.store)
    content = graph_hash(graph.store)
    for text, message in CASES.values():
        path = write(tmp_path, f"events:\n  - {text}\n", "more.yaml")
        with pytest.raises(InvalidSeeds) as refused:
            load([path], graph.store)
        assert message in [str(one).removeprefix(f"{path}:") for one in refused.value.problems]
        assert graph_hash(graph.store) == content
    accepted = CASES["suspected harm"][0].replace(
        "date: 2022", "date: 2022, accept: [{code: suspected-harm, why: nobody is named}]"
    )
    assert load([write(tmp_path, f"events:\n  - {accepted}\n", "more.yaml")], graph.store).is_applied


@pytest.mark.live
def test_a_source_that_differs_from_all_that_the_graph_has_of_somebody_is_looked_at_again(
    graph: LiveGraph, tmp_path: Path
) -> None:
    """The made-up person is in the graph by the words of two sources; the third one may be about somebody else."""
    graph.wipe()
    start = """
sources:
  - {id: page-1, title: A synthetic page, kind: ngo, url: "https://example.org/1", published: 2024, language: en}
  - {id: page-2, title: A synthetic page, kind: ngo, url: "https://example.org/2", published: 2024, language: en}
  - {id: page-3, title: A synthetic page, kind: ngo, url: "https://example.org/3", published: 2025, language: en}
people:
  - {id: a-person, name: A Person, cite: {source: page-1, at: p. 1}}
events:
  - {id: a-detention, kind: detention, participants: [{who: a-person}], date: 2022-05, cite: {source: page-1, at: p. 1}}
  - {id: a-verdict, kind: conviction, participants: [{who: a-person}], date: 2023-06, cite: {source: page-2, at: p. 1}}
"""
    load([write(tmp_path, start)], graph.store)
    differing = """claims:
  - {id: page-3-on-the-verdict, about: a-verdict, values: {date: 2024-09}, cite: {source: page-3, at: p. 1}}
  - {id: page-3-on-the-detention, about: a-detention, values: {date: DATE}, cite: {source: page-3, at: p. 1}}
"""
    path = write(tmp_path, differing.replace("DATE", "2021"), "more.yaml")
    [warning] = load([path], graph.store, dry_run=True).warnings
    assert str(warning).removeprefix(f"{path}:") == (
        "2:66: 'page-3' disagrees with 2 other sources on 2 records about 'a-person' and agrees with none: "
        "expected a source about the same person, or accept: with a reason. [alone-against-many]"
    )
    agreeing = write(tmp_path, differing.replace("DATE", "2022"), "more.yaml")
    assert load([agreeing], graph.store, dry_run=True).warnings == ()
