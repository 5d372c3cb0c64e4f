"""Every field, argument, input field and word of the schema is asked of a real graph, and the answers are those of the oracle.

The operations stand in ``operations/``, the graph in ``rich.yaml``, which is made up for this. A new field of the schema is reported here
as uncovered until an operation asks for it.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from graphql import DocumentNode, FieldNode, OperationDefinitionNode, parse

from graph_api.ontology.vocabulary import Sensitivity
from tests.helpers.compare import differences
from tests.helpers.coverage import Seen, everything, fields_to_value
from tests.helpers.graphs import EXECUTOR, LiveGraph
from tests.helpers.oracle import Oracle

pytestmark = pytest.mark.live

HERE = Path(__file__).parent
RICH = HERE / "rich.yaml"
SCHEMA = EXECUTOR.schema
NOT_OF_THE_ORACLE = {
    "case_file",
    "differences",
    "explanation",
    "paths",
    "possible_count",
    "reconcile",
    "search",
    "status",
    "totals",
}
"""Operations that the oracle does not answer; ``test_contract_answers``, ``test_case_file``, ``tests/casefile`` and ``tests/seeds`` have
expectations for them."""
STATEMENTS = {"caseFile": 2}
"""How many statements a root field needs, where it is not one: a case file reads its facts, and then the records in it."""


@dataclass(frozen=True)
class Operation:
    """One file: a document, and its variables in a JSON file of the same name."""

    name: str
    text: str
    variables: dict[str, Any]

    @property
    def document(self) -> DocumentNode:
        return parse(self.text)


def operations() -> list[Operation]:
    found = []
    for path in sorted((HERE / "operations").glob("*.graphql")):
        given = path.with_suffix(".json")
        found.append(
            Operation(
                path.stem, path.read_text("utf-8"), json.loads(given.read_text("utf-8")) if given.exists() else {}
            )
        )
    return found


OPERATIONS = operations()


@pytest.fixture(scope="module")
def oracle() -> Oracle:
    return Oracle.of(RICH, audience=Sensitivity.RESTRICTED)


@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda one: one.name)
def test_an_operation_over_every_field_is_answered_with_the_statements_of_its_root_fields(
    rich: LiveGraph, operation: Operation
) -> None:
    rich.ask(operation.text, operation.variables)
    [asked] = [one for one in operation.document.definitions if isinstance(one, OperationDefinitionNode)]
    roots = [one.name.value for one in asked.selection_set.selections if isinstance(one, FieldNode)]
    assert len(roots) == len(asked.selection_set.selections)
    separate = sum(STATEMENTS.get(root, 1) for root in roots)
    sent = [one for one in rich.sent if one.name != "present_ids"]  # asked once where a record is not found by its id
    assert len(rich.sent) - len(sent) <= 1
    shared = 1 if operation.name == "totals" else 0  # `eight` and `nine` share a statement
    assert len(sent) == separate - shared


@pytest.mark.parametrize(
    "operation", [one for one in OPERATIONS if one.name not in NOT_OF_THE_ORACLE], ids=lambda one: one.name
)
def test_an_operation_over_every_field_has_the_oracles_answer(
    rich: LiveGraph, oracle: Oracle, operation: Operation
) -> None:
    found = _without_cursors(rich.ask(operation.text, operation.variables))
    expected = _without_cursors(oracle.ask(operation.text, operation.variables))
    assert not differences(found, expected)


def test_nothing_of_the_schema_is_left_unasked(rich: LiveGraph) -> None:
    seen = Seen()
    with seen.answered(SCHEMA):
        for one in OPERATIONS:
            seen.given(SCHEMA, one.document, one.variables)
            rich.by_core(one.text, one.variables)
    assert sorted(everything(SCHEMA) - seen.things) == []
    without = [some for some in fields_to_value(SCHEMA) if not some & seen.valued]
    assert [
        sorted(some) for some in without if not all(one.endswith(".mergedFrom") for one in some)
    ] == []  # see tests/ingest/test_moved_ids.py


def _without_cursors(value: Any) -> Any:
    """Return an answer without cursors, whose bytes are the compiler's own business; that they are there is kept."""
    if isinstance(value, list):
        return [_without_cursors(one) for one in value]
    if not isinstance(value, dict):
        return value
    hidden = {"cursor", "startCursor", "endCursor"}
    return {key: (one is not None if key in hidden else _without_cursors(one)) for key, one in value.items()}
