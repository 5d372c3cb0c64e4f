"""Operations and the Cypher that they become, as files: ``name.graphql`` with ``name.cypher`` and ``name.params.json``.

``bad_*.graphql`` are refused, each with the words of ``bad_*.error.txt``. Variables stand in ``name.variables.json``.

After a change that is meant to change statements: ``DETENTION_GRAPH_TEST_UPDATE_CASES=1 pytest tests/compiler`` writes the files anew.
Read the difference before it is committed; what the statements answer is the business of ``tests/integration/graphql``.
"""

from __future__ import annotations

import json
import os
import re
from pathlib import Path
from typing import Any

import pytest

from tests.helpers.compiling import compiled

CASES = Path(__file__).parent / "cases"
UPDATE = bool(os.environ.get("DETENTION_GRAPH_TEST_UPDATE_CASES"))
GOOD = sorted(path.stem for path in CASES.glob("*.graphql") if not path.stem.startswith("bad_"))
BAD = sorted(path.stem for path in CASES.glob("bad_*.graphql"))
BREAK_BEFORE = re.compile(
    r" (?=(?:COLLECT \{|COUNT \{|EXISTS \{|MATCH |OPTIONAL MATCH |WHERE |WITH |RETURN |CALL |UNWIND ))"
)


def case_of(name: str) -> tuple[str, dict[str, Any]]:
    given = CASES / f"{name}.variables.json"
    return (CASES / f"{name}.graphql").read_text("utf-8"), json.loads(
        given.read_text("utf-8")
    ) if given.exists() else {}


def same_as_file(path: Path, text: str) -> None:
    if UPDATE:
        path.write_text(text, encoding="utf-8")
    assert text == path.read_text("utf-8")


@pytest.mark.parametrize("name", GOOD)
def test_an_operation_becomes_the_cypher_of_its_case(name: str) -> None:
    sent, errors = compiled(*case_of(name))
    assert not errors
    [*_, one] = sent  # a named query before it is a file of its own
    same_as_file(CASES / f"{name}.cypher", BREAK_BEFORE.sub("\n", one.text) + "\n")
    same_as_file(CASES / f"{name}.params.json", json.dumps(dict(one.parameters), ensure_ascii=False, indent=1) + "\n")
    assert set(re.findall(r"\$(p[0-9]+)\b", one.text)) == set(one.parameters)


@pytest.mark.parametrize("name", BAD)
def test_what_cannot_be_asked_is_refused_in_the_words_of_its_case(name: str) -> None:
    sent, errors = compiled(*case_of(name))
    assert (len(sent), len(errors)) == (0, 1)
    [error] = errors
    code = getattr(error.original_error, "code", "GRAPHQL_VALIDATION")
    same_as_file(CASES / f"{name}.error.txt", f"{code}: {error.message}\n")


def test_every_file_belongs_to_a_case() -> None:
    stems = {path.name.partition(".")[0] for path in CASES.iterdir()}
    assert stems == {*GOOD, *BAD}
