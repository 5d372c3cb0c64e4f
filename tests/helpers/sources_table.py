"""Where everything of the compiled public sources stands, as a page for readers."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

from tests.helpers.yaml_text import load_yaml

ROOT: Final = Path(__file__).parents[2]
COVERAGE: Final[dict[str, dict[str, list[str] | str]]] = load_yaml(
    (ROOT / "tests" / "cases" / "coverage.yaml").read_text("utf-8")
)
FACTS: Final[dict[str, list[str] | str]] = load_yaml((ROOT / "tests" / "cases" / "facts.yaml").read_text("utf-8"))[
    "facts"
]

_TITLES: Final = {
    "cases": "Cases: the person, what happened to them, the exchange or release",
    "exchanges": "Exchanges and releases, with the figures stated of each",
    "sites": "Sites of detention",
    "courts": "Courts",
    "organizations": "Organizations, with the figures that they state",
    "mediators": "Mediators, with their running totals",
    "agreements": "Agreements",
    "named_in_notes": "Named in notes only",
}
_HEAD: Final = """# What of the sources stands in the seeds

Written from `tests/cases/coverage.yaml`; tests hold it fresh and every record in it there. The facts of the two articles have a table of
their own in `docs/facts.md`.

The compiled public sources name 67 cases, 69 exchanges and releases, 40 sites and 9 courts, 26 organizations, 10 mediators and 6 agreements;
their 326 pages are in `seeds/public-cases/sources.yaml`, but for five that tell only of people who are not entered. Each line below is one
of them and the records in which it stands. Left out everywhere, for harm: what `docs/data-protection.md` lists, in titles and addresses of pages as well.
"""


def is_left_out(where: list[str] | str) -> bool:
    """Tell whether something was left out, with its reason, instead of entered."""
    return isinstance(where, str)


def page() -> str:
    """Return the whole page."""
    lines = [_HEAD, "| | all | entered | left out | records |", "|---|---|---|---|---|"]
    lines += [_counts(_TITLES[name], COVERAGE[name]) for name in _TITLES]
    lines.append(_counts("Facts of the two articles", FACTS))
    for name, title in _TITLES.items():
        lines += ["", f"## {title}", "", "| source id | stands in |", "|---|---|"]
        lines += [f"| {one} | {_where(where)} |" for one, where in COVERAGE[name].items()]
    return "\n".join(lines) + "\n"


def _counts(title: str, rows: dict[str, Any]) -> str:
    out = sum(is_left_out(where) for where in rows.values())
    records = {one.partition(".")[0] for where in rows.values() if not is_left_out(where) for one in where}
    return f"| {title} | {len(rows)} | {len(rows) - out} | {out} | {len(records)} |"


def _where(where: list[str] | str) -> str:
    return f"*{where}*" if isinstance(where, str) else ", ".join(f"`{one}`" for one in where)
