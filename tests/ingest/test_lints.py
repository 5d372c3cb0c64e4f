"""Lints: every code has a line that shows it and none that it should not be on; suspected harm in texts; what accepts and explains."""

from __future__ import annotations

import ast
import hashlib
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from graph_api.cli import app
from graph_api.errors import InvalidSeeds
from graph_api.ingest.codes import ACCEPTABLE, CODES, problems_document
from graph_api.ingest.lints.harm import SUSPECTED
from graph_api.ingest.load import examine
from tests.architecture.source import ROOT
from tests.helpers.yaml_text import load_yaml
from tests.ingest import cases
from tests.ingest.texts import write

LINTS = Path(__file__).parent / "lints"
DOUBTFUL = LINTS / "doubtful.yaml"
WARNED = LINTS / "warned.yaml"
TEXTS: dict[str, dict[str, list[str]]] = load_yaml((LINTS / "harm.yaml").read_text("utf-8"))
MARKED = {
    4: {"same-source"}, 5: {"published-ahead", "address"}, 6: {"year", "language"}, 7: {"read-before-published", "address"},
    11: {"same-name"}, 17: {"same-name"}, 21: {"first-of-year"}, 22: {"same-person"}, 23: {"same-person"}, 24: {"same-person"},
    25: {"mixed-scripts", "age"}, 26: {"age", "no-name"}, 29: {"suspected-harm", "no-name"}, 32: {"release-first", "after-death"},
    33: {"after-death"}, 35: {"same-event", "article-code"}, 37: {"verdict-order"}, 38: {"verdict-order"}, 39: {"same-site"},
    40: {"order"}, 42: {"who"}, 43: {"no-side"}, 44: {"nobody"}, 46: {"same-event"},
}  # fmt: skip
"""The lines of a steward's trial that say what is wrong in them, and the codes of that."""
OF_TABLES = {"first-of-month", "no-match"}
"""Warnings that only tables have; ``test_tables`` shows them."""
OF_COLLECTIONS = {"data-protection"}
"""What is doubtful in the declaration of a collection, which no record accepts."""


def expected_codes() -> dict[int, list[str]]:
    lines = enumerate(DOUBTFUL.read_text("utf-8").splitlines(), 1)
    stated = {number: re.search(r"\}\s+# ([a-z -]+)$", line) for number, line in lines}
    return {number: sorted(found[1].split()) for number, found in stated.items() if found}


def found_codes(path: Path) -> dict[int, list[str]]:
    result = examine([path])
    found: dict[int, set[str]] = {}
    for one in (*result.problems, *result.warnings):
        found.setdefault(one.line, set()).add(one.rule)
    return {line: sorted(codes) for line, codes in found.items()}


@pytest.mark.parametrize("name", cases.bad_cases(cases.EXAMINED))
def test_a_case_is_reported_line_by_line(name: str) -> None:
    assert cases.examined(name) == cases.expected(name, cases.EXAMINED)


def test_every_line_that_is_marked_as_wrong_has_a_problem_or_a_warning() -> None:
    """The lines are those of a steward's trial: all of them were loaded without a word."""
    text = (cases.EXAMINED / "doubtful-lines" / "in" / "base.yaml").read_text("utf-8").splitlines()
    marked = {number for number, line in enumerate(text, 1) if re.search(r"\}\s+# ", line)}
    reported = {
        int(one.split(":")[1]) for one in (line.removeprefix("warning: ") for line in cases.examined("doubtful-lines"))
    }
    assert len(marked) >= 24
    assert marked - reported == set()
    found: dict[int, set[str]] = {line: set() for line in MARKED}
    for one in cases.examined("doubtful-lines"):
        line = int(one.removeprefix("warning: ").split(":")[1])
        found.get(line, set()).add(one.rpartition("[")[2].rstrip("]"))
    assert {line: codes - found[line] for line, codes in MARKED.items() if codes - found[line]} == {}


def test_every_doubtful_line_has_its_codes_and_no_other_line_has_one() -> None:
    assert found_codes(DOUBTFUL) == expected_codes()


def test_every_warning_and_decision_is_shown() -> None:
    shown = {code for codes in expected_codes().values() for code in codes}
    assert ACCEPTABLE - shown == OF_TABLES | OF_COLLECTIONS


def test_nobody_lives_through_anything_after_their_death(tmp_path: Path) -> None:
    text = """
sources:
  - {id: a-list, title: A synthetic list, kind: ngo, url: "https://example.org/a", published: 2025}
people:
  - {id: a-person, name: A Person, cite: {source: a-list, at: p. 1}}
events:
  - {id: a-death, kind: death, participants: [{who: a-person}], date: 2023-01, cite: {source: a-list, at: p. 1}}
  - {id: a-detention, kind: detention, participants: [{who: a-person}], date: 2024, cite: {source: a-list, at: p. 1}}
  - {id: a-burial, kind: burial, participants: [{who: a-person}], date: 2024, cite: {source: a-list, at: p. 1}}
"""
    result = examine([write(tmp_path, text)])
    assert {(one.line, one.rule) for one in result.problems} == {(7, "after-death"), (8, "after-death")}


