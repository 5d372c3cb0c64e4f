"""The compiled path answers byte for byte what graphql-core answers: random operations over the whole schema, on random graphs.

Two comparisons for each operation. With graphql-core over the plain-Python oracle, which knows nothing of Cypher, plans or shapes; and with
graphql-core over the same rows that the compiled path read, which also covers what the oracle has not (``search``, ``totals``,
explanations) and graphs that are damaged on purpose. Each operation is asked twice, since its plan is made and then found, and once more
with other texts and ids in its variables.

What the product refuses in words of its own (a cursor, a page size, a list that is too long) the oracle is told; of these errors code, path
and place are compared and the words are not. The request's id and what an operation costs are left out.
"""

from __future__ import annotations

import asyncio
import json
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import zip_longest
from pathlib import Path
from random import Random
from typing import Any

import orjson
import pytest
from graphql import parse

from graph_api.compiler.binder import RowLimits
from graph_api.errors import InvalidQuery, PageLimitExceeded
from graph_api.execution.document_limits import DocumentLimits
from graph_api.execution.executor import ExecutionResult, Executor, OperationRequest, fetch
from graph_api.execution.operation_planner import ExecutionLimits
from graph_api.execution.validation_hints import with_hint
from graph_api.ontology.vocabulary import Sensitivity
from graph_api.schema.build import build_schema, graphql_schema
from graph_api.statement import Statement
from graph_api.web.response import build_response_body
from tests.helpers.compare import differences
from tests.helpers.coverage import Seen, everything
from tests.helpers.cursors import without_identities
from tests.helpers.graphs import LiveGraph
from tests.helpers.oracle import Asking, Oracle, executable_schema
from tests.helpers.random_faults import FAULTS, VARIABLES
from tests.helpers.random_graphs import write_random_seeds
from tests.helpers.random_operations import Question, Writer, keys_in
from tests.helpers.random_values import Pools

pytestmark = pytest.mark.live

SCHEMA = graphql_schema(build_schema())
NO_END = 10**15
FLAWS = ("page", "cursor", "steps", "when", "null")
IN_OUR_WORDS = {"BAD_USER_INPUT", "BAD_CURSOR", "LIMIT_PAGE"}
EVERYTHING = everything(SCHEMA)
ONLY_IN_ANSWERS = {"AppealResult", "Modality", "Operator", "SentenceKind"}
"""Words that nobody can ask for, so that it is chance whether a run meets each; ``test_contract_fields`` meets them all."""
ONE_AT_A_TIME = {
    *(
        "CaseFile",
        "CaseFileForm",
        "Clause",
        "FormField",
        "Gap",
        "GapKind",
        "Lead",
        "LeadKind",
        "Placement",
        "Reference",
        "TimelineEntry",
    ),
    *("Difference", "DifferenceConnection", "DifferenceEdge", "DifferenceKind", "Path", "PathConnection", "PathEdge"),
    *(
        "Reconciliation",
        "ReconciliationConnection",
        "ReconciliationEdge",
        "DurationStatistics",
        "DayCount",
        "OrderBasis",
    ),
    *("SearchEdge", "SearchHit"),
}
"""Types of answers that random operations meet by chance only; ``test_contract_fields`` asks for each."""
NOT_REACHED = {
    one
    for one in EVERYTHING
    if one.partition(".")[0] in ONLY_IN_ANSWERS | ONE_AT_A_TIME or one.startswith("SequenceConnection.durations")
}
"""What random operations need not reach; the field that has ``DurationStatistics`` is rare, and compared in a test of its own."""
RICH = Path(__file__).parent / "rich.yaml"

Oracle.revised = staticmethod(with_hint)


def bounded(rows: int) -> Executor:
    """Return an executor that no random operation is too large for; some have more than 60 aliases with their fragments."""
    document = DocumentLimits(aliases=1000, directives=1000)
    return Executor(build_schema(), ExecutionLimits(document, RowLimits(rows=rows), cost=NO_END, planning=NO_END))


