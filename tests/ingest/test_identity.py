"""Candidates: spellings of one name are found, two people stay two, and every pair has its reasons."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import date
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from graph_api.cli import app
from graph_api.errors import InvalidSeeds
from graph_api.ingest.formats import read_files
from graph_api.ingest.identity import Candidate, NameKey, PersonFacts, candidates, person_facts
from graph_api.ingest.lints.facts import batch_facts
from graph_api.ingest.record_parser import parse_batch
from graph_api.values.dates import When
from tests.architecture.source import ROOT
from tests.helpers.yaml_text import load_yaml
from tests.ingest.texts import write

DATA: dict[str, Any] = load_yaml((Path(__file__).parent / "identity" / "people.yaml").read_text("utf-8"))


def real_people() -> list[PersonFacts]:
    parsed = parse_batch(read_files([ROOT / "seeds"]).entries)
    return person_facts(batch_facts(parsed, date(2026, 1, 1)))


def named(id_: str, text: str) -> PersonFacts:
    return PersonFacts(id_, (NameKey.of(text),))


def stated(id_: str, person: dict[str, Any]) -> PersonFacts:
    when = When.parse(str(person["born"])) if "born" in person else None
    born = (when.earliest or date.min, when.latest or date.max) if when else None
    return PersonFacts(id_, (NameKey.of(person["name"]),), born, when.edtf if when else "", person.get("sex", ""))


def same_pairs() -> list[tuple[PersonFacts, PersonFacts]]:
    """Return pairs of spellings of one name: those of the file, and those that sources use for real people."""
    real = [list(dict.fromkeys(key.text for key in one.names)) for one in real_people()]
    lists = [
        *DATA["same"],
        *(texts for texts in real if len(texts) > 1 and all(len(NameKey.of(t).words) > 1 for t in texts)),
    ]
    return [(named("one", a), named("other", b)) for texts in lists for a, b in combinations(texts, 2)]


def different_pairs() -> list[tuple[PersonFacts, PersonFacts]]:
    """Return pairs of two people: those of the file, and real people, every one beside those whose names are most like theirs."""
    pairs = [(stated("one", a), stated("other", b)) for people in DATA["different"] for a, b in combinations(people, 2)]
    return [*pairs, *combinations(real_people(), 2)]


def is_proposed(pair: tuple[PersonFacts, PersonFacts]) -> bool:
    return any(not one.contradicts for one in candidates(pair))


def test_spellings_of_one_name_are_found_and_two_people_stay_two(
    record_property: Callable[[str, object], None],
) -> None:
    same, different = same_pairs(), different_pairs()
    assert len(same) + len(DATA["different"]) >= 300
    missed = [(a.names[0].text, b.names[0].text) for a, b in same if not is_proposed((a, b))]
    wrong = [(a.names[0].text, b.names[0].text) for a, b in different if is_proposed((a, b))]
    recall = 1 - len(missed) / len(same)
    record_property("recall", f"{recall:.3f} of {len(same)} pairs of one person")
    record_property("proposed", f"{len(wrong)} of {len(different)} pairs of two people")
    assert recall >= 0.95, missed
    assert wrong == []


def test_nobody_has_more_than_three_candidates_where_everybody_stands_twice() -> None:
    people = [named(f"p{i}-{j}", text) for i, texts in enumerate(DATA["same"]) for j, text in enumerate(texts[:2])]
    found = Counter(id_ for one in candidates(people) for id_ in (one.first, one.second))
    assert max(found.values()) <= 3


def test_no_two_real_people_are_proposed_as_one() -> None:
    people = real_people()
    assert len(people) >= 83
    assert candidates(people) == []
    assert {"yevhen-panov", "artur-panov", "aziz-akhtemov"} <= {one.id for one in people}


def test_reasons_stand_on_both_sides_and_a_contradiction_puts_a_pair_last() -> None:
    day = (date(1980, 5, 3), date(1980, 5, 3))
    other_day = (date(1980, 3, 5), date(1980, 3, 5))
    ivan = PersonFacts("a", (NameKey.of("Ivan Testenko"),), day, "1980-05-03", "MALE", "CIVILIAN", frozenset({"x"}))
    same = PersonFacts(
        "b", (NameKey.of("Тестенко Іван"),), day, "1980-05-03", "MALE", "PRISONER_OF_WAR", frozenset({"x"})
    )
    swapped = PersonFacts("c", (NameKey.of("Ivan Testenko"),), other_day, "1980-03-05")
    assert candidates([ivan, same, swapped])[0] == Candidate(
        "a",
        "b",
        ("Ivan Testenko", "Тестенко Іван"),
        1.4,
        (
            "names 'Ivan Testenko' and 'Тестенко Іван'",
            "births 1980-05-03 and 1980-05-03 agree",
            "one sex",
            "both handed over in x",
        ),
        ("two categories",),
        contradicts=False,
    )
    last = candidates([ivan, same, swapped])[-1]
    assert last.contradicts
    assert last.reasons_against == ("births 1980-05-03 and 1980-03-05 differ (day and month may be exchanged)",)


def test_a_judged_pair_is_not_proposed_again() -> None:
    pair = [named("a", "Ivan Testenko"), named("b", "Іван Тестенко")]
    assert candidates(pair)
    assert candidates(pair, {frozenset({"a", "b"})}) == []


def test_the_command_lists_pairs_with_their_reasons(tmp_path: Path) -> None:
    path = write(
        tmp_path,
        """
