"""The questions as the peers are asked them, and every answer as plain objects that can be compared.

Our answers lose the wrapping of the contract (``nodes``, the text in a date), those of the hand-written Cypher get the names of their
positions. Of a search those hits are compared that have every word: what our server adds, names that are nearly so, peers cannot find.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any, Final

from bench import lingbm
from bench.questions import Shape

NEO4J_GRAPHQL: Final[Mapping[str, str]] = MappingProxyType(
    {
        "point": "query Point($id: ID!) { people(where: {id: {eq: $id}}) { id name category } }",
        "case": """query Case($id: ID!) { people(where: {id: {eq: $id}}) { id name
            eventsConnection(sort: [{edge: {position: ASC}}, {node: {id: ASC}}], first: 50) { edges { node {
              id kind date sites(sort: [{id: ASC}]) { id name } citations { locator source { id title } } } } } } }""",
        "sequence": "{ sequences(first: 50) { id name events { id kind date } } }",
        "nested": """{ people(sort: [{id: ASC}], limit: 100) { id name
            eventsConnection(sort: [{edge: {position: ASC}}, {node: {id: ASC}}], first: 5) { edges { node {
              id kind date sites(sort: [{id: ASC}]) { id name } } } } } }""",
        "flat": "{ people(sort: [{id: ASC}], limit: 1000) { id name category sex born } }",
        "hops": """query Hops($id: ID!) { people(where: {id: {eq: $id}}) { id
            eventsConnection(sort: [{edge: {position: ASC}}, {node: {id: ASC}}], first: 50) { edges { node { id
              sites(sort: [{id: ASC}]) { id
                events(first: 10) { id kind date people(sort: [{id: ASC}], limit: 3) { id name } } } } } } } }""",
        "totals": "{ totals { mediator category people events } }",
        "search": "query Search($lucene: String!) { search(lucene: $lucene) { id name } }",
    }
)
CONVENTIONAL: Final[Mapping[str, str]] = MappingProxyType(
    {
        "point": "query Point($id: ID!) { person(id: $id) { id name category } }",
        "case": """query Case($id: ID!) { person(id: $id) { id name events(first: 50) {
            id kind date sites { id name } citations { locator source { id title } } } } }""",
        "sequence": "{ sequences(first: 50) { id name events { id kind date } } }",
        "nested": "{ people(first: 100) { id name events(first: 5) { id kind date sites { id name } } } }",
        "flat": "{ people(first: 1000) { id name category sex born } }",
        "hops": """query Hops($id: ID!) { person(id: $id) { id events(first: 50) { id sites { id
            events(first: 10) { id kind date people(first: 3) { id name } } } } } }""",
        "totals": "{ totals { mediator category people events } }",
        "search": "query Search($lucene: String!) { search(lucene: $lucene) { id name } }",
    }
)


def from_ours(name: str, data: Mapping[str, Any]) -> Any:
    """Return an answer of our server."""
    if name in lingbm.BY_NAME:
        return lingbm.plain(data)
    [value] = data.values()
    match name:
        case "sequence":
            return [{**row["person"], "events": _plain(row["events"])} for row in value["nodes"]]
        case "totals":
            return [_total(row) for row in value["nodes"]]
        case "search":
            return _by_id(hit["node"] for hit in value["nodes"] if hit["score"] >= EVERY_WORD)
        case _:
            return _plain(value)


EVERY_WORD: Final = 2
"""Our search gives this score and more where a name has every word."""


def from_peer(name: str, data: Mapping[str, Any]) -> Any:
    """Return an answer of a peer; a list of one person stands for the person."""
    if name in lingbm.BY_NAME:
        return lingbm.from_peer(lingbm.BY_NAME[name], data)
    [(field, value)] = data.items()
    if name == "search":
        return _by_id(value)
    if field == "people" and name in {"point", "case", "hops"}:
        return _without_edges(value[0]) if value else None
    return _without_edges(value)


def from_cypher(name: str, shape: Shape, row: Any) -> Any:
    """Return an answer of the hand-written Cypher."""
    if name in lingbm.BY_NAME:
        return lingbm.from_rows(lingbm.BY_NAME[name], row)
    if name in {"point", "case", "hops"}:
        return named(shape, row)
    made = [named(shape, one) for one in row]
    if name == "search":
        return _by_id({"id": one["id"], "name": one["name"]} for one in made if one["has_all"])
    return made


def named(shape: Shape, row: Any) -> dict[str, Any]:
    """Give the positions of a list their names; a list below a name may be one row, or many.

    >>> named(("id", ("sites", ("id", "name"))), ["e1", [["s1", "Site 1"]]])
    {'id': 'e1', 'sites': [{'id': 's1', 'name': 'Site 1'}]}
    """
    made: dict[str, Any] = {}
    for key, value in zip(shape, row, strict=True):
        if isinstance(key, str):
            made[key] = value
        else:
            name, below = key
            is_one = bool(value) and not isinstance(value[0], list)
            made[name] = named(below, value) if is_one else [named(below, one) for one in value]
    return made


def _without_edges(value: Any) -> Any:
    """Put the nodes of ``eventsConnection`` under ``events``."""
    if isinstance(value, list):
        return [_without_edges(one) for one in value]
    if not isinstance(value, dict):
        return value
    return {
        key.removesuffix("Connection"): _without_edges(
            [edge["node"] for edge in one["edges"]] if key.endswith("Connection") else one
        )
        for key, one in value.items()
    }


def _total(row: Mapping[str, Any]) -> dict[str, Any]:
    mediator, category = row["keys"]
    shown = mediator["node"]["id"] if mediator["node"] else None
    return {"mediator": shown, "category": category["value"], "people": row["people"], "events": row["events"]}


def _plain(value: Any) -> Any:
    if isinstance(value, list):
        return [_plain(one) for one in value]
    if not isinstance(value, dict):
        return value
    unwrap: Mapping[str, Callable[[Any], Any]] = {"nodes": _plain, "edtf": _plain, "participant": _plain}
    if len(value) == 1 and (key := next(iter(value))) in unwrap:
        return unwrap[key](value[key])
    return {("people" if key == "participants" else key): _plain(one) for key, one in value.items()}


def _by_id(hits: Any) -> list[Any]:
    return sorted(hits, key=lambda hit: str(hit["id"]))