def shown(answer: ExecutionResult) -> bytes:
    """Return the body of a response, without what differs from request to request."""
    made = build_response_body(answer, "", ExecutionLimits())
    made.pop("extensions", None)
    for error in made.get("errors", ()):
        if error["extensions"]["code"] in IN_OUR_WORDS:
            error["message"] = "in words of ours"
    return orjson.dumps(made)


@dataclass
class Session:
    """One graph, and what was asked of it."""

    live: LiveGraph
    oracle: Oracle | None
    answering: Executor
    pools: Pools
    uses: Counter[str]
    note: str
    told: Counter[str] = field(default_factory=Counter)
    kept: dict[bytes, Any] = field(default_factory=dict)

    async def read(self, statements: Sequence[Statement]) -> Sequence[Any]:
        found = self.live.store.read_all(statements, seconds=60)
        self.kept |= {_key(one): value for one, value in zip(statements, found, strict=True)}
        return found

    async def again(self, statements: Sequence[Statement]) -> Sequence[Any]:
        return [self.kept[_key(one)] for one in statements]

    def by_core(self, asked: OperationRequest) -> ExecutionResult:
        """Answer as ``Executor`` does where rows cannot simply become the answer, on the rows that were read last."""
        planner = self.answering.planner
        document = planner.document(asked.query)
        operation = document.operation(asked.operation)
        given = planner.coerce_variables(operation, asked.variables)
        plan, _ = planner.plan(document, operation, given)
        found = asyncio.run(fetch(plan, given, self.again))
        result = self.answering._execute_with_graphql_core(asked, document, plan, found)
        return ExecutionResult(result.data, result.errors or ())

    def by_oracle(self, question: Question, variables: Mapping[str, Any]) -> ExecutionResult:
        assert self.oracle is not None
        cap = self.answering.planner.limits.rows.rows
        asking = Asking(self.oracle.world, question.refused, cap)
        result, was_executed = self.oracle.result(question.text, variables, question.operation, asking)
        return ExecutionResult(result.data, result.errors or (), executed=was_executed)

    def ask(self, question: Question) -> None:
        """Ask twice, which makes the plan and finds it, and once with other variables; compare each answer."""
        first = self.ask_once(question, question.variables)
        again = asyncio.run(
            self.answering.execute(OperationRequest(question.text, question.operation, question.variables), self.read)
        )
        if again.plan is not None and not again.plan_hit and not again.errors:  # what is refused is not kept
            self.fail(question, question.variables, "an operation that was planned already was planned again")
        self.compare(question, question.variables, shown(again), shown(first), "the first answer")
        self.told["answered" if not first.errors else "executed with errors" if first.executed else "refused"] += 1
        if question.others:
            other = self.ask_once(question, question.others)
            if other.plan is not None and not first.errors:  # what is refused is not kept
                self.told["asked with other variables"] += 1
                self.told["found their plan"] += other.plan_hit

    def ask_once(self, question: Question, variables: Mapping[str, Any]) -> ExecutionResult:
        asked = OperationRequest(question.text, question.operation, variables)
        answer = asyncio.run(self.answering.execute(asked, self.read))
        found = shown(answer)
        self.told["rows"] += answer.rows
        if self.oracle is not None and question.of_oracle:
            expected = shown(self.by_oracle(question, variables))
            own = orjson.dumps(without_identities(orjson.loads(found)))
            self.compare(question, variables, own, expected, "the oracle")
            self.told["compared with the oracle"] += 1
        if answer.executed:
            self.compare(question, variables, found, shown(self.by_core(asked)), "graphql-core on the same rows")
        for kind, keys in keys_in(answer.data):
            if keys not in self.pools.cursors[kind]:
                self.pools.cursors[kind].append(keys)
        return answer

    def compare(self, question: Question, variables: Mapping[str, Any], found: bytes, expected: bytes, of: str) -> None:
        if found != expected:
            lines = differences(orjson.loads(found), orjson.loads(expected))
            same = next(place for place, (one, other) in enumerate(zip_longest(found, expected)) if one != other)
            at = max(0, same - 200)  # the same values in another order, or written otherwise
            lines = lines or [f"{found[at : at + 400]!r}", "instead of", f"{expected[at : at + 400]!r}"]
            self.fail(question, variables, f"differs from {of}:", *lines)

    def fail(self, question: Question, variables: Mapping[str, Any], *why: str) -> None:
        asked = json.dumps({"operationName": question.operation, "variables": variables}, ensure_ascii=False)
        pytest.fail("\n".join([self.note, question.flaw, question.text, asked, *why]), pytrace=False)


