"""The stored operations behind the pages, by the names of their files."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any, Final

from graph_api.values.languages import Language

HEADER: Final = re.compile(r"^query (\w+)(?:\(([^)]*)\))?", re.MULTILINE)
"""The name of an operation and its variables."""
SPREAD: Final = re.compile(r"\.\.\.([A-Z]\w+)")
"""The use of a fragment; those on a type have a blank behind the dots."""
FOLDER: Final = Path(__file__).parent / "operations"
LISTED_EVENTS: Final = {"where": None, "orderBy": {"field": "DATE", "direction": "ASC"}, "first": 50, "after": None}
VARIABLES: Final[Mapping[str, Mapping[str, Any]]] = {
    "figure": {"id": "none"},
    "figures": {"where": None, "first": 50, "after": None},
    "events_facets": {"events": None, "first": 15},
    "find": {"text": "a", "first": 50},
    "connect": {"a": "none", "b": "nothing"},
    "courts": {"where": {"kind": "COURT"}, "first": 50, "after": None},
    "differences": {"first": 50, "after": None},
    "event": {"id": "none"},
    "events": LISTED_EVENTS,
    "exchange": {"id": "none"},
    "exchanges": LISTED_EVENTS,
    "group": {"id": "none"},
    "news": {"since": "2025-01-01", "first": 50, "after": None},
    "offences": {"where": {"kind": "CONVICTION"}, "first": 50, "after": None},
    "organization": {"id": "none"},
    "people": {
        "where": {"someEvent": {}},
        "orderBy": {"field": "NAME", "direction": "ASC"},
        "first": 50,
        "after": None,
    },
    "people_facets": {"people": None, "events": None, "first": 15},
    "person": {"id": "none", "language": "EN"},
    "place": {"id": "none"},
    "record": {"id": "none"},
    "site": {"id": "none"},
    "sites": {"where": None, "first": 50, "after": None},
    "source": {"id": "none"},
    "sources": {"where": None, "first": 50, "after": None},
    "state": {"id": "none"},
}
"""The variables of an operation, as its page sends them without filters; other values have the same plan."""
OPENED_FIRST: Final = ("person", "start", "find", "people")
"""What readers open first after a start. The page of a person has the longest statements: a database that has just been started needs seconds for them."""


@cache
def operations(folder: str = ".") -> dict[str, str]:
    """Return the text of every operation by name, with the fragments that it uses, read once.

    Those of the folder "records" read lists as records and links, for files.
    """
    fragments = {file.stem: file.read_text(encoding="utf-8") for file in (FOLDER / "fragments").glob("*.graphql")}
    found = {}
    for file in sorted((FOLDER / folder).glob("*.graphql")):
        text = file.read_text(encoding="utf-8")
        used: dict[str, str] = {}
        while missing := [name for name in SPREAD.findall(text + "".join(used.values())) if name not in used]:
            used |= {name: fragments[name] for name in missing}
        found[file.stem] = "\n".join((text, *used.values()))
    return found


@cache
def operation_in(text: str, language: Language) -> str:
    """Return a stored operation whose texts are in a language.

    >>> operation_in("query Site($id: ID!) { site(id: $id) { name } }", Language.UK)
    'query Site($id: ID!) @inLanguage(language: UK) { site(id: $id) { name } }'
    """
    if language is Language.EN:
        return text
    return HEADER.sub(lambda header: f"{header[0]} @inLanguage(language: {language})", text, count=1)


def page_operations(language: Language = Language.EN) -> list[tuple[str, dict[str, Any]]]:
    """Return every operation in a language, with variables of the shape in which pages send them without filters; those opened first come first."""
    names = dict.fromkeys((*OPENED_FIRST, *operations()))
    return [(operation_in(operations()[name], language), dict(VARIABLES.get(name, {}))) for name in names]
