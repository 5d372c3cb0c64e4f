"""Names as readers of other languages spell them: who is among the first five, by reader, on names that the rules were not written with."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.helpers.graphs import LiveGraph
from tests.helpers.romanisation import READERS, is_unseen, spell
from tests.helpers.yaml_text import load_yaml

pytestmark = pytest.mark.live

CASES = Path(__file__).parents[2] / "cases"
MADE_UP = [
    name.strip() for name in load_yaml((CASES / "search" / "readers.yaml").read_text("utf-8"))["names"].split(",")
]
QUESTION = "query Q($text: String!) { search(text: $text, kinds: [PERSON], first: 5) { nodes { node { id } } } }"


@dataclass(frozen=True)
class Spelled:
    """A name of a record as a reader spells it."""

    name: str
    id: str
    reader: str

    @property
    def text(self) -> str:
        return spell(self.name, self.reader)


def made_up() -> list[tuple[str, str]]:
    return [(f"{name.split()[1]} {name.split()[0]}", f"made-up-{place}") for place, name in enumerate(MADE_UP)]


def named_in_seeds() -> list[tuple[str, str]]:
    """Return the Ukrainian names of people that ``spellings.yaml`` gives, with their ids."""
    every = load_yaml((CASES / "spellings.yaml").read_text("utf-8"))["spellings"]
    return [
        (text, one["id"])
        for one in every
        if isinstance(one["id"], str)
        for text in [*one.get("ukrainian", []), *one.get("published", [])]
        if re.fullmatch(r"[А-ЯҐЄІЇ][а-яґєії'’]+(-[А-ЯҐЄІЇ][а-яґєії'’]+)?( [А-ЯҐЄІЇ][а-яґєії'’-]+)+", text)
        and not re.search("[ыэёъ]", text)
    ]


def figures(graph: LiveGraph, names: list[tuple[str, str]], title: str) -> dict[str, float]:
    """Print the share of spellings whose record is among the first five, by reader and half, and return those of the unseen half."""
    found: Counter[tuple[str, bool, bool]] = Counter()
    missed = []
    for one in (Spelled(name, id_, reader) for name, id_ in names for reader in READERS):
        hits = [hit["node"]["id"] for hit in graph.ask(QUESTION, {"text": one.text})["search"]["nodes"]]
        found[one.reader, is_unseen(one.name), one.id in hits] += 1
        if one.id not in hits:
            missed.append(
                f"{'unseen' if is_unseen(one.name) else 'seen'} {one.reader}: {one.text} ({one.name}) → {hits[:3]}"
            )
    print(f"\n{title}: {len(names)} names")  # noqa: T201
    for reader in READERS:
        shares = [
            f"{half} {found[reader, unseen, True]} of {found[reader, unseen, True] + found[reader, unseen, False]}"
            for half, unseen in (("seen", False), ("unseen", True))
        ]
        print(f"  {reader}: {', '.join(shares)}")  # noqa: T201
    print("misses:", *missed, sep="\n  ")  # noqa: T201
    return {
        reader: found[reader, True, True] / max(1, found[reader, True, True] + found[reader, True, False])
        for reader in READERS
    }


@pytest.mark.slow
def test_made_up_people_are_found_by_readers_of_other_languages(live: LiveGraph, tmp_path: Path) -> None:
    people = "".join(
        f'  - {{id: {id_}, name: "{name}", category: civilian, cite: {{source: source-one, at: page}}}}\n'
        for name, id_ in made_up()
    )
    live.wipe()
    live.load_text(
        f"sources:\n  - {{id: source-one, title: Made up, kind: ngo, published: 2024-01}}\npeople:\n{people}", tmp_path
    )
    shares = figures(live, made_up(), "made-up people")
    assert min(shares.values()) >= 0.95, shares
    assert sum(shares.values()) / len(shares) >= 0.99, shares


def test_people_of_the_seeds_are_found_by_readers_of_other_languages(seeded: LiveGraph) -> None:
    people = {one["id"] for one in seeded.ask("{ people(first: 500) { nodes { id } } }")["people"]["nodes"]}
    named = [(name, id_) for name, id_ in named_in_seeds() if id_ in people]
    assert len(named) >= 50
    shares = figures(seeded, named, "people of the seeds")
    assert min(shares.values()) >= 0.95, shares
    assert sum(shares.values()) / len(shares) >= 0.99, shares
