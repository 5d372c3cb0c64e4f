"""The root field ``search``: records by their names, in any script and spelling, the best first."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import SequenceMatcher
from typing import Any, Final

from graph_api.compiler.bind import Binding, Field, connection, edge_fields
from graph_api.compiler.cursors import ID, SortKey, cursor
from graph_api.compiler.decode import Decode
from graph_api.compiler.ir import Read, Search, Stored
from graph_api.compiler.lucene import any_spelling, is_number
from graph_api.compiler.selection import Selected
from graph_api.errors import BadQuery
from graph_api.model.folding import fold, fold_tokens, words
from graph_api.model.names import Label

LONGEST: Final = 200
MILLION: Final = 1_000_000
NAMED: Final = (
    Label.PERSON,
    Label.GROUP,
    Label.ORGANIZATION,
    Label.STATE,
    Label.PLACE,
    Label.SITE,
    Label.EVENT,
    Label.SOURCE,
)
"""What has a name or a title; figures have neither, so that a search for them finds nothing."""
UNSAID: Final = frozenset(fold_tokens("a an and at by for in not of on or the to"))
"""Words that nobody looks for, folded."""


def search(selected: Selected, binding: Binding) -> Field:
    """Bind the root field. Raises BadQuery for a text that is longer than a name can be."""
    text = str(selected.arguments["text"])
    if len(text) > LONGEST:
        raise BadQuery(f"search: saw a text of {len(text)} characters; right would be a name, at most {LONGEST}")
    first, after = binding.window(selected, (SortKey(int), ID))
    fields = selected.of["SearchConnection"]
    names = {one.name for one in fields}
    nodes = [one for one in _hit_fields(fields) if one.name == "node"]
    read, decoders = _side_by_side(nodes, binding)
    root = _root(text, selected, read, first, after, names)

    def make(found: Sequence[Any]) -> dict[str, Any]:
        rows, total = found
        edges = [(cursor([rank, row[0]]), (rank, row)) for rank, row in rows[:first]]
        return connection(
            fields,
            "SearchConnection",
            edges,
            lambda hit, one: _hit(text, hit, one.of["SearchHit"], decoders),
            count=total,
            has_more=len(rows) > first,
            is_after=after is not None,
        )

    return Field((root,), make)  # type: ignore[arg-type]


def _root(
    text: str, selected: Selected, read: Read, first: int, after: tuple[Any, ...] | None, names: set[str]
) -> Search:
    key = fold(text)
    whole, begun = _terms(text, key)
    kinds = selected.arguments.get("kinds")
    asked = None if kinds is None else {str(kind).capitalize() for kind in kinds}
    return Search(
        query=any_spelling(whole, begun, words(text)),
        key=key,
        written=" ".join("".join(c for c in text if c.isprintable()).lower().split()),
        whole=whole,
        begun=begun,
        labels=tuple(label.value for label in NAMED if asked is None or label.value in asked),
        read=read,
        first=first,
        after=after,
        rows=bool(names & {"nodes", "edges", "pageInfo"}),
        count="totalCount" in names,
    )


def _terms(text: str, key: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the words that have to stand in a name, and those that may be beginnings: initials, and the last, which may be unfinished.

    >>> _terms("J. Smith of SIZO 2", fold("J. Smith of SIZO 2")), _terms("Victor Rosh", fold("Victor Rosh")), _terms("z", "z")
    ((('2', 'sizo', 'smit'), ('i',)), (('viktor',), ('rosh',)), (('z',), ()))
    """
    terms = [term for term in key.split() if term not in UNSAID]
    last = fold_tokens(text)[-1:]
    begun = tuple(
        term
        for term in terms
        if not is_number(term) and (len(term) > 1 if term in last else len(term) == 1 and len(terms) > 1)
    )
    return tuple(term for term in terms if term not in begun), begun


def _hit_fields(fields: Sequence[Selected]) -> list[Selected]:
    nodes = [one for one in fields if one.name == "nodes"] + [
        each for one in fields for each in edge_fields(one) if each.name == "node"
    ]
    return [field for one in nodes for field in one.of["SearchHit"]]


def _side_by_side(nodes: Sequence[Selected], binding: Binding) -> tuple[Read, dict[int, Decode]]:
    """Return what to read of a hit, the id and the names first, and a decoder for each selection of its record."""
    columns: list[Any] = [Stored("id"), Stored("name_text")]
    decoders: dict[int, Decode] = {}
    for one in nodes:
        read, decode = binding.row({of: some for of, some in one.of.items() if of != "Participation"})
        decoders[id(one)] = _slice(decode, len(columns), len(columns) + len(read.columns))
        columns += read.columns
    return Read(tuple(columns)), decoders


def _slice(decode: Decode, start: int, end: int) -> Decode:
    return lambda row: decode(row[start:end])


def _hit(
    text: str, hit: tuple[int, Sequence[Any]], fields: Sequence[Selected], decoders: dict[int, Decode]
) -> dict[str, Any]:
    rank, row = hit
    made: dict[str, Any] = {"__typename": "SearchHit"}
    for one in fields:
        match one.name:
            case "node":
                made[one.key] = decoders[id(one)](row)
            case "score":
                made[one.key] = rank / MILLION
            case "matched":
                made[one.key] = matched(text, row[1].split("\n"))
            case _:
                made[one.key] = "SearchHit"
    return made


def matched(text: str, names: Sequence[str]) -> str:
    """Return the name that a text is nearest to: written the same, folded the same, with most of its words, most alike.

    >>> matched("Олег Сенцов", ["Oleh Sentsov", "Oleg Sentsov", "Олег Сенцов"]), matched("Oleg Sencow", ["Oleh Sentsov", "Oleg Sentsov"])
    ('Олег Сенцов', 'Oleg Sentsov')
    """
    if len(names) == 1:
        return names[0]
    plain, key, terms = text.casefold(), fold(text), fold_tokens(text)

    def nearness(name: str) -> tuple[bool, bool, int, float]:
        found = fold_tokens(name)
        begun = sum(any(word.startswith(term) for word in found) for term in terms)
        alike = SequenceMatcher(None, name.casefold(), plain).ratio() + SequenceMatcher(None, fold(name), key).ratio()
        return name.casefold() == plain, fold(name) == key, begun, alike

    return max(names, key=nearness)