def _key(statement: Statement) -> bytes:
    return orjson.dumps([statement.text, statement.parameters], default=str)


def question_of(number: int, session: Session) -> Question:
    """Return the operation of a number; about every fifth has something wrong about it."""
    random = Random(number)  # noqa: S311 - a test that can be run again
    chance = random.random()
    flaw = random.choice(FLAWS) if chance < 0.12 else ""
    question = Writer(SCHEMA, number, session.pools, session.uses, flaw).question()
    if chance > 0.9:
        fault = random.choice(FAULTS)
        fault(question, random)
        question.flaw = fault.__name__
        question.of_oracle &= not {"search", "totals"} & set(re.findall(r"\w+", question.text))
    return question


def ask_many(session: Session, seen: Seen, first: int, count: int, *, without: str = "") -> None:
    """Ask the operations of these numbers, but those that have the word ``without``."""
    note = session.note
    for number in range(first, first + count):
        session.note = f"{note}, operation {number}"
        session.pools.wanted = EVERYTHING - NOT_REACHED - seen.things
        question = question_of(number, session)
        if without and re.search(rf"\b{without}\b", question.text):
            continue
        if not question.flaw:
            seen.given(SCHEMA, parse(question.text), question.variables)
        session.told["operations"] += 1
        session.ask(question)
    session.note = note


def open_session(live: LiveGraph, folder: Path, number: int | None, uses: Counter[str], rows: int = 1000) -> Session:
    """Load the random graph of a number, or the one with everything in it."""
    path = RICH if number is None else write_random_seeds(number, folder)
    audience = Sensitivity.RESTRICTED if number is None else Sensitivity.PUBLIC
    live.wipe()
    live.load([path], audience=audience)
    oracle = Oracle.of(path, audience=audience)
    links = [link for out in oracle.world.out.values() for link in out if link.type == "TOOK_PART"]
    ids = [*oracle.world.records, *(link.properties["id"] for link in links[:10])]
    return Session(live, oracle, bounded(rows), Pools(ids), uses, f"graph {'rich' if number is None else number}")


def run(live: LiveGraph, folder: Path, graphs: Sequence[tuple[int | None, int]]) -> tuple[Counter[str], list[str]]:
    """Ask so many operations of each graph; return what came of them, and what of the schema nobody asked for."""
    uses: Counter[str] = Counter()
    told: Counter[str] = Counter()
    seen = Seen()
    with seen.answered(SCHEMA), seen.answered(executable_schema()):
        for number, count in graphs:
            session = open_session(live, folder, number, uses)
            ask_many(session, seen, told["operations"], count)
            told += session.told
    left = sorted(EVERYTHING - seen.things)
    print(dict(told), "not reached:", left)  # noqa: T201 - shown where it fails, and with -s
    return told, [one for one in left if one not in NOT_REACHED]


def test_operations_over_the_whole_schema_are_answered_byte_for_byte_as_by_graphql_core(
    live: LiveGraph, tmp_path: Path
) -> None:
    told, _ = run(live, tmp_path, ((None, 40), (1, 15)))
    assert told["operations"] >= 50
    assert told["compared with the oracle"] > 48
    assert told["found their plan"] > 0.9 * told["asked with other variables"]


def test_whatever_is_wrong_with_variables_is_told_as_graphql_core_tells_it(live: LiveGraph, tmp_path: Path) -> None:
    session = open_session(live, tmp_path, 3, Counter())
    for number, fault in enumerate(VARIABLES):
        question = Question("", {}, {}, flaw=f"variables {number}")
        fault(question, Random(number))  # noqa: S311
        session.ask(question)
    assert session.told["refused"] > 20
    assert session.told["executed with errors"] > 3


