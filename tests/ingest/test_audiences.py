"""For whom a graph is loaded: the public one is that of files in which the restricted never stood."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest
import yaml

from graph_api.errors import IncompatibleGraph, InvalidSeeds
from graph_api.ontology.registry import EVENTS, ONTOLOGY
from graph_api.ontology.vocabulary import Sensitivity
from tests.helpers.graphs import SEEDS, LiveGraph
from tests.helpers.yaml_text import load_texts
from tests.ingest.texts import BASE, contents, write
from tests.ingest.texts import EVENTS as EVENTS_TEXT

pytestmark = pytest.mark.live

KINDS = (*ONTOLOGY.kinds, *EVENTS.values())
PROPERTIES = [prop for kind in KINDS for of in (kind.properties, *(p.properties for p in kind.parts)) for prop in of]
LINKS = {prop.name for prop in PROPERTIES if prop.is_link} | {"said-by"}
PARTS = {part.name for kind in KINDS for part in kind.parts}
NEEDED = {prop.name for kind in KINDS for part in kind.parts for prop in part.properties if prop.required}

Record = dict[str, Any]


def _id(entry: Record) -> str:
    """Return the id of an entry; that of an entry of `moved:` is the former id."""
    found: str = entry["from"] if "from" in entry and "to" in entry else entry["id"]
    return found


def stripped(sections: dict[str, list[Any]]) -> dict[str, list[Any]]:
    """Return seed files without what is restricted, and without what names a record that went with it, and without what only that cited."""
    kept = {
        name: [slim for one in records if (slim := without(one, set())) is not None]
        for name, records in sections.items()
    }
    gone: set[str] = set()
    while True:
        there = {_id(one) for records in kept.values() for one in records}
        now = {_id(one) for records in sections.values() for one in records} - there
        if now == gone:
            cited = _cited(sections) - _cited(kept)
            return kept | {"sources": [one for one in kept["sources"] if one["id"] not in cited]}
        gone = now
        kept = {
            name: [slim for one in records if (slim := without(one, gone)) is not None]
            for name, records in kept.items()
        }


def _cited(value: Any) -> set[str]:
    """Return the sources that seed files cite."""
    if isinstance(value, list):
        return set().union(*map(_cited, value))
    if not isinstance(value, dict):
        return set()
    own = {value["source"]} if isinstance(value.get("source"), str) else set()
    return own.union(*map(_cited, value.values()))


def without(record: Record, gone: set[str]) -> Record | None:
    names = (record.get("said-by"), record.get("about") if "values" in record else None)
    if record.get("sensitivity") == "restricted" or any(isinstance(one, str) and one in gone for one in names):
        return None
    values = record.get("values", record)
    slim = {key: left for key, value in values.items() if (left := left_of(key, value, gone)) is not None}
    lost = set(values) - set(slim)
    if "values" in record:
        return {**record, "values": slim} if slim else None
    return None if lost & {"name", "kind", "quantity", "measure", "code"} else slim


def left_of(key: str, value: Any, gone: set[str]) -> Any:
    if isinstance(value, list):
        return [left for one in value if (left := item_of(key, one, gone)) is not None] or None
    return None if key in LINKS and isinstance(value, str) and value in gone else value


def item_of(key: str, one: Any, gone: set[str]) -> Any:
    if isinstance(one, str):
        return left_of(key, one, gone)
    if one.get("sensitivity") == "restricted" or (isinstance(one.get("said-by"), str) and one["said-by"] in gone):
        return None
    if key in PARTS:
        slim = {name: left for name, value in one.items() if (left := left_of(name, value, gone)) is not None}
        return None if (set(one) - set(slim)) & NEEDED else slim
    if "value" in one:
        left = left_of(key, one["value"], gone)
        return None if left is None else {**one, "value": left}
    return one


def write_stripped(folder: Path, files: list[Path]) -> Path:
    sections: dict[str, list[Any]] = {}
    for path in files:
        tree = load_texts(path.read_text("utf-8"))
        for name, records in tree.items():
            if name != "withheld":
                sections.setdefault(name, []).extend(records)
    return write(folder, yaml.safe_dump(stripped(sections), allow_unicode=True, sort_keys=False), "stripped.yaml")


RESTRICTED = """
  - id: iryna-stay
    kind: confinement
    participants: [{who: iryna-example}, {who: petro-example, role: counsel, sensitivity: restricted}]
    sites:
      - {value: [kherson-sizo], cite: {source: paper-2024, at: ¶4}, sensitivity: restricted}
      - {value: [secret-site], cite: {source: paper-2024, at: ¶5}}
    places: [kherson]
    about: [secret-site]
    cite: {source: report-2025, at: ¶2}
  - {id: iryna-visit, kind: other, sites: [secret-site], sensitivity: restricted, cite: {source: report-2025, at: ¶3}}
  - id: talk-about-the-visit
    kind: other
    part-of: iryna-visit
    after: [iryna-visit]
    participants: [{who: secret-person}]
    cite: {source: report-2025, at: ¶3}
  - id: secret-kind
    kind: other
    title:
      - {value: Half of it, cite: {source: paper-2024, at: ¶6}}
      - {value: The other half, cite: {source: court-2023, at: ¶6}, sensitivity: restricted}
    said-by: secret-person
    cite: {source: report-2025, at: ¶3}
