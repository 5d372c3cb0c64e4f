"""The result of a check or a load, as text and as JSON."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

from graph_api import __version__
from graph_api.errors import Problem
from graph_api.ingest.codes import CODES
from graph_api.ingest.load import CheckResult, LoadResult
from graph_api.ingest.upgrade import UpgradeResult

MAX_LISTED: Final = 10
"""How many ids a line of text lists, and how many warnings of one code."""
SHOWN_OF_MANY: Final = 3
"""How many warnings of a code are listed that has more than that."""


def format_check_json(result: CheckResult) -> dict[str, Any]:
    """Return the result of a check as JSON."""
    return {
        "files": len(result.entries.files),
        "records": result.batch.defined,
        "claims": len(result.batch.claims),
        "problems": [_problem_json(one) for one in result.problems],
        "warnings": [str(warning) for warning in result.warnings],
    }


def format_check_text(result: CheckResult) -> str:
    """Return the result of a check as text."""
    batch = result.batch
    warnings = len(result.warnings)
    outcome = f"{warnings} warning{'s' if warnings != 1 else ''}" if warnings else "no problems"
    files = len(result.entries.files)
    summary = f"{files} file{'s' if files != 1 else ''}, {batch.defined} records, {len(batch.claims)} claims: {outcome}"
    return "\n".join([*_warnings(result.warnings), summary])


def format_check_sarif(result: CheckResult) -> dict[str, Any]:
    """Return the result of a check as SARIF 2.1.0, which code hosts show beside the lines of a change."""
    found = [(one, "error") for one in result.problems] + [(one, "warning") for one in result.warnings]
    rules = sorted({one.rule for one, _ in found})
    driver = {
        "name": "detention-graph",
        "version": __version__,
        "rules": [
            {"id": rule, "shortDescription": {"text": CODES[rule].meaning if rule in CODES else rule}} for rule in rules
        ],
    }
    return {
        "version": "2.1.0",
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "runs": [{"tool": {"driver": driver}, "results": [_sarif_result(one, level) for one, level in found]}],
    }


def _sarif_result(problem: Problem, level: str) -> dict[str, Any]:
    place = {
        "artifactLocation": {"uri": Path(problem.file).as_posix()},
        "region": {"startLine": problem.line, "startColumn": problem.column},
    }
    return {
        "ruleId": problem.rule,
        "level": level,
        "message": {"text": problem.message},
        "locations": [{"physicalLocation": place}],
    }


def _problem_json(problem: Problem) -> dict[str, Any]:
    cell = {"cell": problem.cell} if problem.cell else {}
    return {
        "file": problem.file,
        "line": problem.line,
        "column": problem.column,
        **cell,
        "code": problem.rule,
        "message": problem.message,
    }


def format_json(result: LoadResult) -> dict[str, Any]:
    """Return the result of a load or a dry run as JSON."""
    changes = result.changes
    return {
        "applied": result.is_applied,
        "load": result.load or None,
        "files": len(result.files),
        "added": list(changes.added),
        "changed": list(changes.changed),
        "removed": list(changes.removed),
        "withheld": list(changes.withheld),
        "unchanged": changes.unchanged,
        "claimsAdded": len(changes.new_claims),
        "claimsRemoved": len(changes.removed_claims),
        "pendingMigrations": list(result.pending_migrations),
        "contentHash": result.content_hash,
        "unneeded": list(result.unneeded),
        "warnings": [str(warning) for warning in result.warnings],
    }


def format_text(result: LoadResult) -> str:
    """Return the result of a load or a dry run as text."""
    lines = [
        *_warnings(result.warnings),
        *_changes(result),
        *([unneeded_text(result.unneeded)] if result.unneeded else []),
        *_migrations(result),
        f"content hash {result.content_hash}",
    ]
    return "\n".join(lines)


def format_upgrade(result: UpgradeResult) -> str:
    """Return the result of an upgrade as text."""
    lines = [format_text(result.load)]
    if result.rebuilt:
        lines.append(f"{result.rebuilt} other records computed again by the rules of this version")
    if result.kept:
        lines.append(f"{len(result.kept)} shipped entries left as other loads state them: {_listed(result.kept)}")
    return "\n".join(lines)


def unneeded_text(ids: Sequence[str]) -> str:
    """Return what a report says of entries that a public graph does not keep."""
    return (
        f"not kept, since nothing public needs them: {_listed(ids)}; load them together with the first entry that does"
    )


def _warnings(warnings: Sequence[Problem]) -> list[str]:
    return [f"warning: {one}" for one in counted(list(map(str, warnings)))]


def counted(warnings: Sequence[str]) -> list[str]:
    """Return warnings as text lists them: of a code with more than ten, the first three and how many more there are.

    >>> counted([f"a.yaml:{line}:3: No date. [no-date]" for line in range(1, 93)])[2:]
    ['a.yaml:3:3: No date. [no-date]', '89 more of [no-date] (--json lists all)']
    """
    codes = [one[one.rfind("[") :] for one in warnings]
    many = {code: count for code, count in Counter(codes).items() if count > MAX_LISTED}
    seen: Counter[str] = Counter()
    lines: list[str] = []
    for code, one in zip(codes, warnings, strict=True):
        seen[code] += 1
        if code not in many or seen[code] <= SHOWN_OF_MANY:
            lines.append(one)
        elif seen[code] == many[code]:
            lines.append(f"{many[code] - SHOWN_OF_MANY} more of {code} (--json lists all)")
    return lines


def _listed(ids: Sequence[str]) -> str:
    more = f" and {len(ids) - MAX_LISTED} more" if len(ids) > MAX_LISTED else ""
    return f"{', '.join(ids[:MAX_LISTED])}{more}"


def _changes(result: LoadResult) -> list[str]:
    changes = result.changes
    if changes.is_empty:
        return [f"no changes: all {changes.unchanged} records are stored already"]
    counts = {
        "added": len(changes.added),
        "changed": len(changes.changed),
        "removed": len(changes.removed),
        "withheld": len(changes.withheld),
        "unchanged": changes.unchanged,
    }
    verb = "loaded" if result.is_applied else "dry run, nothing was changed"
    lines = [f"{verb}: " + ", ".join(f"{count} {word}" for word, count in counts.items() if count)]
    lines.append(f"claims: {len(changes.new_claims)} added, {len(changes.removed_claims)} removed")
    kinds = Counter(changes.kinds[record].partition("/")[0] for record in changes.added)
    if kinds:
        lines.append("added: " + ", ".join(f"{count} {kind}" for kind, count in sorted(kinds.items())))
    for word, ids in (("changed", changes.changed), ("removed", changes.removed)):
        if ids:
            more = " (--json lists all)" if len(ids) > MAX_LISTED else ""
            lines.append(f"{word}: {_listed(ids)}{more}")
    return lines


def _migrations(result: LoadResult) -> list[str]:
    return [f"pending migrations: {', '.join(result.pending_migrations)}"] if result.pending_migrations else []
