"""The root field ``search``: records by their names, in any script and spelling, the best first."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import SequenceMatcher
from typing import Any, Final

from graph_api.compiler.binder import Binding, Field, node_fields, shifted
from graph_api.compiler.cursors import ID, SortKey
from graph_api.compiler.ir import Read, Search, Stored
from graph_api.compiler.lucene import any_spelling, is_number
from graph_api.compiler.response_shape import Connection, Constant, Leaf, Record, Row, Slot
from graph_api.compiler.selection import Selected
from graph_api.errors import InvalidQuery
from graph_api.ontology.names import Label
from graph_api.values.folding import fold, fold_tokens, words

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
    """Bind the root field. Raises InvalidQuery for a text that is longer than a name can be."""
    text = str(selected.arguments["text"])
    if len(text) > LONGEST:
        raise InvalidQuery(f"search: saw a text of {len(text)} characters; right would be a name, at most {LONGEST}")
    first, after = binding.window(selected, (SortKey(int), ID))
    fields = selected.of["SearchConnection"]
    names = {one.name for one in fields}
    read, records = _side_by_side([one for one in _hit_fields(fields) if one.name == "node"], binding)
    root = _root(text, selected, read, first, after, names)

    nodes = {id(node): _hit(text, node.of["SearchHit"], records) for node in node_fields(fields)}
    shape = Connection("SearchConnection", fields, first, after is not None, ((0,), (1, 0)), nodes)
    return Field((root,), shape)  # type: ignore[arg-type]


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
    return [field for one in node_fields(fields) for field in one.of["SearchHit"]]


def _side_by_side(nodes: Sequence[Selected], binding: Binding) -> tuple[Read, dict[int, Record]]:
    """Return what to read of a hit, the id and the names first, and the object that each selection of its record makes of it."""
    columns: list[Any] = [Stored("id"), Stored("name_text")]
    records: dict[int, Record] = {}
    for one in nodes:
        read, record = binding.row(binding.records(one.of))
        records[id(one)] = shifted(record, len(columns))
        columns += read.columns
    return Read(tuple(columns)), records


def _hit(text: str, fields: Sequence[Selected], records: dict[int, Record]) -> Record:
    return Record({"SearchHit": tuple(_slot(text, one, records) for one in fields)})


def _slot(text: str, one: Selected, records: dict[int, Record]) -> Slot:
    match one.name:
        case "node":
            return Slot(one.key, ((1,),), Row(records[id(one)]))
        case "score":
            return Slot(one.key, ((0,),), Leaf(lambda rank: rank / MILLION, one.needed, one.check))
        case "matched":
            return Slot(one.key, ((1, 1),), Leaf(lambda names: matched(text, names.split("\n"))))
        case _:
            return Slot(one.key, (), Constant("SearchHit"))


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
