"""The arithmetic of the table: medians, ratios, and what counts as met."""

from __future__ import annotations

from bench.measure import Load
from bench.questions import CONVENTIONAL, FLOOR, NEO4J_GRAPHQL, OURS
from bench.table import Goal, Row, Runs, goal_table, goals, growth, row_table, rows


def load(clients: int, *, p50: float = 1.0, rate: float = 100.0, errors: int = 0, memory: float = 100.0) -> Load:
    return Load(clients, p50, 2 * p50, rate, errors, {"server": 0.5, "neo4j": 0.25}, {"server": memory, "neo4j": 900.0})


def runs(question: str, rates: dict[str, float], p50: float = 1.0) -> Runs:
    return {question: {server: [(load(1, p50=p50), load(8, rate=rate))] for server, rate in rates.items()}}


def by_text(found: list[Goal], part: str) -> Goal:
    [one] = [goal for goal in found if part in goal.text]
    return one


def test_a_row_has_the_medians_of_the_runs_and_the_most_memory() -> None:
    measured = [
        (load(1, p50=p50), load(8, rate=rate, memory=memory))
        for p50, rate, memory in ((1, 10, 50), (9, 30, 90), (2, 20, 70))
    ]
    [row] = rows({"point": {OURS: measured}})
    assert (row.p50, row.p95, row.rate, row.memory) == (2, 4, 20, 90)
    assert (row.cpu, row.cpu_neo4j) == (0.5, 0.25)


def test_failed_requests_of_all_runs_are_added_up() -> None:
    [row] = rows({"point": {OURS: [(load(1, errors=1), load(8)), (load(1), load(8, errors=2))]}})
    assert row.errors == 3


def test_a_server_that_was_never_measured_has_no_row() -> None:
    assert rows({"point": {OURS: []}}) == []


def test_throughput_is_held_against_each_peer() -> None:
    found = list(goals("S", rows(runs("point", {OURS: 300, NEO4J_GRAPHQL: 100, CONVENTIONAL: 100}))))
    assert by_text(found, f"against {NEO4J_GRAPHQL}").verdict == "met"
    assert by_text(found, f"against {CONVENTIONAL}").verdict == "MISSED"


def test_a_peer_that_could_not_be_run_is_said_to_be_missing() -> None:
    goal = by_text(list(goals("S", rows(runs("point", {OURS: 300, CONVENTIONAL: 50})))), NEO4J_GRAPHQL)
    assert (goal.measured, goal.verdict) == (None, "not measured")
    assert "not measured" in goal_table([goal])


def test_latency_may_be_a_third_and_half_a_millisecond_above_the_floor() -> None:
    for own, verdict in ((3.1, "met"), (3.11, "MISSED")):
        measured = {**runs("point", {OURS: 1}, own)["point"], **runs("point", {FLOOR: 1}, 2.0)["point"]}
        found = list(goals("S", rows({"point": measured})))
        assert by_text(found, "p50 in ms").verdict == verdict


def test_the_same_page_may_cost_half_more_in_the_larger_graph() -> None:
    small, large = rows(runs("flat", {OURS: 1}, 4.0)), rows(runs("flat", {OURS: 1}, 7.0))
    [goal] = growth(small, large, ("S", "M"))
    assert (goal.measured, goal.verdict) == (1.75, "MISSED")


def test_totals_may_grow_with_what_they_count() -> None:
    small, large = rows(runs("totals", {OURS: 1}, 4.0)), rows(runs("totals", {OURS: 1}, 40.0))
    assert list(growth(small, large, ("S", "M"))) == []


def test_the_table_gives_each_rate_and_how_many_times_ours_is() -> None:
    found = [Row("point", OURS, 1, 2, 300, 0.5, 0.25, 100, 0), Row("point", CONVENTIONAL, 4, 8, 100, 3, 0.5, 120, 0)]
    assert "| point | conventional | 4.00 | 8.00 | 100.0 | 3.0 | 3.00 | 0.50 | 120 | 0 |" in row_table(found)
