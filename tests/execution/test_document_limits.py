"""Documents beyond a limit are rejected before validation and quickly; those of the cookbook and the README are far below the limits."""

from __future__ import annotations

import inspect
import sys
from pathlib import Path
from typing import Any

import pytest
from graphql import GraphQLSyntaxError, get_introspection_query, validate

from graph_api.errors import DocumentLimitExceeded, GraphApiError
from graph_api.execution.cost import DEFAULT_MAX_COST
from graph_api.execution.document_limits import INTROSPECTION, DocumentLimits, parse_with_limits
from graph_api.execution.operation_planner import OperationPlanner, RequestError
from graph_api.schema.build import build_schema, graphql_schema
from graph_api.settings import Settings
from tests.architecture.source import ROOT
from tests.helpers.cookbook import recipes
from tests.helpers.costs import costs
from tests.helpers.oversized_documents import OVERSIZED_DOCUMENTS
from tests.helpers.timing import processor_seconds
from tests.helpers.yaml_text import load_yaml
from tests.integration.graphql.test_readme import QUESTIONS

TABLE: list[dict[str, Any]] = load_yaml(Path(__file__).with_name("limits.yaml").read_text("utf-8"))
GOOD = [one for one in TABLE if "refused" not in one]
BAD = [one for one in TABLE if one.get("refused", "LIMIT_COST") != "LIMIT_COST"]
EXACT = [one for one in TABLE if "depth" in one]
COSTING = [one for one in TABLE if "cost" in one]
MAX_SECONDS = 0.5
"""Processor time; ten times the goal, so that a busy machine passes."""


def by_what(one: dict[str, Any]) -> str:
    return str(one["what"])


def text(one: dict[str, Any]) -> str:
    return OVERSIZED_DOCUMENTS[one["generated"]](one["size"]) if "generated" in one else str(one["asked"])


def refusal(document: str, limits: DocumentLimits) -> str | None:
    """Return the code with which a document is refused; None where it passes."""
    try:
        parse_with_limits(document, limits)
    except DocumentLimitExceeded as error:
        refused = error
    else:
        return None
    assert " exceeds the limit" in str(refused)
    assert len(str(refused)) < 250
    return refused.code


# ── the table ───────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_table_has_thirty_operations_and_every_bomb_and_every_code() -> None:
    assert len(GOOD) >= 30
    assert len(BAD) >= 30
    assert {one["generated"] for one in TABLE if "generated" in one} == set(OVERSIZED_DOCUMENTS)
    codes = {one.code for one in DocumentLimitExceeded.__subclasses__()}
    assert {one["refused"] for one in TABLE if "refused" in one} == codes | {"LIMIT_COST"}
    assert len({by_what(one) for one in TABLE}) == len(TABLE)


@pytest.mark.parametrize("one", GOOD, ids=by_what)
def test_a_document_within_the_limits_is_accepted(one: dict[str, Any]) -> None:
    assert refusal(text(one), DocumentLimits()) is None


@pytest.mark.parametrize("one", BAD, ids=by_what)
def test_a_document_beyond_a_limit_is_rejected_quickly_with_its_code(one: dict[str, Any]) -> None:
    document = text(one)
    code, seconds = processor_seconds(lambda: refusal(document, DocumentLimits()))
    sys.stdout.write(f"\n{one['what']}: {code} in {1000 * seconds:.1f} ms\n")
    assert code == one["refused"]
    assert seconds < MAX_SECONDS


@pytest.mark.parametrize("one", GOOD, ids=by_what)
def test_an_accepted_document_is_validated_quickly(one: dict[str, Any]) -> None:
    document = parse_with_limits(text(one), DocumentLimits())
    schema = graphql_schema(build_schema())
    _, seconds = processor_seconds(lambda: validate(schema, document, max_errors=5))
    assert seconds < MAX_SECONDS


@pytest.mark.parametrize("one", EXACT, ids=by_what)
def test_depth_and_fields_are_counted_exactly(one: dict[str, Any]) -> None:
    exact = {name: one.get(name, 0) for name in ("depth", "fields", "aliases", "directives")}
    document = text(one)
    assert refusal(document, DocumentLimits(**exact)) is None
    for name, code in zip(exact, ("LIMIT_DEPTH", "LIMIT_FIELDS", "LIMIT_ALIASES", "LIMIT_DIRECTIVES"), strict=True):
        if exact[name]:
            assert refusal(document, DocumentLimits(**exact | {name: exact[name] - 1})) == code


@pytest.mark.parametrize("one", COSTING, ids=by_what)
def test_the_cost_is_that_of_the_table(one: dict[str, Any]) -> None:
    found = sum(costs(text(one), one.get("variables")))
    assert found == one["cost"]
    assert (found > DEFAULT_MAX_COST) == (one.get("refused") == "LIMIT_COST")


# ── what limits do not decide ──────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "document", ["", "{", "{ people(first: ) { id } }", '"', "{ a } }", "\x00", "{ \ud800 }", "# only"]
)
def test_a_malformed_document_is_a_syntax_error(document: str) -> None:
    with pytest.raises(GraphQLSyntaxError):
        parse_with_limits(document, DocumentLimits())


