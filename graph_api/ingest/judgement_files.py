"""Files of judgements: a steward's decisions on pairs are written one by one, so that the work can be left at any time."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

from graph_api.ingest.judgements import KEEP, Judgement
from graph_api.values.words import seed_word

HEAD: Final = "judgements:\n"


@dataclass(frozen=True, slots=True)
class JudgementEntry:
    """A judgement on records, with the one that is kept where they are the same."""

    records: Sequence[str]
    verdict: Judgement
    by: str
    on: date
    why: str
    keep: str | None = None

    @property
    def id(self) -> str:
        """The id of the entry, made of the records, so that a pair is judged once."""
        return "j-" + hashlib.sha256(" ".join(sorted(self.records)).encode()).hexdigest()[:12]

    @property
    def line(self) -> str:
        r"""The entry as a line of a seed file.

        >>> JudgementEntry(["a-1", "b-1"], Judgement.UNSURE, "olena", date(2026, 11, 28), "no birth is known").line
        '  - {id: j-dd2957ebe8f2, records: [a-1, b-1], verdict: unsure, by: "olena", on: 2026-11-28, why: "no birth is known"}\n'
        """
        texts = {
            "id": self.id,
            "records": f"[{', '.join(self.records)}]",
            "verdict": seed_word(self.verdict),
            **({KEEP: self.keep} if self.keep else {}),
            "by": json.dumps(self.by, ensure_ascii=False),
            "on": self.on.isoformat(),
            "why": json.dumps(self.why, ensure_ascii=False),
        }
        return f"  - {{{', '.join(f'{key}: {text}' for key, text in texts.items())}}}\n"


def add_judgement(file: Path, entry: JudgementEntry) -> None:
    """Append an entry to a file, which is made where it is missing."""
    file.parent.mkdir(parents=True, exist_ok=True)
    is_new = not file.exists() or not file.read_text(encoding="utf-8").strip()
    with file.open("a", encoding="utf-8") as stream:
        stream.write((HEAD if is_new else "") + entry.line)


def remove_judgement(file: Path, entry: JudgementEntry) -> None:
    """Take an entry out of a file again; the file goes with its last one."""
    left = file.read_text(encoding="utf-8").replace(entry.line, "")
    if left.strip() == HEAD.strip():
        file.unlink()
    else:
        file.write_text(left, encoding="utf-8")