sources:
  - {id: a-list, title: A synthetic list, kind: ngo, published: 2025}
people:
  - {id: one-person, name: Ivan Testenko, born: 1980, cite: {source: a-list, at: row 1}}
  - {id: same-person, name: Тестенко Іван, born: 1980-05, cite: {source: a-list, at: row 2}}
  - {id: third-person, name: Petro Testenko, cite: {source: a-list, at: row 3}}
""",
    )
    result = CliRunner().invoke(app, ["candidates", str(path)])
    assert result.output.splitlines() == [
        "3 people, 1 pair that may be one person",
        "one-person | same-person",
        "  for      names 'Ivan Testenko' and 'Тестенко Іван'",
        "  for      births 1980 and 1980-05 agree",
        "  against  a-list lists both, at row 1 and row 2",
    ]


PAIRS = """
sources:
  - {id: a-list, title: A synthetic list, kind: ngo, published: 2025}
  - {id: b-list, title: Another synthetic list, kind: ngo, published: 2025}
people:
  - {id: one-person, name: Ivan Testenko, born: 1980, cite: {source: a-list, at: row 1}}
  - {id: same-person, name: Тестенко Іван, born: 1980-05, cite: {source: b-list, at: row 2}}
  - {id: third-person, name: Petro Prykladenko, born: 1981, cite: {source: a-list, at: row 3}}
  - {id: fourth-person, name: Прикладенко Петро, cite: {source: b-list, at: row 4}}
"""


def review(folder: Path, keys: str) -> tuple[str, str]:
    """Return what a review with these keys prints, and the file that it leaves."""
    seeds = write(folder / "seeds", PAIRS)
    file = folder / "identity" / "olena.yaml"
    command = ["candidates", str(seeds), "--review", "--steward", "olena", "--judgements", str(file)]
    done = CliRunner().invoke(app, command, input=keys)
    assert done.exit_code == 0, done.output
    return done.output, file.read_text("utf-8") if file.exists() else ""


def test_a_review_writes_each_judgement_at_once_and_takes_it_back(tmp_path: Path) -> None:
    shown, text = review(tmp_path / "a", "sn\nsame birth\nq")
    assert "born: 1980  [a-list row 1]" in shown
    assert "for      births 1980 and 1980-05 agree" in shown
    assert "1 of 2 pairs judged in" in shown
    assert 'verdict: same, keep: one-person, by: "olena"' in text
    shown, text = review(tmp_path / "a", "unobody knows\n")
    assert "1 of 1 pairs judged in" in shown, "what is judged is not asked again"
    assert [line.count("verdict") for line in text.splitlines()] == [0, 1, 1]
    parsed = parse_batch(read_files([tmp_path / "a"]).entries)
    assert parsed.problems == []
    assert len(parsed.judged) == 2
    assert review(tmp_path / "a", "")[0].strip() == "no pairs to be judged"
    assert review(tmp_path / "b", "dtwo men\nzq")[1] == "", "back takes the judgement out of the file"
    assert review(tmp_path / "c", "nq")[1] == ""


@pytest.mark.parametrize("option", ["identity", "identity/olena.yaml", None])
def test_a_pair_that_is_judged_different_is_not_listed_while_its_file_is_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, option: str | None
) -> None:
    monkeypatch.chdir(tmp_path)
    review(tmp_path, "dtwo men\nq")
    command = ["candidates", "seeds", *(["--judgements", option] if option else [])]
    assert CliRunner().invoke(app, command).output.splitlines()[0] == "4 people, 1 pair that may be one person"
    (tmp_path / "identity" / "olena.yaml").unlink()
    listed = CliRunner().invoke(app, ["candidates", "seeds"])
    assert listed.output.splitlines()[0] == "4 people, 2 pairs that may be one person"


@pytest.mark.parametrize("words", [[], ["--review"]])
def test_a_mistake_in_a_file_of_judgements_is_reported(tmp_path: Path, words: list[str]) -> None:
    path = write(tmp_path, PAIRS)
    wrong = tmp_path / "wrong.yaml"
    wrong.write_text("judgements:\n  - {id: j-1, records: [one-person, same-person], verdict: other}\n", "utf-8")
    done = CliRunner().invoke(app, ["candidates", str(path), "--judgements", str(wrong), *words])
    assert isinstance(done.exception, InvalidSeeds)
    assert "Invalid entry of judgements" in str(done.exception.problems[0])


@given(st.permutations(range(12)))
def test_the_result_does_not_depend_on_the_order_of_people(order: list[int]) -> None:
    people = [named(f"p{i}-{j}", text) for i, texts in enumerate(DATA["same"][:6]) for j, text in enumerate(texts[:2])]
    assert candidates([people[i] for i in order]) == candidates(people)
