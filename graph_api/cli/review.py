"""The review of candidates in a terminal: one pair at a time, judged by one key, written to a file of judgements at once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import zip_longest
from pathlib import Path
from typing import Final

import typer
from rich.console import Console
from rich.table import Table

from graph_api.compiler.difference_text import display
from graph_api.errors import InvalidInput
from graph_api.ingest.identity import Candidate
from graph_api.ingest.judgement_files import JudgementEntry, add_judgement, remove_judgement
from graph_api.ingest.judgements import Judgement
from graph_api.ingest.lints.facts import LintedRecord

KEYS: Final[Mapping[str, Judgement]] = {"s": Judgement.SAME, "d": Judgement.DIFFERENT, "u": Judgement.UNSURE}
HELP: Final = "s same, d different, u unsure, n next, z back, q quit"
NEXT, BACK, QUIT = "n", "z", "q"


@dataclass(frozen=True, slots=True)
class Review:
    """A review of pairs by a steward. ``records`` are the people by id, ``file`` is where judgements are written."""

    pairs: Sequence[Candidate]
    records: Mapping[str, LintedRecord]
    file: Path
    steward: str
    today: date

    def run(self, console: Console) -> int:
        """Show one pair after the other until the last one or ``q``; return how many were judged."""
        written: dict[int, JudgementEntry] = {}
        place = 0
        while place < len(self.pairs):
            pair = self.pairs[place]
            self._show(console, pair, place)
            match key := _key():
                case "s" | "d" | "u":
                    written[place] = entry = self._entry(pair, KEYS[key])
                    add_judgement(self.file, entry)
                    place += 1
                case "n":
                    place += 1
                case "z":
                    place = max(place - 1, 0)
                    if (taken := written.pop(place, None)) is not None:
                        remove_judgement(self.file, taken)
                case _:
                    break
        return len(written)

    def _entry(self, pair: Candidate, verdict: Judgement) -> JudgementEntry:
        keep = None
        if verdict is Judgement.SAME:
            keep = pair.first
            if typer.confirm(f"Keep {pair.second} instead of {pair.first}?", err=True):
                keep = pair.second
        why = typer.prompt("Why", default="; ".join(pair.reasons_for)[:500], err=True)
        return JudgementEntry((pair.first, pair.second), verdict, self.steward, self.today, why.strip(), keep)

    def _show(self, console: Console, pair: Candidate, place: int) -> None:
        table = Table(title=f"{place + 1} of {len(self.pairs)}", expand=True)
        for id_ in (pair.first, pair.second):
            table.add_column(id_, overflow="fold", ratio=1)
        for one, other in zip_longest(*(_lines(self.records[id_]) for id_ in (pair.first, pair.second)), fillvalue=""):
            table.add_row(one, other)
        console.print(table, markup=False)
        for word, reasons in (("for", pair.reasons_for), ("against", pair.reasons_against)):
            for reason in reasons:
                console.print(f"{word:8} {reason}", markup=False)
        console.print(HELP, markup=False)


def _key() -> str:
    """Return the next key that means something. Raises InvalidInput where there is no terminal."""
    while True:
        try:
            key = typer.getchar().lower()
        except OSError:
            raise InvalidInput(
                "No terminal for --review: expected one, whose keys judge. `candidates` alone lists the pairs."
            ) from None
        if key in (*KEYS, NEXT, BACK, QUIT):
            return key


def _lines(record: LintedRecord) -> Iterator[str]:
    """Yield what each source states of a person."""
    for claim in record.claims:
        cited = f"{claim.citation.source} {claim.citation.at}" if claim.citation else claim.reason or ""
        for name, value in sorted(claim.values.items()):
            yield f"{name}: {display(value)}  [{cited}]"
