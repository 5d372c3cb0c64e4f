"""``detention-graph candidates``: pairs of records that may be of one person, for a steward to judge."""

from __future__ import annotations

from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Final

import typer

from graph_api.cli.common import JsonOption, Steward, open_graph, print_result, read_settings, stderr_console, user_name
from graph_api.cli.review import Review
from graph_api.database.stored_claims import all_claims
from graph_api.errors import InvalidSeeds, InvalidValue
from graph_api.evidence.claims import JUDGED
from graph_api.ingest.batch import ParsedBatch
from graph_api.ingest.collections import FILE_NAME
from graph_api.ingest.formats import read_files
from graph_api.ingest.identity import Candidate, candidates, person_facts
from graph_api.ingest.lints.facts import BatchFacts, batch_facts
from graph_api.ingest.record_parser import parse_batch

CandidatePaths = Annotated[
    list[Path] | None, typer.Argument(help="Seed files or folders; without any, the graph is searched.")
]
IDENTITY: Final = Path("identity")
"""The folder of the files of judgements, one for each steward."""


def list_candidates(
    paths: CandidatePaths = None,
    review: Annotated[
        bool, typer.Option("--review", help="Judge one pair after the other; the graph is not changed.")
    ] = False,
    steward: Steward = None,
    judgements: Annotated[
        Path | None,
        typer.Option(help="Judgements, a file or a folder; by default identity. --review writes STEWARD.yaml there."),
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """List pairs of people whose names agree and that nobody has judged, with what speaks for and against one person.

    With --review, write judgements on them to a file.

    Example: detention-graph candidates seeds/
    """
    parsed = _parsed(paths) if paths else ParsedBatch()
    retained = []
    if not paths:
        with open_graph(read_settings()) as store:
            retained = all_claims(store)
    facts = batch_facts(parsed, datetime.now(UTC).date(), retained=retained)
    people = person_facts(facts)
    folder = judgements or IDENTITY
    is_absent = not folder.exists() or (folder.is_dir() and all(one.name == FILE_NAME for one in folder.iterdir()))
    known = set() if is_absent and (review or folder.exists() or judgements is None) else _judged_in(folder)
    found = candidates(people, parsed.judged | _judged(facts) | known)
    if review:
        who = steward or user_name()
        file = folder if folder.suffix and not folder.is_dir() else folder / f"{who}.yaml"
        records = {one.id: one for one in facts.of_kind("person")}
        try:
            count = Review(found, records, file, who, datetime.now(UTC).date()).run(stderr_console)
        except OSError as error:
            raise InvalidValue(str(file), f"a file that can be written ({error.strerror})", thing="path") from None
        print_result(f"{count} of {len(found)} pairs judged in {file}" if found else "no pairs to be judged")
        return
    print_result([asdict(one) for one in found] if as_json else _text(len(people), found))


def _judged(facts: BatchFacts) -> set[frozenset[str]]:
    """Return the pairs of which the graph has a judgement."""
    return {
        frozenset((one.id, other)) for one in facts.of_kind("person") for name in JUDGED for other in one.values(name)
    }


def _judged_in(path: Path) -> set[frozenset[str]]:
    """Return the pairs that files of judgements judge, ``different`` ones too, which no graph stores. Raises InvalidSeeds."""
    parsed = _parsed([path])
    if parsed.problems:
        raise InvalidSeeds(parsed.problems)
    return parsed.judged


def _parsed(paths: list[Path]) -> ParsedBatch:
    entries = read_files(paths)
    if entries.problems:
        raise InvalidSeeds(entries.problems)
    return parse_batch(entries.entries)


def _text(people: int, found: list[Candidate]) -> str:
    lines = [f"{people} people, {len(found)} {'pair' if len(found) == 1 else 'pairs'} that may be one person"]
    for one in found:
        lines.append(f"{one.first} | {one.second}{' | contradicted' if one.contradicts else ''}")
        lines += [f"  for      {reason}" for reason in one.reasons_for]
        lines += [f"  against  {reason}" for reason in one.reasons_against]
    return "\n".join(lines)
