"""Everything that a graph shows about the people who may be within reach of those who held them, read from the database itself."""

from __future__ import annotations

import json
import re
from typing import Any, Final

from graph_api.database.queries import named
from graph_api.evidence.life_events import life_events
from graph_api.evidence.within_reach import is_within_reach
from graph_api.ingest.statuses import STATUS_KEYS
from graph_api.ontology.vocabulary import Modality
from graph_api.statement import Statement
from tests.helpers.graphs import LiveGraph

_REACHED: Final = """
MATCH (p:Person {id: $id})
CALL (p) {
  RETURN p AS n
  UNION MATCH (p)-[:TOOK_PART]->(n:Event) WHERE NOT n:Statement RETURN n
  UNION MATCH (p)-[:TOOK_PART]->(:Event)-[:PART_OF]->(n:Event) RETURN n
  UNION MATCH (n)-[:ABOUT]->(p) WHERE n:Event OR n:Figure RETURN n
  UNION MATCH (n:Group)-[:MEMBER]->(p) RETURN n
}
"""
_TEXTS: Final = (
    _REACHED
    + """
CALL (n) {
  UNWIND [key IN keys(n) WHERE NOT key IN $silent] AS key RETURN key, n[key] AS value
  UNION MATCH (c:Claim {record: n.id}) UNWIND range(0, size(c.properties) - 1) AS at RETURN c.properties[at] AS key, c.values[at] AS value
  UNION MATCH (c:Claim {record: n.id})-[x:CITES]->() UNWIND keys(x) AS key RETURN key, x[key] AS value
  UNION MATCH (c:Claim {record: n.id}) WHERE c.role IS NOT NULL RETURN 'said-by' AS key, c.role AS value
  UNION MATCH (n)-[:CITES]->(s:Source) UNWIND ['title', 'note', 'author'] AS key WITH s, key WHERE s[key] IS NOT NULL RETURN key, s[key] AS value
}
RETURN DISTINCT key, value
"""
)
_LINKS: Final = (
    _REACHED + "MATCH (n)-[r]-(m:Record) WHERE NOT type(r) IN ['CITES', 'FOLLOWS'] RETURN DISTINCT n.id, type(r), m.id"
)
_PLACES: Final = """
MATCH (p:Person {id: $id})-[:TOOK_PART {role: 'SUBJECT'}]->(e:Confinement|Sighting|Transfer|Deportation|ProofOfLife)
MATCH (e)-[:AT|IN|FROM_SITE|TO_SITE|FROM_PLACE|TO_PLACE]->(m)
RETURN e.id, m.id, coalesce(m.kind, '')
"""
_SILENT: Final = [
    "id", "type", "hash", "fold", "fold_tokens", "name_text", "name_texts", "name_uk", "name_keys", "name_sort", "names", "since",
    "day", "disputed", "kind", "category", "sex",
    "nationalities", "date", "date_lo", "date_hi", "until", "until_lo", "until_hi", "sentence_kind", "sentence_low", "sentence_high",
    "offence_codes", "offence_articles",
]  # fmt: skip
"""Stored properties that hold ids, days, numbers, names of the person or words of closed lists; the status is made of fixed messages."""

_WORDLESS: Final = {
    "kind", "name", "names", "category", "sex", "date", "until", "born", "nationalities", "role", "who", "side", "court", "places", "sites", "after",
    "of", "result", "trial", "outcome", "to-place", "from-place", "to-site", "from-site", "members", "part-of", "about", "in-absentia", "closed",
    "incommunicado", "size", "alleged", "from", "by", "at",
}  # fmt: skip
"""Properties of claims and citations that do."""

_NO_WORDS: Final = re.compile(r"c-[0-9a-f]{24}( c-[0-9a-f]{24})*|" + "|".join(Modality))
"""Ids of claims and words of modality."""

ALARMING: Final = re.compile(
    r"\b(ill|sick|illness|health|medical|medicine|disease|diagnos\w*|cancer|diabet\w*|wound\w*|injur\w*|disab\w*|pregnan\w*|hunger|hospital\w*"
    r"|mother|father|parents?|wife|husband|sons?|daughters?|sisters?|brothers?|child|children|famil\w+|relatives?|fianc\w+"
    r"|lawyers?|attorneys?|counsel|confess\w*|admitted|pleaded)\b",
    re.IGNORECASE,
)
"""Words of health, relatives, counsel and confessions."""


def within_reach(graph: LiveGraph) -> list[str]:
    """Return the ids of the people within reach of those who held them, by the rule of the product, sorted."""
    people = [row[0] for row in graph.store.read(Statement("MATCH (p:Person) RETURN p.id", {}, "people"), seconds=60)]
    rows = graph.store.read(named("life_events", ids=people), seconds=60)
    return sorted(person for person, _, events in rows if is_within_reach(life_events(events)))


def words_about(graph: LiveGraph, person: str) -> list[str]:
    """Return every free word that is shown of a person: on records, claims, citations and sources that can be reached, sorted."""
    rows = graph.store.read(Statement(_TEXTS, {"id": person, "silent": [*_SILENT, *STATUS_KEYS]}, "texts"), seconds=60)
    found = {text for key, value in rows if key not in _WORDLESS for text in _texts(value)}
    return sorted(text for text in found if text != "page" and not _NO_WORDS.fullmatch(text))


def _texts(value: Any) -> list[str]:
    if isinstance(value, str):
        try:
            read = json.loads(value)
        except ValueError:
            return [value]
        return [value] if isinstance(read, int | float) else _texts(read) if not isinstance(read, str) else [read]
    if isinstance(value, list):
        return [text for one in value for text in _texts(one)]
    if isinstance(value, dict):
        return [text for key in ("text", "regime", "extras") if key in value for text in _texts(value[key])]
    return []


def links_of(graph: LiveGraph, person: str) -> set[tuple[str, str, str]]:
    """Return every link of the person and of the records that can be reached: from, type, to."""
    return {
        (row[0], row[1], row[2]) for row in graph.store.read(Statement(_LINKS, {"id": person}, "links"), seconds=60)
    }


def whereabouts(graph: LiveGraph, person: str) -> list[tuple[str, str, str]]:
    """Return where the person is said to be or to have been held: event, place or site, its kind."""
    return [
        (row[0], row[1], row[2]) for row in graph.store.read(Statement(_PLACES, {"id": person}, "places"), seconds=60)
    ]