"""
SECRETS = """
  - {id: secret-person, name: A. Secret, sensitivity: restricted, cite: {source: report-2025, at: ¶7}}
  - id: half-secret
    name: [{value: H. Secret, cite: {source: report-2025, at: ¶7}, sensitivity: restricted}]
    sex: female
    cite: {source: report-2025, at: ¶7}
"""
SITE = """
  - {id: secret-site, name: A basement, kind: improvised, place: kherson, sensitivity: restricted, cite: {source: report-2025, at: ¶8}}
"""
CLAIMS = """
claims:
  - {id: paper-on-the-secret, about: secret-person, values: {sex: male}, cite: {source: paper-2024, at: ¶9}}
  - {id: secret-on-petro, about: petro-example, values: {sex: male}, said-by: secret-person, cite: {source: paper-2024, at: ¶9}}
  - {id: paper-on-the-stay, about: iryna-stay, values: {sites: [secret-site]}, cite: {source: paper-2024, at: ¶9}}
"""
MIXED = BASE.replace("\nplaces:", SECRETS + "\nplaces:").replace("\nevents:", SITE + "\nevents:") + RESTRICTED + CLAIMS


def test_the_public_graph_is_that_of_files_without_the_restricted(graph: LiveGraph, tmp_path: Path) -> None:
    mixed = write(tmp_path, MIXED)
    receipt = graph.load([mixed])
    public = contents(graph)
    assert not [line for line in public if "ecret" in line and "secret-kind" not in line]
    graph.wipe()
    assert graph.load([write_stripped(tmp_path / "stripped", [mixed])]).content_hash == receipt.content_hash
    assert contents(graph) == public


@pytest.mark.slow
def test_the_public_graph_of_the_real_seeds_is_that_of_files_without_the_restricted(
    graph: LiveGraph, tmp_path: Path
) -> None:
    files = sorted(path for path in SEEDS.rglob("*.yaml") if path.name != "collection.yaml")
    loose = [Path(shutil.copy(path, tmp_path / f"{path.parent.name}-{path.name}")) for path in files]
    receipt = graph.load(loose)
    public = contents(graph)
    graph.wipe()
    assert graph.load([write_stripped(tmp_path / "stripped", files)]).content_hash == receipt.content_hash
    assert contents(graph) == public


def test_the_restricted_graph_of_the_real_seeds_holds_no_more_than_the_public_one(graph: LiveGraph) -> None:
    public = graph.load([SEEDS], dry_run=True).changes
    restricted = graph.load([SEEDS], audience=Sensitivity.RESTRICTED, dry_run=True).changes
    assert set(restricted.added) == set(public.added)
    assert len(restricted.new_claims) == len(public.new_claims)


@pytest.mark.parametrize(
    ("first", "second"), [(Sensitivity.PUBLIC, Sensitivity.RESTRICTED), (Sensitivity.RESTRICTED, Sensitivity.PUBLIC)]
)
@pytest.mark.parametrize("dry_run", [True, False])
def test_a_load_for_another_audience_is_refused(
    graph: LiveGraph, tmp_path: Path, first: Sensitivity, second: Sensitivity, dry_run: bool
) -> None:
    path = write(tmp_path, BASE)
    graph.load([path], audience=first)
    before = graph.dump()
    with pytest.raises(IncompatibleGraph, match=f"for the audience {first.lower()}, not {second.lower()}"):
        graph.load([path], audience=second, dry_run=dry_run)
    assert graph.dump() == before


def test_what_becomes_restricted_leaves_the_public_graph(graph: LiveGraph, tmp_path: Path) -> None:
    path = write(tmp_path, BASE)
    graph.load([path])
    before = contents(graph)
    olena = "people:\n  - {id: olena-example, name: Olena, cite: {source: report-2025, at: p}}\n"
    claim = "claims:\n  - {id: paper-on-olena, about: olena-example, values: {sex: female}, cite: {source: paper-2024, at: p}}\n"
    graph.load([write(tmp_path / "more", olena + claim)])
    receipt = graph.load([write(tmp_path / "more", olena.replace("name:", "sensitivity: restricted, name:"))])
    assert receipt.changes.removed == ("olena-example",)
    assert contents(graph) == before


def test_what_becomes_restricted_while_others_name_it_is_refused(graph: LiveGraph, tmp_path: Path) -> None:
    graph.load([write(tmp_path, BASE)])
    before = graph.dump()
    text = (
        "people:\n  - {id: iryna-example, name: Iryna, sensitivity: restricted, cite: {source: report-2025, at: ¶1}}\n"
    )
    with pytest.raises(InvalidSeeds) as refused:
        graph.load([write(tmp_path / "more", text)])
    assert [problem.rule for problem in refused.value.problems] == ["still-named"]
    assert graph.dump() == before
    receipt = graph.load([write(tmp_path / "more", text + EVENTS_TEXT)])
    assert receipt.changes.removed == ("iryna-example",)
    assert not [line for line in contents(graph) if "iryna-example" in line]
