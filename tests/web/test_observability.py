"""Metrics, logs and traces: each tells codes, times and names of persisted operations, never what was asked or found."""

from __future__ import annotations

import io
import json
import logging
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from opentelemetry import trace
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter
from prometheus_client.parser import text_string_to_metric_families
from starlette.testclient import TestClient

from graph_api.errors import InvalidSettings
from graph_api.settings import Settings
from graph_api.web import logs, tracing
from graph_api.web.app import create_app
from graph_api.web.metrics import Metrics
from graph_api.web.request_log import RequestLog
from tests.helpers.graphs import LiveGraph

MARK = "zq7mark"
QUESTIONS: list[tuple[str, dict[str, Any], str]] = [
    (f'query {MARK} {{ {MARK}: person(id: "{MARK}") {{ name }} }}', {}, "OK"),
    (f'query {MARK} {{ {MARK}: person(id: "{MARK}") {{ name }} }}', {}, "OK"),
    ("query($id: ID!) { person(id: $id) { name } }", {"id": MARK}, "OK"),
    (f'{{ people(after: "{MARK}") {{ totalCount }} }}', {}, "BAD_CURSOR"),
    (f"{{ {MARK} }}", {}, "GRAPHQL_VALIDATION_FAILED"),
    ("{", {}, "GRAPHQL_PARSE_FAILED"),
]


@pytest.fixture
def client(seeded: LiveGraph, tmp_path: Path) -> Iterator[TestClient]:
    (tmp_path / "known.graphql").write_text("query Known { people(first: 2) { nodes { name } } }")
    with TestClient(create_app(seeded.store, Settings(log="all", persisted=tmp_path))) as client:
        yield client


def ask(client: TestClient) -> None:
    for query, variables, code in QUESTIONS:
        answer = client.post("/graphql", json={"query": query, "variables": variables}).json()
        assert (answer["errors"][0]["extensions"]["code"] if "errors" in answer else "OK") == code
    client.post("/graphql", json={"query": "query Known { people(first: 2) { nodes { name } } }"})


# ── metrics ─────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.live
def test_metrics_count_requests_by_code_and_persisted_operation_and_nothing_else(client: TestClient) -> None:
    ask(client)
    response = client.get("/metrics")
    assert response.headers["content-type"].startswith("text/plain; version=")
    assert MARK not in response.text
    found = {sample.name: sample for one in text_string_to_metric_families(response.text) for sample in one.samples}
    labels = {
        name
        for one in text_string_to_metric_families(response.text)
        for sample in one.samples
        for name in sample.labels
    }
    assert labels == {"operation", "code", "le", "found", "reason", "source"}
    counted = {
        (sample.labels["operation"], sample.labels["code"]): sample.value
        for one in text_string_to_metric_families(response.text)
        for sample in one.samples
        if sample.name == "detention_graph_requests_total"
    }
    assert counted == {
        ("", "OK"): 3,
        ("", "BAD_CURSOR"): 1,
        ("", "GRAPHQL_VALIDATION_FAILED"): 1,
        ("", "GRAPHQL_PARSE_FAILED"): 1,
        ("Known", "OK"): 1,
    }
    assert found["detention_graph_db_connections"].value >= 1
    assert (
        found["detention_graph_db_connections_in_use"].value <= 2
    )  # the server itself reads: plans at start, the snapshot
    for name in ("operations_in_progress", "operations_queued", "running", "waiting"):
        assert found[f"detention_graph_{name}"].value == 0
    assert "detention_graph_connections_lent" in found
    assert found["detention_graph_plans"].value >= 3
    assert found["detention_graph_documents"].value >= 4


def test_looks_for_a_plan_are_counted_where_there_was_one() -> None:
    metrics = Metrics()
    for hit in (True, False, None, True):
        metrics.observe(RequestLog("r", plan_hit=hit, cost=5, seconds=0.003))
    value = metrics.registry.get_sample_value
    assert value("detention_graph_plan_lookups_total", {"found": "yes"}) == 2
    assert value("detention_graph_plan_lookups_total", {"found": "no"}) == 1
    assert value("detention_graph_cost_sum") == 15
    assert value("detention_graph_request_seconds_bucket", {"operation": "", "le": "0.005"}) == 4


def test_metrics_show_counters_that_are_kept_elsewhere() -> None:
    metrics, fallbacks = Metrics(), {"introspection": 2}
    metrics.counter("core_fallbacks", "Executions", "reason", lambda: fallbacks)
    fallbacks["invalid_value"] = 1
    for reason, count in fallbacks.items():
        name = "detention_graph_core_fallbacks_total"
        assert metrics.registry.get_sample_value(name, {"reason": reason}) == count


@pytest.mark.live
def test_metrics_can_be_turned_off(seeded: LiveGraph) -> None:
    with TestClient(create_app(seeded.store, Settings(metrics=False))) as client:
        assert client.get("/metrics").status_code == 404


