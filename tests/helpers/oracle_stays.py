"""Stays for the oracle, derived from projected records in another way than the product: nothing here comes from ``graph_api.evidence.stays``.

A stay is what is left of all days after the days on which the person surely was elsewhere; it is certain on no day after the last one on which
a source has the person there, unless something that may have happened in between has them leave.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from graph_api.evidence.life_events import life_events
from graph_api.evidence.projection import Link, ProjectedRecord
from graph_api.evidence.within_reach import is_within_reach
from graph_api.values.dates import When
from tests.helpers.oracle_life_rows import rows_of_people

NEVER, EVER = -1_000_000, 10_000_000
ENDS = ("TRANSFER", "DEPORTATION", "RELEASE", "REUNIFICATION", "EXCHANGE", "DEATH")
TO_THERE = ("CONFINEMENT", "DETENTION", "SIGHTING", "TRANSFER")
Event = dict[str, Any]


def stays_of(records: Mapping[str, ProjectedRecord], *, is_public: bool) -> list[dict[str, Any]]:
    """Return what is stored of every stay, with its ``site``, ``subject``, ``events`` and the ``claims`` that it relies on."""
    lives = rows_of_people(records)
    found: list[dict[str, Any]] = []
    for subject, events in sorted(_events_of_subjects(records).items()):
        is_person = "Person" in records[subject].node.labels
        hidden = is_public and is_within_reach(life_events(lives.get(subject, [])))
        for one in events:
            beside = [x for x in events if x is not one] if is_person else []
            if not (one["kind"] in TO_THERE[: 4 if is_person else 3] and one["site"]):
                continue
            if not is_person and one["kind"] == "DETENTION":
                continue
            if one["kind"] == "SIGHTING" and any(_sees(one, other, beside) for other in beside):
                continue
            found.append(_stay(subject, one, beside, compared=is_person and not hidden))
    return found


def _events_of_subjects(records: Mapping[str, ProjectedRecord]) -> dict[str, list[Event]]:
    found: dict[str, list[Event]] = {}
    for id_, record in records.items():
        stored = record.node.properties
        if "Event" not in record.node.labels or stored["announced"]:
            continue
        is_move = stored["kind"] in ENDS[:2]
        for link in record.links:
            if link.type == "TOOK_PART" and link.properties["role"] == "SUBJECT":
                found.setdefault(link.start, []).append(
                    {
                        **stored,
                        "id": id_,
                        "part": link.properties["id"],
                        "site": _only_site(record.links, "TO_SITE" if is_move else "AT", records),
                        "left": _only_site(record.links, "FROM_SITE", records),
                        "after": {each.end for each in record.links if each.type == "FOLLOWS"},
                    }
                )
    return {who: events for who, events in found.items() if {"Person", "Group"} & {*records[who].node.labels}}


def _only_site(links: Iterable[Link], type_: str, records: Mapping[str, ProjectedRecord]) -> str | None:
    ends = [link.end for link in links if link.type == type_ and "Site" in records[link.end].node.labels]
    if len(ends) != 1:
        return None
    site = records[ends[0]]
    is_one = site.node.properties.get("specific", True) and not any(link.type == "MAY_BE" for link in site.links)
    return ends[0] if is_one else None


def _earlier(a: Event, b: Event) -> bool:
    if a["id"] in b["after"]:
        return True
    if b["id"] in a["after"]:
        return False
    if b["kind"] == "DEATH" and a["kind"] != "DEATH" and a["shown_lo"] <= b["shown_hi"]:
        return True
    return bool(a["shown_hi"] < b["shown_lo"])


def _is_away(event: Event, site: str) -> bool:
    return event["kind"] in ENDS or (event["kind"] in TO_THERE and event["site"] not in (None, site))


def _is_there(event: Event, site: str) -> bool:
    if event["kind"] in ENDS[:2]:
        return bool(event["left"] == site)
    return event["site"] == site and event["kind"] in ("SIGHTING", *ENDS)


def _within(arrival: Event, seen: Event, beside: Sequence[Event]) -> bool:
    """Whether a day on which somebody is there belongs to the stay: they came before it, and left neither between nor perhaps between."""
    gone = [x for x in beside if x is not seen and x is not arrival and _is_away(x, arrival["site"])]
    return _earlier(arrival, seen) and not any(not _earlier(x, arrival) and not _earlier(seen, x) for x in gone)


def _sees(sighting: Event, arrival: Event, beside: Sequence[Event]) -> bool:
    """Whether a sighting is part of the stay that began with another event."""
    is_open = arrival["kind"] in TO_THERE and arrival["kind"] != "SIGHTING" and "until" not in arrival
    others = [x for x in beside if x is not arrival] + [sighting]
    return is_open and arrival["site"] == sighting["site"] and _within(arrival, sighting, others)


def _stay(subject: str, one: Event, beside: Sequence[Event], *, compared: bool) -> dict[str, Any]:
    lo, hi = one["shown_lo"], one["shown_hi"]
    death = min([x["shown_hi"] for x in beside if x["kind"] == "DEATH"], default=EVER)
    used = [one]
    if one["kind"] == "SIGHTING" or "until" in one:
        first, last = (one["until_lo"], one["until_hi"]) if "until" in one else (lo, hi)
        end = (min(max(first, lo), death), min(last, death))
    else:
        away = [x for x in beside if _is_away(x, one["site"]) and _earlier(one, x)]
        there = [x for x in beside if _is_there(x, one["site"]) and _within(one, x, beside)]
        last = min([x["shown_hi"] for x in away], default=EVER)
        end = (max([lo, *(x["shown_lo"] for x in there)]), min(last, death))
        end = (min(end), end[1])
        closing = sorted((x for x in away if x["shown_hi"] == end[1] and x not in there), key=lambda x: str(x["id"]))
        used += sorted(there, key=lambda x: str(x["id"])) + closing[:1]
    return {
        "id": f"{one['id']}/stay/{subject}",
        "subject": subject,
        "site": one["site"],
        "events": [x["id"] for x in used],
        "claims": [(x["part"], x["id"]) for x in used],
        "start": _edtf(one.get("date"), lo, hi),
        "end": _edtf(one.get("until"), *end),
        "start_lo": lo, "start_hi": hi, "end_lo": end[0], "end_hi": end[1],
        "stated": one["kind"] == "CONFINEMENT",
        "compared": compared,
    }  # fmt: skip


def _edtf(written: str | None, lo: int, hi: int) -> str | None:
    if written and (When.parse(written).lo, When.parse(written).hi) == (lo, hi):
        return written
    first, last = ("" if day in (NEVER, EVER) else str(date(1970, 1, 1) + timedelta(days=day)) for day in (lo, hi))
    return (first or None) if first == last else f"[{first}..{last}]"


def days_together(a: Mapping[str, Any], b: Mapping[str, Any]) -> tuple[int, int | None]:
    """Return on how many days both stays surely and at most coincide: the fewest and the most days from the later start to the earlier end."""
    fewest = min(x["end_lo"] - y["start_hi"] for x in (a, b) for y in (a, b)) + 1
    most = min(x["end_hi"] - y["start_lo"] for x in (a, b) for y in (a, b)) + 1
    is_open = (a["start_lo"] == b["start_lo"] == NEVER) or (a["end_hi"] == b["end_hi"] == EVER)
    return max(0, fewest), None if is_open else max(0, most)
