"""Labels: what to call a record of any kind in a list or a link."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.helpers.graphs import LiveGraph

pytestmark = pytest.mark.live

SEED = """
sources:
  - {id: a-page, title: A page, kind: media, published: 2025-03-01}
people:
  - {id: first-person, name: Synthetic First, cite: {source: a-page, at: page}}
  - {id: second-person, name: Synthetic Second, cite: {source: a-page, at: page}}
  - {id: third-person, name: Synthetic Third, cite: {source: a-page, at: page}}
groups: [{id: a-group, name: Synthetic group of ten, cite: {source: a-page, at: page}}]
organizations: [{id: a-court, name: Synthetic court, kind: court, cite: {source: a-page, at: page}}]
states: [{id: a-state, name: Synthetic State, code: AE, cite: {source: a-page, at: page}}]
places: [{id: a-town, name: Synthetic town, kind: settlement, cite: {source: a-page, at: page}}]
sites: [{id: a-site, name: Synthetic site, kind: prison, cite: {source: a-page, at: page}}]
events:
  - id: an-exchange
    kind: exchange
    title: Synthetic exchange
    cite: {source: a-page, at: page}
    participants: [{who: a-state, role: mediator}]
  - id: a-detention
    kind: detention
    cite: {source: a-page, at: page}
    participants: [{who: first-person, role: subject}]
  - id: a-body-return
    kind: body-return
    cite: {source: a-page, at: page}
    participants:
      - {who: first-person, role: subject}
      - {who: second-person, role: subject}
      - {who: third-person, role: subject}
      - {who: a-court, role: observer}
  - {id: a-campaign, kind: campaign, cite: {source: a-page, at: page}}
figures:
  - id: a-figure
    measure: bodies-agreed
    quantity: {text: "6,000 bodies", operator: exactly, low: 6000, unit: bodies}
    cite: {source: a-page, at: page}
"""

LABELS = {
    "first-person": "Synthetic First",
    "a-group": "Synthetic group of ten",
    "a-court": "Synthetic court",
    "a-state": "Synthetic State",
    "a-town": "Synthetic town",
    "a-site": "Synthetic site",
    "a-page": "A page",
    "an-exchange": "Synthetic exchange",
    "a-detention": "Detention of Synthetic First",
    "a-body-return": "Return of the body of Synthetic First, Synthetic Second and others",
    "a-campaign": "Campaign",
    "a-figure": "Bodies agreed: 6,000 bodies",
    "an-exchange/participants/mediator/a-state": "Synthetic State, mediator: Synthetic exchange",
    "a-detention/participants/subject/first-person": "Synthetic First, subject: Detention of Synthetic First",
}


def test_a_record_of_every_kind_has_its_label(graph: LiveGraph, tmp_path: Path) -> None:
    graph.load_text(SEED, tmp_path)
    nodes = " ".join(f'n{index}: node(id: "{one}") {{ label }}' for index, one in enumerate(LABELS))
    assert [one["label"] for one in graph.ask(f"{{ {nodes} }}").values()] == list(LABELS.values())
    found = graph.ask("{ events(first: 9) { nodes { id label title } } }")["events"]["nodes"]
    assert {one["id"]: (one["label"], one["title"]) for one in found} == {
        id_: (label, label) for id_, label in LABELS.items() if id_ in {one["id"] for one in found}
    }


def test_what_a_search_finds_has_its_kind_and_label(graph: LiveGraph, tmp_path: Path) -> None:
    graph.load_text(SEED, tmp_path)
    hits = graph.ask('{ search(text: "synthetic", first: 20) { nodes { kind label node { id label } } } }')["search"]
    shown = {one["node"]["id"]: (one["kind"], one["label"]) for one in hits["nodes"]}
    assert {(one["label"], one["node"]["label"]) for one in hits["nodes"]} == {(x, x) for _, x in shown.values()}
    assert shown == {
        "first-person": ("PERSON", "Synthetic First"),
        "second-person": ("PERSON", "Synthetic Second"),
        "third-person": ("PERSON", "Synthetic Third"),
        "a-group": ("GROUP", "Synthetic group of ten"),
        "a-court": ("ORGANIZATION", "Synthetic court"),
        "a-state": ("STATE", "Synthetic State"),
        "a-town": ("PLACE", "Synthetic town"),
        "a-site": ("SITE", "Synthetic site"),
        "an-exchange": ("EVENT", "Synthetic exchange"),
    }
    [only] = graph.ask('{ search(text: "synthetic exchange", kinds: [EVENT]) { nodes { label kind } } }')["search"][
        "nodes"
    ]
    assert only == {"label": "Synthetic exchange", "kind": "EVENT"}
