"""Documents that would exhaust a server if it did not limit them, by name and size; none is ever sent to a database."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final


def _doubling(size: int, spread: str, last: str = "id") -> str:
    """Return fragments of which each spreads the next twice."""
    fragments = [f"fragment F{n} on Event {{ {spread.replace('NEXT', f'...F{n + 1}')} }}" for n in range(size)]
    return " ".join((*fragments, f"fragment F{size} on Event {{ {last} }}"))


def _nested(size: int, way: str, last: str) -> str:
    return way * size + last + "}" * (way.count("{") * size)


OVERSIZED_DOCUMENTS: Final[Mapping[str, Callable[[int], str]]] = {
    "fragments through fields": lambda n: (
        "{ events { nodes { ...F0 } } } " + _doubling(n, "a: partOf { NEXT } b: partOf { NEXT }")
    ),
    "fragments at one place": lambda n: "{ events { nodes { ...F0 } } } " + _doubling(n, "NEXT NEXT"),
    "fragments without fields": lambda n: "{ events { nodes { ...F0 } } } " + _doubling(n, "NEXT NEXT", ""),
    "fragments that nobody spreads": lambda n: "{ events { totalCount } } " + _doubling(n, "id NEXT NEXT"),
    "fragments in a cycle": lambda n: "{ events { nodes { ...F0 } } } " + _doubling(n, "id NEXT NEXT", "id ...F0"),
    "fragments of which each spreads all": lambda n: (
        "{ events { nodes { ...F0 } } } "
        + " ".join(f"fragment F{i} on Event {{ id {' '.join(f'...F{j}' for j in range(n))} }}" for i in range(n))
    ),
    "unused fragments": lambda n: (
        "{ events { totalCount } } " + " ".join(f"fragment F{i} on Event {{ id }}" for i in range(n))
    ),
    "fragments of one name": lambda n: (
        "{ events { nodes { ...F } } } fragment F on Event { " + "id " * n + "} fragment F on Event { id }"
    ),
    "operations": lambda n: " ".join(f"query Q{i} {{ events {{ totalCount }} }}" for i in range(n)),
    "aliases": lambda n: "{ " + " ".join(f"a{i}: events {{ totalCount }}" for i in range(n)) + " }",
    "directives": lambda n: "{ events { totalCount " + "@include(if: true) " * n + "} }",
    "directives on fragments": lambda n: (
        "{ events { nodes { "
        + " ".join(f"...F{i} @skip(if: false)" for i in range(n))
        + " } } } "
        + " ".join(f"fragment F{i} on Event @a {{ id }}" for i in range(n))
    ),
    "directives on variables": lambda n: (
        f"query({' '.join(f'$v{i}: Int @a' for i in range(n))}) {{ events {{ totalCount }} }}"
    ),
    "one field again and again": lambda n: "{ " + "events(first: 3) { totalCount } " * n + "}",
    "one field below one field": lambda n: "{ " + f"events {{ {'nodes { id } ' * n} }} " * n + "}",
    "different fields": lambda n: "{ " + " ".join(f"f{i}" for i in range(n)) + " }",
    "a long comment": lambda n: "#" + "x" * n + "\n{ events { totalCount } }",
    "short comments": lambda n: "#\n" * n + "{ events { totalCount } }",
    "white space": lambda n: " " * n + "{ events { totalCount } }",
    "commas": lambda n: "{" + "," * n + " events { totalCount } }",
    "nested fields": lambda n: "{" + _nested(n, "a{", "a") + "}",
    "nested fields that never end": lambda n: "{a" * n,
    "nested inline fragments": lambda n: "{" + _nested(n, "...{", "a") + "}",
    "nested fragments": lambda n: (
        "{ ...F0 } "
        + " ".join(f"fragment F{i} on Query {{ {_nested(100, '...{', f'...F{i + 1}')} }}" for i in range(n))
        + f" fragment F{n} on Query {{ a }}"
    ),
    "nested values": lambda n: "{ people(where: " + _nested(n, "{not: ", "{}") + ") { totalCount } }",
    "nested lists": lambda n: "{ people(where: " + "[" * n + "]" * n + ") { totalCount } }",
    "nested pages": lambda n: (
        "{ sites(first: 10) { nodes { " + _nested(n, "events(first: 10) { nodes { sites { ", "id") + "} } }"
    ),
    "types below types": lambda n: "{ __schema { types { " + _nested(n, "fields { type { ", "name") + "} } }",
    "introspection again and again": lambda n: (
        "{ " + "__schema { types { name kind fields { name type { name } } } } " * n + "}"
    ),
    "introspection under aliases": lambda n: (
        "{ "
        + " ".join(
            f"a{i}: __schema {{ types {{ name fields {{ name description type {{ name kind }} }} }} }}"
            for i in range(n)
        )
        + " }"
    ),
    "a long name": lambda n: "{ " + "x" * n + " }",
    "a long list": lambda n: "{ people(where: {id: {in: [" + '"a" ' * n + "]}}) { totalCount } }",
}
"""Each takes how large it shall be."""
