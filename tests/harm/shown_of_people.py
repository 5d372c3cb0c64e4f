"""Every value, word and reference that case file, stays, gaps, leads and paths show of a person, and what of it is finer than may be shown.

The rule for everybody who may be within reach of those who held them: no site, no place of custody finer than a region, no health, relatives or
counsel, nobody else known by name in their custody ("Within reach" in ``docs/data-protection.md``).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import asdict, dataclass
from typing import Any, Final

from graph_api.casefile.case_file import case_file
from graph_api.casefile.facts import parse_facts
from graph_api.database.queries import named
from graph_api.evidence.status_text import Language
from graph_api.ontology.vocabulary import EventKind
from tests.helpers.exposure import ALARMING
from tests.helpers.graphs import LiveGraph, checked_seeds

COARSE: Final = frozenset({"REGION", "COUNTRY", "AREA"})
TAKEN: Final = frozenset({"DISAPPEARANCE", "DETENTION"})
"""Kinds of events that may stand at a settlement: where somebody was taken is no place of custody."""
PROCEEDINGS: Final = frozenset({"CHARGE", "REMAND", "TRIAL", "CONVICTION", "ACQUITTAL", "APPEAL"})
"""Kinds of events whose place is that of a court, which is public."""
TOLD: Final = frozenset({"STATEMENT", "REPORT", "CAMPAIGN", "RESOLUTION"})
"""Kinds of events in which others speak of the person: who spoke is named."""

FILE: Final = """
query FileOfPerson($id: ID!) {
  caseFile(person: $id) {
    timeline { ...Line }
    announced { ...Line }
    stays(first: 50) { nodes { site { id name } } }
    coDetainees(first: 50) { nodes { person { id } site { id } } }
    references { text locators source { id title url } }
  }
  person(id: $id) {
    stays(first: 50) { nodes { site { id name } } }
    coDetainees(first: 50) { nodes { person { id } site { id } } }
  }
}
fragment Line on TimelineEntry {
  event {
    id
    kind
    sites { id name }
    places { id name kind }
    ... on Transfer { fromSite { id name } toSite { id name } fromPlace { id name kind } toPlace { id name kind } }
    ... on Release { fromSite { id name } toPlace { id name kind } }
    participants(first: 50) { nodes { role participant { __typename ... on Person { id } } } }
  }
}
"""
PATHS: Final = """
query Paths($a: ID!, $b: ID!) {
  paths(from: $a, to: $b, first: 5) { nodes { text nodes { __typename id ... on Event { kind } } citations { source { id } locator quote note } } }
}
"""


@dataclass(frozen=True, slots=True, order=True)
class ShownDetail:
    """Something that is shown of a person: in which part, whether ``word``, ``site``, ``place``, ``person``, ``hop`` or ``address``, and what it says.

    ``event`` is the kind of the event of which it is said, ``detail`` the kind of a place, the role of somebody or the id of a source.
    """

    part: str
    what: str
    text: str
    event: str = ""
    detail: str = ""


def shown_of(graph: LiveGraph, person: str, ends: Sequence[str]) -> list[ShownDetail]:
    """Return all that is shown of a person, and on the ways to other records, sorted."""
    data = graph.ask(FILE, {"id": person})
    [[facts]] = graph.store.read(named("case_file", id=person, known=None), seconds=60)
    found = {*_of_file(data["caseFile"], person), *_of_stays(data["person"], "person")}
    for language in Language:
        found.update(_words(asdict(case_file(parse_facts(facts), language)), data["caseFile"]))
    for end in ends:
        for path in graph.ask(PATHS, {"a": person, "b": end})["paths"]["nodes"]:
            found.update(_of_path(path, person))
    return sorted(found)


def _of_file(file: Mapping[str, Any], person: str) -> Iterator[ShownDetail]:
    for part in ("timeline", "announced"):
        for line in file[part]:
            yield from _of_event(part, line["event"], person)
    yield from _of_stays(file, "case file")
    for one in file["references"]:
        source = one["source"]
        yield ShownDetail("references", "word", source["title"], detail=source["id"])
        for locator in one["locators"]:
            yield ShownDetail("references", "word", locator, detail=source["id"])
        if source["url"]:
            yield ShownDetail("references", "address", source["url"], detail=source["id"])


def _of_event(part: str, event: Mapping[str, Any], person: str) -> Iterator[ShownDetail]:
    kind = event["kind"]
    for site in (*event["sites"], event.get("fromSite"), event.get("toSite")):
        if site:
            yield ShownDetail(part, "site", site["id"], kind)
    for place in (*event["places"], event.get("fromPlace"), event.get("toPlace")):
        if place:
            yield ShownDetail(part, "place", place["name"], kind, place["kind"])
    for one in event["participants"]["nodes"]:
        who = one["participant"]
        if who["__typename"] == "Person" and who["id"] != person:
            yield ShownDetail(part, "person", who["id"], kind, one["role"])


def _of_stays(of: Mapping[str, Any], part: str) -> Iterator[ShownDetail]:
    for one in of["stays"]["nodes"]:
        yield ShownDetail(part, "site", one["site"]["id"], "CONFINEMENT")
    for one in of["coDetainees"]["nodes"]:
        yield ShownDetail(part, "person", one["person"]["id"], "CONFINEMENT", "SUBJECT")


def _words(file: Mapping[str, Any], shown: Mapping[str, Any]) -> Iterator[ShownDetail]:
    """Yield the texts of a case file as it is written, each of a line with the kind of its event."""
    kinds = {one["event"]["id"]: one["event"]["kind"] for part in ("timeline", "announced") for one in shown[part]}
    for part in ("timeline", "announced"):
        for line in file[part]:
            yield ShownDetail(part, "word", line["text"], kinds[line["event"]])
    for one in file["differences"]:
        _, record, *_ = one["id"].split(":")  # the record on which sources differ
        yield ShownDetail("differences", "word", one["text"], kinds.get(record, ""))
    for part in ("status", "gaps", "leads", "stays", "companions", "about"):
        for one in file[part]:
            yield ShownDetail(part, "word", one["text"])
    for name in (file["companions_note"], file["category"], file["born"]):
        if name:
            yield ShownDetail("head", "word", name)


def _of_path(path: Mapping[str, Any], person: str) -> Iterator[ShownDetail]:
    nodes = path["nodes"]
    yield ShownDetail("paths", "word", path["text"], "PATH")
    for place, node in enumerate(nodes):
        around = {one["id"] for one in nodes[max(0, place - 1) : place + 2] if one["__typename"] == "Person"}
        detail = "PEOPLE" if person in around and len(around) > 1 else ""
        yield ShownDetail("paths", "hop", node["id"], node.get("kind") or node["__typename"], detail)
    for cite in path["citations"]:
        for words in (cite["locator"], cite["quote"], cite["note"]):
            if words:
                yield ShownDetail("paths", "word", words, "PATH", cite["source"]["id"])


@dataclass(frozen=True, slots=True)
class Reviewed:
    """What words are compared with: names of sites and of places finer than a region, and the alarming words that were looked at."""

    sites: AbstractSet[str]
    places: AbstractSet[str]
    looked_at: AbstractSet[str]
    publishers: AbstractSet[str] = frozenset()
    """Names of organizations, which may have the name of a town."""

    @staticmethod
    def of_seeds(looked_at: AbstractSet[str]) -> Reviewed:
        """Return the names that the real seeds have of sites and places, in public or not."""
        names: dict[str, set[tuple[str, str]]] = {"site": set(), "place": set(), "organization": set()}
        coarse: set[str] = set()
        for claim in checked_seeds().claims:
            if claim.kind in names:
                stated = [claim.values.get("name"), *(one["text"] for one in claim.values.get("names", ()))]
                names[claim.kind] |= {(claim.record, one) for one in stated if one}
                if str(claim.values.get("kind")) in COARSE:
                    coarse.add(claim.record)
        sites, places, organizations = (
            frozenset(text for record, text in some if record not in coarse) for some in names.values()
        )
        return Reviewed(sites, places, looked_at, organizations)


def too_fine(one: ShownDetail, reviewed: Reviewed) -> str | None:
    """Return why something is finer than may be shown of somebody within reach, or None."""
    match one.what:
        case "site":
            return "a site"
        case "place" if one.event not in TAKEN | PROCEEDINGS and one.detail not in COARSE:
            return "a place of custody finer than a region"
        case "person" if one.event not in TOLD:
            return "somebody else known by name"
        case "hop" if one.event == "Site":
            return "a site"
        case "hop" if one.detail and one.event in EventKind.__members__ and one.event not in TOLD:
            return "an event with somebody else known by name"
        case "address":
            return _alarming(re.sub(r"[-_/.]", " ", one.text), reviewed)
        case "word":
            return _word(one, reviewed)
        case _:
            return None


def _word(one: ShownDetail, reviewed: Reviewed) -> str | None:
    if one.part != "references" and (named_ := _named(one.text, reviewed.sites)):
        return f"the name of a site: {named_}"
    is_custody = one.part not in ("references", "paths") and one.event not in TAKEN | PROCEEDINGS | TOLD
    text = one.text
    for publisher in sorted(reviewed.publishers, key=len, reverse=True):
        text = text.replace(publisher, "")
    if is_custody and (named_ := _named(text, reviewed.places)):
        return f"the name of a place finer than a region: {named_}"
    return _alarming(one.text, reviewed)


def _named(text: str, names: AbstractSet[str]) -> str | None:
    """Return the name that a text has, other than as a part of the name of a region."""
    for name in names:
        if re.search(rf"(?<!\w){re.escape(name)}(?!\w)(?! (Oblast|oblast|region|область|District|Krai))", text):
            return name
    return None


def _alarming(text: str, reviewed: Reviewed) -> str | None:
    for one in reviewed.looked_at:
        text = text.replace(one, "")
    found = ALARMING.search(text)
    return f"the word {found[0]!r}" if found else None