def test_a_list_longer_than_the_limit_is_an_error_at_its_field(live: LiveGraph, tmp_path: Path) -> None:
    session = open_session(live, tmp_path, 4, Counter(), rows=1)
    ask_many(session, Seen(), 50_000, 30)
    assert session.told["executed with errors"] > 2


SEVERAL: tuple[tuple[str, dict[str, Exception]], ...] = (
    (
        "{ a: people(first: 501) { totalCount } b: groups(first: -1) { totalCount } }",
        {"a": PageLimitExceeded("a"), "b": InvalidQuery("b")},
    ),
    (
        "{ a: person(id: 1) { P } b: person(id: 2) { P } __typename }",
        {"a": PageLimitExceeded("a"), "b": PageLimitExceeded("b")},
    ),
    (
        "{ a: person(id: 1) { P } b: groups(first: 501) { totalCount } c: people { totalCount } }",
        {"a": PageLimitExceeded("a"), "b": PageLimitExceeded("b")},
    ),
    (
        "{ b: groups(first: 501) { totalCount } a: person(id: 1) { P } }",
        {"a": PageLimitExceeded("a"), "b": PageLimitExceeded("b")},
    ),
    ("query ($n: Int) { a: person(id: 1) { P } b: people(first: $n) { totalCount } }", {"a": PageLimitExceeded("a")}),
    ("query ($n: Int) { b: people(first: $n) { totalCount } a: person(id: 1) { P } }", {"a": PageLimitExceeded("a")}),
    (
        '{ a: person(id: 1) { P } __type(name: "Sex") { name enumValues { name } } b: people { totalCount } }',
        {"a": PageLimitExceeded("a")},
    ),
    ("{ b: people { totalCount } __schema { queryType { name } } t: __typename }", {}),
    (
        '{ __type(name: "Person") { kind name fields { name type { name kind ofType { name } } args { name defaultValue } } } }',
        {},
    ),
    ('{ __type(name: "Nothing") { name } }', {}),
)


def test_several_errors_of_one_operation_come_in_the_order_of_its_fields(live: LiveGraph, tmp_path: Path) -> None:
    session = open_session(live, tmp_path, 3, Counter())
    for text, refused in SEVERAL:
        asked = text.replace("{ P }", "{ events(first: 501) { totalCount } }")
        given = {"n": None} if "$n" in text else {}
        session.ask(Question(asked, given, given, refused=dict(refused), flaw="several"))


DAMAGE = (
    ("Person", "sex", "NO_SEX"),
    ("Source", "title", None),
    ("Figure", "measure", None),
    ("Organization", "kind", None),
    ("Place", "kind", "NO_KIND"),
    ("State", "code", None),
    ("Site", "kind", None),
)
"""Label, property, what every second record holds instead: a null where none may be, a word that its list has not."""


def test_what_cannot_be_in_a_graph_is_an_error_where_it_stands_and_what_may_be_null_above_it_is(
    live: LiveGraph, tmp_path: Path
) -> None:
    session = open_session(live, tmp_path, 5, Counter())
    assert session.oracle is not None
    for label, key, value in DAMAGE:
        ids = sorted(one.id for one in session.oracle.world.records.values() if one.type == label)[::2]
        changed = f"MATCH (n:{label}) WHERE n.id IN {json.dumps(ids)} SET n.{key} = {json.dumps(value)}"
        live.store.change_schema(changed)
        for id_ in ids:
            stored = session.oracle.world.records[id_].stored
            assert isinstance(stored, dict)
            stored[key] = value
    ask_many(session, Seen(), 60_000, 60, without="label")  # of a damaged record it fails above its field
    assert session.told["executed with errors"] > 2


@pytest.mark.slow
def test_many_more_operations_are_answered_byte_for_byte_as_by_graphql_core(live: LiveGraph, tmp_path: Path) -> None:
    told, left = run(live, tmp_path, ((None, 1000), *((number, 500) for number in range(100, 118))))
    assert left == []
    assert told["operations"] >= 10_000
