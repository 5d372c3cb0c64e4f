"""Loads into a real graph: what stays, what changes, what is refused."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from graph_api.database.stored_claims import graph_hash, stored_claims
from graph_api.errors import IncompatibleGraph, InvalidSeeds
from graph_api.ingest import load as flow
from graph_api.ingest import prepare, report
from graph_api.ingest.plan import LoadPlan
from graph_api.ingest.plan import plan_load as real_plan
from graph_api.ontology.vocabulary import Sensitivity
from graph_api.statement import Statement
from graph_api.values.dates import When
from tests.helpers.graphs import SEEDS, LiveGraph, checked_seeds
from tests.ingest.texts import BASE, EVENTS, PEOPLE, PLACES, SOURCES, contents, write

pytestmark = pytest.mark.live


@pytest.fixture
def base(graph: LiveGraph, tmp_path: Path) -> LiveGraph:
    graph.load([write(tmp_path, BASE)])
    return graph


def more(graph: LiveGraph, tmp_path: Path, text: str, **options: Any) -> flow.LoadResult:
    return graph.load([write(tmp_path / "more", text)], **options)


def refused(graph: LiveGraph, tmp_path: Path, text: str) -> list[str]:
    """Load what must be refused; return the messages."""
    before = graph.dump()
    with pytest.raises(InvalidSeeds) as bad:
        more(graph, tmp_path, text)
    assert graph.dump() == before
    return [problem.message for problem in bad.value.problems]


def properties(graph: LiveGraph, record: str) -> dict[str, Any]:
    [[found]] = graph.store.read(Statement("MATCH (n:Record {id: $id}) RETURN properties(n)", {"id": record}))
    return dict(found)


def ids(graph: LiveGraph) -> set[str]:
    return {row[0] for row in graph.store.read(Statement("MATCH (n:Record) RETURN n.id"))}


# ── the same again ───────────────────────────────────────────────────────────────────────────────────────────────


def test_loading_twice_changes_nothing_and_says_so(base: LiveGraph, tmp_path: Path) -> None:
    before = base.dump()
    again = base.load([tmp_path])
    assert not again.is_applied
    assert again.load == ""
    assert again.changes.is_empty
    assert report.format_text(again).startswith(f"no changes: all {again.changes.unchanged} records are stored already")
    assert base.dump() == before


@pytest.mark.slow
def test_loading_the_real_seeds_twice_changes_nothing(graph: LiveGraph) -> None:
    first = graph.load([SEEDS])
    before = graph.dump()
    again = graph.load([SEEDS])
    assert (again.is_applied, again.content_hash) == (False, first.content_hash)
    assert again.changes.unchanged == len(first.changes.added)
    assert graph.dump() == before


def test_two_batches_end_as_one(graph: LiveGraph, tmp_path: Path) -> None:
    graph.load([write(tmp_path, SOURCES + PEOPLE + PLACES)])
    two = more(graph, tmp_path, EVENTS)
    separately = contents(graph)
    graph.wipe()
    assert more(graph, tmp_path, BASE).content_hash == two.content_hash
    assert contents(graph) == separately


@pytest.mark.slow
def test_the_real_seeds_in_two_batches_end_as_in_one(graph: LiveGraph) -> None:
    first = {"sources", "publishers", "people", "groups", "organizations", "places", "sites", "states"}
    files = sorted(SEEDS.rglob("*.yaml"))
    graph.load([path for path in files if path.stem in first], audience=Sensitivity.RESTRICTED)
    two = graph.load([path for path in files if path.stem not in first], audience=Sensitivity.RESTRICTED)
    separately = contents(graph)
    graph.wipe()
    assert graph.load([SEEDS], audience=Sensitivity.RESTRICTED).content_hash == two.content_hash
    assert contents(graph) == separately


def test_the_order_of_files_and_records_changes_nothing(graph: LiveGraph, tmp_path: Path) -> None:
    first = graph.load([write(tmp_path, BASE)])
    before = contents(graph)
    graph.wipe()
    (tmp_path / "a.yaml").unlink()
    for name, text in (("z", SOURCES), ("y", PEOPLE), ("x", PLACES), ("w", EVENTS)):
        write(tmp_path, text, f"{name}.yaml")
    assert graph.load([tmp_path]).content_hash == first.content_hash
    assert contents(graph) == before


def test_yaml_and_json_lines_of_the_same_records_are_the_same(graph: LiveGraph, tmp_path: Path) -> None:
    lines = (
        '{"section": "sources", "id": "report-2025", "title": "A report", "kind": "ngo", "published": "2025-03"}\n'
        '{"section": "people", "id": "iryna-example", "name": "Iryna", "cite": {"source": "report-2025", "at": "p"}}\n'
    )
    text = (
        SOURCES.rsplit("\n", 3)[0]
        + "\npeople:\n  - {id: iryna-example, name: Iryna, cite: {source: report-2025, at: p}}\n"
    )
    graph.load([write(tmp_path, text)])
    before = graph.dump()
    assert not graph.load([write(tmp_path / "lines", lines, "a.jsonl")]).is_applied
    assert graph.dump() == before


# ── edits ────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_an_edited_record_changes_itself_and_nothing_else(base: LiveGraph, tmp_path: Path) -> None:
    before = set(contents(base))
    receipt = more(
        base,
        tmp_path,
        "people:\n  - {id: petro-example, name: Petro Example, sex: male, cite: {source: paper-2024, at: ¶2}}\n",
    )
    assert receipt.changes.changed == ("petro-example",)
    assert (len(receipt.changes.new_claims), len(receipt.changes.removed_claims)) == (1, 1)
    gone, new = before - set(contents(base)), set(contents(base)) - before
    assert all("petro-example" in line or receipt.changes.removed_claims[0] in line for line in gone)
    assert all("petro-example" in line or receipt.changes.new_claims[0] in line for line in new)


def test_an_event_can_become_another_kind(base: LiveGraph, tmp_path: Path) -> None:
    text = EVENTS.replace("kind: conviction", "kind: remand").replace("    sentence: {years: 10}\n", "")
    receipt = more(base, tmp_path, text)
    assert receipt.changes.changed == ("iryna-conviction",)
    [[labels]] = base.store.read(Statement("MATCH (n {id: 'iryna-conviction'}) RETURN labels(n)"))
    assert set(labels) == {"Record", "Event", "Remand"}
    now = contents(base)
    base.wipe()
    assert more(base, tmp_path, SOURCES + PEOPLE + PLACES + text).content_hash == receipt.content_hash
    assert contents(base) == now


def test_an_event_cannot_change_its_kind_behind_what_others_say_of_it(base: LiveGraph, tmp_path: Path) -> None:
    claim = "claims:\n  - {id: paper-on-the-verdict, about: iryna-conviction, values: {sentence: {years: 9}}, cite: {source: report-2025, at: ¶9}}\n"
    more(base, tmp_path, claim)
    [message] = refused(base, tmp_path, EVENTS.replace("kind: conviction", "kind: appeal"))
    assert "the entry of claims: 'paper-on-the-verdict'" in message
    together = more(base, tmp_path, EVENTS.replace("kind: conviction", "kind: appeal") + claim)
    assert together.is_applied


def test_a_trial_that_a_verdict_names_cannot_become_another_kind(base: LiveGraph, tmp_path: Path) -> None:
    trial = (
        "  - {id: iryna-trial, kind: trial, participants: [{who: iryna-example}], cite: {source: paper-2024, at: ¶3}}\n"
    )
    more(base, tmp_path, EVENTS.replace("    sentence:", "    trial: iryna-trial\n    sentence:") + trial)
    [message] = refused(base, tmp_path, "events:\n" + trial.replace("kind: trial", "kind: remand"))
    assert "'iryna-conviction' refers to it as its trial, which must be a trial" in message


def test_an_id_is_never_used_for_another_kind_of_record(base: LiveGraph, tmp_path: Path) -> None:
    [message] = refused(
        base, tmp_path, "groups:\n  - {id: petro-example, name: Ten people, cite: {source: report-2025, at: p}}\n"
    )
    assert message == "Id 'petro-example' is in use by a person in the graph: expected a new id, ids are never re-used."


def test_an_entry_of_claims_adds_changes_and_takes_back(base: LiveGraph, tmp_path: Path) -> None:
    def entry(values: str, about: str = "petro-example") -> str:
        return f"claims:\n  - {{id: court-on-petro, about: {about}, values: {values}, cite: {{source: court-2023, at: p. 1}}}}\n"

    start = contents(base)
    assert more(base, tmp_path, entry("{category: prisoner-of-war, occupations: [teacher]}")).changes.changed == (
        "petro-example",
    )
    assert properties(base, "petro-example")["category"] == "PRISONER_OF_WAR"
    receipt = more(base, tmp_path, entry("{occupations: [teacher]}"))
    assert (len(receipt.changes.new_claims), len(receipt.changes.removed_claims)) == (1, 1)
    assert "category" not in properties(base, "petro-example")
    moved = more(base, tmp_path, entry("{occupations: [teacher]}", "iryna-example"))
    assert moved.changes.changed == ("iryna-example", "petro-example")
    assert properties(base, "iryna-example")["occupations"] == ["teacher"]
    more(base, tmp_path, entry("{}", "iryna-example"))
    assert contents(base) == start


def test_an_entry_of_claims_adds_a_participant_to_a_stored_event(base: LiveGraph, tmp_path: Path) -> None:
    values = "values: {participants: [{who: petro-example, role: witness}]}, cite: {source: paper-2024, at: ¶5}"
    text = f"claims:\n  - {{id: paper-on-the-detention, about: iryna-detention, {values}}}\n"
    assert more(base, tmp_path, text).changes.changed == ("iryna-detention",)
    parts = base.store.read(Statement("MATCH (who)-[r:TOOK_PART]->({id: 'iryna-detention'}) RETURN who.id, r.role"))
    assert {tuple(row) for row in parts} == {("iryna-example", "SUBJECT"), ("petro-example", "WITNESS")}


def test_the_claims_of_others_stay_when_a_record_is_loaded_again(base: LiveGraph, tmp_path: Path) -> None:
    more(
        base,
        tmp_path,
        "claims:\n  - {id: court-on-petro, about: petro-example, values: {sex: male}, cite: {source: court-2023, at: p. 1}}\n",
    )
    more(base, tmp_path, "people:\n  - {id: petro-example, name: Petro, cite: {source: paper-2024, at: ¶2}}\n")
    assert (properties(base, "petro-example")["sex"], properties(base, "petro-example")["name"]) == ("MALE", "Petro")


def test_records_that_a_file_no_longer_names_stay(base: LiveGraph, tmp_path: Path) -> None:
    before = base.dump()
    receipt = more(base, tmp_path, SOURCES)
    assert (receipt.is_applied, receipt.changes.removed) == (False, ())
    assert base.dump() == before


def test_an_earlier_source_date_bounds_the_events_that_rest_on_it(base: LiveGraph, tmp_path: Path) -> None:
    assert properties(base, "iryna-conviction")["date_hi"] == When.parse("2024-11").hi
    receipt = more(base, tmp_path, SOURCES.replace("2024-11", "2023-11"))
    assert properties(base, "iryna-conviction")["date_hi"] == When.parse("2023-11").hi
    assert set(receipt.changes.changed) == {"paper-2024", "petro-example", "iryna-conviction"}
    whole = contents(base)
    base.wipe()
    more(base, tmp_path, BASE.replace("2024-11", "2023-11"))
    assert contents(base) == whole


def test_a_source_date_that_leaves_a_stored_event_no_day_is_refused(base: LiveGraph, tmp_path: Path) -> None:
    [message] = refused(base, tmp_path, SOURCES.replace("2025-03", "2021-03"))
    assert "No possible day for 'iryna-detention'" in message


def test_an_order_that_is_added_later_narrows_a_stored_event(base: LiveGraph, tmp_path: Path) -> None:
    assert properties(base, "iryna-conviction")["date_lo"] == When.parse("2022-05").lo
    text = "  - {id: iryna-trial, kind: trial, participants: [{who: iryna-example}], date: 2023-04, cite: {source: report-2025, at: ¶3}}\n"
    claim = "claims:\n  - {id: report-on-the-order, about: iryna-conviction, values: {after: [iryna-trial]}, cite: {source: report-2025, at: ¶3}}\n"
    more(base, tmp_path, "events:\n" + text + claim)
    assert properties(base, "iryna-conviction")["date_lo"] == When.parse("2023-04").lo
    order = "date: 2024-02, after: [iryna-conviction], cite: {source: report-2025, at: ¶4}"
    late = f"  - {{id: iryna-appeal, kind: appeal, participants: [{{who: iryna-example}}], {order}}}\n"
    assert set(more(base, tmp_path, "events:\n" + late).changes.changed) == {"iryna-conviction"}
    assert properties(base, "iryna-conviction")["date_hi"] == When.parse("2024-02").hi
    now = contents(base)
    base.wipe()
    more(base, tmp_path, BASE + text + late + claim)
    assert contents(base) == now


def test_an_order_that_goes_in_a_circle_through_stored_events_is_refused(base: LiveGraph, tmp_path: Path) -> None:
    text = "claims:\n  - {id: paper-on-the-order, about: iryna-detention, values: {after: [iryna-conviction]}, cite: {source: paper-2024, at: ¶3}}\n"
    [message] = refused(base, tmp_path, text)
    assert "Cycle in the stated order" in message


def test_containment_that_goes_in_a_circle_through_stored_places_is_refused(base: LiveGraph, tmp_path: Path) -> None:
    text = "places:\n  - {id: kherson-region, name: Kherson Oblast, kind: region, within: kherson, cite: {source: report-2025, at: ¶1}}\n"
    assert refused(base, tmp_path, text) == ["Cycle in within: kherson in kherson-region in kherson."]


def test_a_judge_named_by_a_stored_source_is_checked_against_it(base: LiveGraph, tmp_path: Path) -> None:
    def named(source: str) -> str:
        part = f"[{{who: petro-example, role: judge}}]}}, cite: {{source: {source}, at: p}}"
        return f"claims:\n  - {{id: on-the-judge, about: iryna-conviction, values: {{participants: {part}}}\n"

    [message] = refused(base, tmp_path, named("paper-2024"))
    assert "'petro-example' is named as judge of 'iryna-conviction'" in message
    assert more(base, tmp_path, named("court-2023")).is_applied
    [message] = refused(base, tmp_path, SOURCES.replace("kind: court-record", "kind: media"))
    assert "'petro-example' is named as judge of 'iryna-conviction'" in message


# ── withheld ─────────────────────────────────────────────────────────────────────────────────────────────────────


def test_what_is_withheld_goes_and_never_comes_back(base: LiveGraph, tmp_path: Path) -> None:
    before = contents(base)
    lone = "people:\n  - {id: olena-example, name: Olena, positions: [{title: Teacher}], cite: {source: report-2025, at: p}}\n"
    claim = "claims:\n  - {id: paper-on-olena, about: olena-example, values: {sex: female}, cite: {source: paper-2024, at: p}}\n"
    more(base, tmp_path, lone + claim)
    receipt = more(base, tmp_path, "withheld: [olena-example]\n")
    assert (receipt.changes.removed, receipt.changes.withheld) == (("olena-example",), ("olena-example",))
    assert [line for line in contents(base) if "Withheld" not in line] == before
    assert refused(base, tmp_path, lone) == ["Withheld id 'olena-example': it cannot be loaded."]
    assert "Withheld id 'olena-example' in about: it cannot be referred to." in refused(base, tmp_path, claim)
    again = more(base, tmp_path, "withheld: [olena-example]\n")
    assert not again.is_applied


def test_an_id_can_be_withheld_before_anything_is_stored_under_it(base: LiveGraph, tmp_path: Path) -> None:
    assert more(base, tmp_path, "withheld: [not-there-yet]\n", ahead=True).is_applied
    [message] = refused(
        base, tmp_path, "people:\n  - {id: not-there-yet, name: N., cite: {source: report-2025, at: p}}\n"
    )
    assert message == "Withheld id 'not-there-yet': it cannot be loaded."
    assert not more(base, tmp_path, "withheld: [not-there-yet]\n").is_applied


def test_an_id_to_be_withheld_that_nothing_has_is_refused_at_its_place(base: LiveGraph, tmp_path: Path) -> None:
    """With a typing error in the list, what was meant would stay in the graph, and nobody would notice."""
    lone = "people:\n  - {id: olena-example, name: Olena, cite: {source: report-2025, at: p}}\n"
    more(base, tmp_path, lone)
    before = base.dump()
    with pytest.raises(InvalidSeeds) as bad:
        more(base, tmp_path, "withheld: [olena-example, olena-exampel, petro-exampel]\n")
    assert [(one.line, one.column, one.rule) for one in bad.value.problems] == [
        (1, 27, "unknown-withheld"),
        (1, 42, "unknown-withheld"),
    ]
    assert bad.value.problems[0].message == (
        "Unknown id 'olena-exampel' in withheld: expected the id of a record or entry of this graph (closest: olena-example), "
        "or --ahead for one that is not loaded yet."
    )
    assert base.dump() == before
    text = EVENTS.replace("years: 10", "years: 11") + "withheld: [iryna-detentoin]\n"
    assert "closest: iryna-detention" in refused(base, tmp_path, text)[0]


def test_an_entry_of_claims_can_be_withheld(base: LiveGraph, tmp_path: Path) -> None:
    before = contents(base)
    more(
        base,
        tmp_path,
        "claims:\n  - {id: paper-on-iryna, about: iryna-example, values: {sex: female}, cite: {source: paper-2024, at: p}}\n",
    )
    receipt = more(base, tmp_path, "withheld: [paper-on-iryna]\n")
    assert (receipt.changes.removed, receipt.changes.changed) == ((), ("iryna-example",))
    assert [line for line in contents(base) if "Withheld" not in line] == before


def test_what_others_name_cannot_be_withheld_alone(base: LiveGraph, tmp_path: Path) -> None:
    [message] = refused(base, tmp_path, "withheld: [iryna-example]\n")
    assert message == (
        "Cannot remove 'iryna-example': stored records refer to it, iryna-conviction (who), iryna-detention (who). "
        "Load their entries without it in the same batch."
    )
    without = EVENTS.replace("    participants: [{who: iryna-example}]\n", "")
    receipt = more(base, tmp_path, "withheld: [iryna-example]\n" + without)
    assert receipt.changes.removed == ("iryna-example",)
    assert not [line for line in contents(base) if "iryna-example" in line]


def test_a_source_that_others_cite_cannot_be_withheld_alone(base: LiveGraph, tmp_path: Path) -> None:
    [message] = refused(base, tmp_path, "withheld: [paper-2024]\n")
    assert "iryna-conviction (cite), petro-example (cite)" in message


# ── all or nothing ───────────────────────────────────────────────────────────────────────────────────────────────


def test_a_dry_run_changes_nothing_and_plans_the_same(base: LiveGraph, tmp_path: Path) -> None:
    before = base.dump()
    text = EVENTS.replace("years: 10", "years: 11") + "withheld: [nobody-yet]\n"
    dry = more(base, tmp_path, text, dry_run=True, ahead=True)
    assert (dry.is_applied, dry.load) == (False, "")
    assert base.dump() == before
    real = more(base, tmp_path, text, ahead=True)
    assert real.changes == dry.changes
    assert real.content_hash != dry.content_hash


def test_a_write_that_fails_keeps_nothing(base: LiveGraph, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before, content = base.dump(), graph_hash(base.store)

    def broken(*args: Any) -> LoadPlan:
        good = real_plan(*args)
        [record] = good.records
        missing = replace(record.links[0], end="nobody")
        return replace(good, records=(replace(record, links=(*record.links, missing)),))

    monkeypatch.setattr(prepare, "plan_load", broken)
    with pytest.raises(IncompatibleGraph, match="nothing was changed"):
        more(base, tmp_path, "people:\n  - {id: olena-example, name: Olena, cite: {source: report-2025, at: p}}\n")
    assert (base.dump(), graph_hash(base.store)) == (before, content)


def test_claims_come_back_from_the_graph_as_they_were_stored(seeded: LiveGraph) -> None:
    batch = checked_seeds()
    stored = stored_claims(seeded.store, ids(seeded))
    assert {claim.id for claim in stored} == {claim.id for claim in batch.claims}
    assert {claim.canonical() for claim in stored} == {claim.canonical() for claim in batch.claims}
    assert {claim.id: claim for claim in stored} == {claim.id: claim for claim in batch.claims}


def test_values_of_every_shape_come_back_as_they_were_stored(graph: LiveGraph, tmp_path: Path) -> None:
    from tests.ingest.test_example import EXAMPLE

    path = write(tmp_path, EXAMPLE)
    _, batch = flow.check([path])
    graph.load([path])
    assert {claim.id: claim for claim in stored_claims(graph.store, ids(graph))} == {
        claim.id: claim for claim in batch.claims
    }