def test_the_real_seeds_have_no_finding_that_nobody_accepted() -> None:
    result = examine([ROOT / "seeds"])
    assert (result.problems, result.warnings) == ((), ())


def suspects(text: str) -> bool:
    return any(pattern.search(text) for pattern in SUSPECTED.values())


def half(text: str) -> str:
    """Return the half to which a text belongs: patterns were tuned on ``seen`` alone."""
    return ("seen", "unseen")[hashlib.sha256(text.encode()).digest()[0] % 2]


@pytest.mark.parametrize("which", ["seen", "unseen"])
def test_suspected_harm_is_found_and_little_else(which: str, record_property: Callable[[str, object], None]) -> None:
    harmful, harmless = (
        [text for texts in TEXTS[label].values() for text in texts if half(text) == which]
        for label in ("harmful", "harmless")
    )
    assert min(len(harmful), len(harmless)) >= 40
    missed = [text for text in harmful if not suspects(text)]
    wrong = [text for text in harmless if suspects(text)]
    record_property("recall", f"{1 - len(missed) / len(harmful):.3f} of {len(harmful)} texts")
    record_property("false alarms", f"{len(wrong) / len(harmless):.3f} of {len(harmless)} texts")
    assert len(missed) <= 0.1 * len(harmful), missed
    assert len(wrong) <= 0.05 * len(harmless), wrong


def used_codes() -> set[str]:
    """Return the codes in the source, and the names of value types, which are codes as well."""
    found: set[str] = set()
    for path in (ROOT / "graph_api" / "ingest").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call):
                name = getattr(node.func, "attr", getattr(node.func, "id", ""))
                place = {"problem": 0, "_problem": 1, "_error": 1, "Finding": 1}.get(name)
                match node.args[place : place + 1] if place is not None else []:
                    case [ast.Constant(value=str() as code)]:
                        found.add(code)
                    case _:
                        pass
    return found - {one for one in found if " " in one or not one}


def test_every_code_that_is_printed_is_explained_and_no_other() -> None:
    own = {one for one in used_codes() if re.fullmatch(r"[a-z][a-z0-9-]+", one)}
    assert own - set(CODES) == set()


def test_the_page_of_problems_is_that_of_the_codes() -> None:
    assert (ROOT / "docs" / "problems.md").read_text("utf-8") == problems_document()


def test_a_code_is_explained_and_an_unknown_one_lists_them() -> None:
    run = CliRunner()
    assert run.invoke(app, ["explain", "same-person"]).output.startswith(
        "same-person (warning): Two people of one name"
    )
    assert "expected one of accept" in str(run.invoke(app, ["explain", "nothing"]).exception)


def test_strict_makes_warnings_errors_and_each_form_of_output_has_them() -> None:
    run = CliRunner()
    assert run.invoke(app, ["validate", str(WARNED)]).exit_code == 0
    strict = run.invoke(app, ["validate", "--strict", str(WARNED)])
    assert isinstance(strict.exception, InvalidSeeds)
    count = len(strict.exception.warnings)
    assert str(strict.exception) == f"{count} warnings in the seed files; nothing was loaded"
    found: dict[str, Any] = json.loads(run.invoke(app, ["validate", "--sarif", str(WARNED)]).output)
    [run_of_sarif] = found["runs"]
    assert len(run_of_sarif["results"]) == count == 2
    assert {one["ruleId"] for one in run_of_sarif["results"]} == {
        one["id"] for one in run_of_sarif["tool"]["driver"]["rules"]
    }
    assert len(json.loads(run.invoke(app, ["validate", "--json", str(WARNED)]).output)["warnings"]) == count


@pytest.mark.parametrize(
    ("accept", "message"),
    [
        ("[same-name]", "Invalid entry of accept 'same-name': expected a list such as [{code: …, why: …}]. [accept]"),
        ("[{code: same-name}]", "Invalid entry of accept (a mapping with code): expected a list such as"),
        (
            "[{code: reference, why: never}]",
            "Unknown code 'reference': expected that of a warning or decision, one of address, age",
        ),
    ],
)
def test_only_a_warning_is_accepted_and_only_with_a_reason(tmp_path: Path, accept: str, message: str) -> None:
    text = f"sources:\n  - {{id: a-list, title: A list, kind: ngo, published: 2025, accept: {accept}}}\n"
    [problem] = examine([write(tmp_path, text)]).problems
    assert message in str(problem)
