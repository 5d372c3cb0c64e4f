"""The rows that LOAD CSV gets beside a load: all records, claims and links of it, whose ends are there."""

from __future__ import annotations

import csv
from pathlib import Path

import orjson

from bench.generate import Graph
from bench.sizes import rows_of, write_rows
from graph_api.evidence.claims import links_of
from graph_api.ingest.load import check


def test_the_rows_are_those_of_the_claims(tmp_path: Path) -> None:
    Graph(30).write(tmp_path / "seeds")
    claims = check([tmp_path / "seeds"])[1].claims
    rows = rows_of(claims)
    write_rows(rows, tmp_path / "rows")
    counts = [*map(len, rows)]
    records, stated, links = (
        list(csv.DictReader((tmp_path / "rows" / f"{name}.csv").read_text("utf-8").splitlines(), escapechar="\\"))
        for name in ("records", "claims", "links")
    )
    assert counts == [len(records), len(stated), len(links)]
    assert {row["id"] for row in records} == {claim.record for claim in claims}
    assert len(links) == sum(1 for claim in claims for _ in links_of(claim)), "both ends of each link are loaded"
    first = next(claim for claim in claims if claim.id == stated[0]["id"])
    assert orjson.loads(stated[0]["values"]).keys() == first.values.keys()