# ── logs ────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def lines() -> Iterator[io.StringIO]:
    """Take what is logged as lines of JSON, as ``serve`` does."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(logs.JsonFormatter())
    ours = logging.getLogger("graph_api")
    level = ours.level
    ours.addHandler(handler)
    ours.setLevel(logging.INFO)
    yield stream
    ours.removeHandler(handler)
    ours.setLevel(level)


def read(lines: io.StringIO) -> list[dict[str, Any]]:
    return [json.loads(line) for line in lines.getvalue().splitlines()]


@pytest.mark.live
def test_each_request_is_one_line_of_json_without_question_and_values(client: TestClient, lines: io.StringIO) -> None:
    ask(client)
    entries = read(lines)
    assert [one["code"] for one in entries] == [code for _, _, code in QUESTIONS] + ["OK"]
    assert MARK not in lines.getvalue()
    for one in entries:
        assert set(one) == {
            "time", "level", "logger", "request", "status", "code", "document", "operation", "cost", "statements", "rows", "plan_hit", "bytes", "ms",
        }  # fmt: skip
        assert re.fullmatch(r"[0-9a-f]{16}", one["request"])
        assert one["ms"] > 0
    assert [one["plan_hit"] for one in entries[:2]] == [False, True]
    assert (entries[-1]["operation"], entries[-1]["rows"], entries[-1]["statements"]) == ("Known", 2, 1)
    assert re.fullmatch(r"[0-9a-f]{64}", entries[0]["document"])
    assert entries[0]["document"] == entries[1]["document"]


@pytest.mark.parametrize(
    "text", ["a\r\nb", 'level":"error"}\n{"x":1', "\x00\x1b[31m", "\u2028\u2029", "half \ud800 of a pair"]
)
def test_what_is_logged_stays_on_its_line(text: str, lines: io.StringIO) -> None:
    logging.getLogger("graph_api.web").warning("saw %s", text)
    logging.getLogger("graph_api.web").error("failed", exc_info=RuntimeError(text))
    assert lines.getvalue().count("\n") == 2
    first, second = lines.getvalue().split("\n")[:2]
    assert json.loads(first)["message"] == f"saw {text}"
    assert json.loads(second)["exception"].startswith("RuntimeError")


def test_only_problems_are_logged_unless_told_otherwise(lines: io.StringIO) -> None:
    records = [
        RequestLog("fine", code="OK"),
        RequestLog("slow", code="OK", seconds=1.5),
        RequestLog("bad", code="LIMIT_COST"),
    ]
    for which in ("all", "problems", "none"):
        for one in records:
            logs.request_logger(which)(one)
    assert [one["request"] for one in read(lines)] == ["fine", "slow", "bad", "slow", "bad"]


# ── traces ──────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def spans(monkeypatch: pytest.MonkeyPatch) -> InMemorySpanExporter:
    exporter = InMemorySpanExporter()
    provider = TracerProvider(shutdown_on_exit=False)
    provider.add_span_processor(SimpleSpanProcessor(exporter))
    monkeypatch.setattr(trace, "get_tracer", provider.get_tracer)
    monkeypatch.setattr(trace, "get_tracer_provider", lambda: provider)
    monkeypatch.setattr(tracing, "configure", lambda: None)
    return exporter


@pytest.mark.live
def test_a_request_has_a_span_and_its_statements_another_below_it(
    seeded: LiveGraph, spans: InMemorySpanExporter
) -> None:
    with TestClient(create_app(seeded.store, Settings(tracing=True))) as client:
        ask(client)
        client.get(f"/livez?{MARK}")
    found = spans.get_finished_spans()
    assert {one.name for one in found} == {"graphql.request", "neo4j.read"}
    requests = [one for one in found if one.name == "graphql.request"]
    of_requests = {one.context.span_id for one in requests}
    reads = [one for one in found if one.name == "neo4j.read" and one.parent and one.parent.span_id in of_requests]
    assert len(requests) == len(QUESTIONS) + 1
    assert [dict(one.attributes or {})["db.operation.name"] for one in reads] == [
        *("person", "present_ids", "notes,notes,notes,notes")
        * 3,  # nobody has or had the id: four look-ups in one transaction say so
        "people",
    ]
    exported = "\n".join(one.to_json() for one in found)
    assert MARK not in exported
    assert "MATCH" not in exported
    codes = [dict(one.attributes or {})["graphql.code"] for one in requests]
    assert codes == [code for _, _, code in QUESTIONS] + ["OK"]
    assert [one.status.is_ok for one in requests] == [code == "OK" for code in codes]
    assert not [one for one in found if one.events]


@pytest.mark.live
def test_tracing_without_its_packages_is_refused_and_nothing_else_needs_them(
    live: LiveGraph, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delitem(sys.modules, "graph_api.web.tracing")
    monkeypatch.setitem(sys.modules, "opentelemetry.sdk.trace", None)
    create_app(live.store, Settings())
    with pytest.raises(InvalidSettings, match="pip install 'detention-graph\\[tracing\\]'"):
        create_app(live.store, Settings(tracing=True))


def test_the_api_needs_opentelemetry_only_for_tracing() -> None:
    program = "import sys; sys.modules['opentelemetry.sdk'] = None; import graph_api.cli"
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0