def test_a_syntax_error_that_quotes_a_limit_is_a_syntax_error() -> None:
    with pytest.raises(GraphQLSyntaxError):
        parse_with_limits('{ a(b: "Document is nested too deeply. Parsing aborted.") } }', DocumentLimits())


def test_type_definitions_are_left_to_validation() -> None:
    document = parse_with_limits("type A { a: Int } { people { totalCount } }", DocumentLimits())
    [error] = validate(graphql_schema(build_schema()), document)
    assert "not executable" in error.message


# ── documented operations ───────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("document", [one.text for one in recipes()] + [asked for _, asked, _ in QUESTIONS])
def test_documented_operations_stay_below_a_third_of_the_limits(document: str) -> None:
    limits = DocumentLimits()
    third = {
        name: getattr(limits, name) // 3
        for name in ("tokens", "aliases", "directives", "fields", "definitions", "characters")
    }
    assert refusal(document, DocumentLimits(**third, depth=limits.depth // 2)) is None


@pytest.mark.parametrize(
    "path", sorted((ROOT / "tests/integration/graphql/operations").glob("*.graphql")), ids=lambda path: str(path.stem)
)
def test_operations_that_select_every_field_are_accepted(path: Path) -> None:
    assert refusal(path.read_text("utf-8"), DocumentLimits()) is None


def test_full_introspection_is_accepted_whatever_the_other_limits_are() -> None:
    options = {
        name: True
        for name, one in inspect.signature(get_introspection_query).parameters.items()
        if isinstance(one.default, bool)
    }
    assert len(options) >= 6
    document = get_introspection_query(**options)
    assert refusal(document, DocumentLimits(depth=1, fields=1, aliases=0, directives=0)) is None
    assert refusal(get_introspection_query(**options, type_depth=19), DocumentLimits()) is None
    assert refusal(get_introspection_query(**options, type_depth=20), DocumentLimits()) == "LIMIT_DEPTH"
    assert INTROSPECTION.fields > 2 * 232


def test_the_settings_have_the_same_defaults() -> None:
    settings, limits = Settings(), DocumentLimits()
    for name in ("token", "depth", "alias", "directive", "field"):
        plural = {"alias": "aliases", "depth": "depth"}.get(name, f"{name}s")
        assert getattr(settings, f"{name}_limit") == getattr(limits, plural)
    assert settings.cost_limit == DEFAULT_MAX_COST
    assert settings.body_limit >= 4 * limits.characters, "four bytes a character"


def test_every_document_limit_has_an_error_code() -> None:
    for one in DocumentLimitExceeded.__subclasses__():
        assert one.code.startswith("LIMIT_")
        assert issubclass(one, GraphApiError)


# ── limits of variables ─────────────────────────────────────────────────────────────────

PEOPLE = "query($w: PersonFilter) { people(where: $w) { totalCount } }"
CONTAINS = {"name": {"contains": "x"}}
STEP = {"kind": "CONVICTION", "where": {"kind": "CONVICTION"}}


@pytest.mark.parametrize(
    ("what", "where", "code"),
    [
        ("120 conditions", {"or": [CONTAINS] * 60}, None),
        ("122 conditions", {"or": [CONTAINS] * 61}, "LIMIT_CONDITIONS"),
        ("conditions of events", {"and": [{"someEvent": {"where": {"or": [{"kind": "CONVICTION"}] * 60}}}]}, "LIMIT_CONDITIONS"),
        ("conditions of steps", {"history": {"steps": [STEP] * 61}}, "LIMIT_CONDITIONS"),
        ("conditions that are not to hold", {"not": {"not": {"or": [CONTAINS] * 61}}}, "LIMIT_CONDITIONS"),
        ("600 conditions of each kind", {"and": [{"or": [CONTAINS]}] * 600}, "LIMIT_CONDITIONS"),
        ("4997 ids", {"id": {"in": ["x"] * 4997}}, None),
        ("4998 ids", {"id": {"in": ["x"] * 4998}}, "LIMIT_VALUES"),
        ("400,000 numbers", {"id": {"in": [1] * 400_000}}, "LIMIT_VALUES"),
        ("300,000 empty filters", {"or": [{}] * 300_000}, "LIMIT_VALUES"),
        ("30,000 conditions", {"or": [CONTAINS] * 30_000}, "LIMIT_VALUES"),
        ("filters within filters", {"or": [{"or": [{"or": [{}] * 20}] * 20}] * 20}, "LIMIT_VALUES"),
    ],
)  # fmt: skip
def test_limits_of_variables_are_enforced_quickly(what: str, where: dict[str, Any], code: str | None) -> None:
    planner = OperationPlanner(graphql_schema(build_schema()))
    document = planner.document(PEOPLE)
    operation = document.operation(None)

    def planned() -> str | None:
        try:
            planner.plan(document, operation, planner.coerce_variables(operation, {"w": where}))
        except RequestError as refused:
            [error] = refused.errors
            assert isinstance(error.original_error, GraphApiError)
            assert " exceeds the limit of " in error.message
            return error.original_error.code
        return None

    found, seconds = processor_seconds(planned)
    sys.stdout.write(f"\n{what}: {found} in {1000 * seconds:.1f} ms\n")
    assert found == code
    assert seconds < MAX_SECONDS
