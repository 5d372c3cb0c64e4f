"""The references of case files, derived a second time from claims as they are stored: what each clause says must be what its sources say.

It shares no code with ``graph_api.casefile``: a clause names the property that it prints, and the claims of that property decide.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import orjson

RESULTS = {
    "UPHELD": "judgment reported upheld",
    "REDUCED": "sentence reported reduced",
    "INCREASED": "sentence reported increased",
    "QUASHED": "judgment reported quashed",
    "RETRIAL": "case reported sent back for a new trial",
}
GROUNDS = {
    "TERM_SERVED": "after the term",
    "EARLY": "before the end of the term",
    "PARDON": "pardon reported",
    "PENDING_TRIAL": "until trial",
    "NEGOTIATED": "after talks",
    "LET_GO": "without a charge",
    "ESCAPE": "by escape",
}
FREE_TEXT = {"title", "description", "note", "names"}
INTRODUCTIONS = ("on a charge, as the court named it, of ", "as the charge names it, with ", "and of ", "and with ")
ACTING = {"DETAINING_AUTHORITY", "COURT", "PERPETRATOR", "MEDIATOR", "FACILITATOR", "ISSUER"}


def problems(row: Mapping[str, Any], file: Mapping[str, Any]) -> list[str]:
    """Return what is wrong in a case file (``as_json``) made from the facts ``row``; an empty list where nothing is."""
    found = [*_order(row, file)]
    for line in (*file["timeline"], *file["announced"]):
        if not line["references"]:
            found.append(f"line {line['line']} has no reference")
        if sorted({number for clause in line["clauses"] for number in clause["references"]}) != list(
            line["references"]
        ):
            found.append(f"line {line['line']} has other references than its clauses")
        for clause in line["clauses"]:
            found += [f"line {line['line']}: {one}" for one in _clause(row, file, line, clause)]
    found += _differences(row, file)
    used = {
        number
        for line in (*file["timeline"], *file["announced"], *file["status"], *file["differences"])
        for number in line["references"]
    }
    listed = [one["number"] for one in file["references"]]
    if listed != list(range(1, len(listed) + 1)) or used - set(listed):
        found.append("references are not numbered from 1 without gaps")
    return found


def _differences(row: Mapping[str, Any], file: Mapping[str, Any]) -> Iterator[str]:
    """Yield each difference that cites other sources than those of the claims that differ, or none."""
    sources = {one["number"]: one["source"] for one in file["references"]}
    differing = {one["id"]: {source for _, source, *_ in one["claims"]} for one in row["differences"]}
    for one in file["differences"]:
        cited = {sources[number] for number in one["references"]}
        if not cited or cited != differing[one["id"]]:
            yield f"{one['text']!r} cites {sorted(cited)}, and {sorted(differing[one['id']])} say it"


def _clause(
    row: Mapping[str, Any], file: Mapping[str, Any], line: Mapping[str, Any], clause: Mapping[str, Any]
) -> Iterator[str]:
    sources = {one["number"]: one["source"] for one in file["references"]}
    cited = {sources[number] for number in clause["references"]}
    event, *also = sorted(
        (one for one in row["events"] if one["id"] == line["event"]),
        key=lambda one: (one["role"] != "SUBJECT", one["part"]),
    )
    parts = [one["part"] for one in also] if clause["property"] == "role" else []
    expected = {one["source"] for part in parts for one in _claims(row, part)} or _sources(row, event, clause)
    if not cited:
        yield f"{clause['text']!r} has no reference"
    if cited != expected:
        yield f"{clause['text']!r} cites {sorted(cited)}, and {sorted(expected)} say it"


def _sources(row: Mapping[str, Any], event: Mapping[str, Any], clause: Mapping[str, Any]) -> set[str]:
    """Return the sources of the claims that say what a clause says."""
    name = clause["property"]
    reporting = _claims(row, event["part"])
    if event["alone"]:
        reporting += [one for one in _claims(row, event["id"]) if set(one["properties"]) - FREE_TEXT]
    own = {one["source"] for one in _past(reporting)}
    if name == "kind":
        return own
    if name in ACTING:
        names = _names(row)
        parts = [
            subject
            for subject, role, who in event["others"]
            if role == name and names[who] & set(_parts(clause["text"], names[who]))
        ]
        return {one["source"] for part in parts for one in _claims(row, part)}
    subject = event["part"] if name in ("side", "note") else event["id"]
    stating = _past([one for one in _claims(row, subject) if name in one["properties"]])
    saying = [(one, _value(one, name)) for one in stating]
    found = {one["source"] for one, value in saying if _is_printed(row, event, name, value, clause["text"])}
    is_shared = not event["alone"] or event["kind"] in ("EXCHANGE", "AGREEMENT", "NEGOTIATION")
    return found & own or found if is_shared and name == "date" else found


def _is_printed(row: Mapping[str, Any], event: Mapping[str, Any], name: str, value: Any, text: str) -> bool:
    """Whether a text of a clause prints a value of a property."""
    match name:
        case "date" | "until":
            return _is_date(event[name], value) if not text.startswith("(") else not _is_date(event[name], value)
        case "sentence":
            units = ("years", "months")
            length = " ".join(f"{value[one]} {one[:-1] if value[one] == 1 else one}" for one in units if value.get(one))
            words = {"LIFE": "life imprisonment", "DEATH": "death"}.get(value["kind"], length)
            return bool(words) and re.search(rf"(?<!\d){words}\b(?! \d+ month)", text) is not None
        case "offences":
            return any(_is_offence(one, text) for one in value)
        case "closed" | "in-absentia" | "incommunicado":
            return value is True
        case "result":
            return value in RESULTS and RESULTS[value] in text
        case "ground":
            return value in GROUNDS and GROUNDS[value] in text
        case "court-standing":
            return True
        case "stated-reason" | "note":
            return value in text
        case _:
            names = _names(row)
            return any(
                one in text for target in (value if isinstance(value, list) else [value]) for one in names[target]
            )


def _is_offence(offence: Mapping[str, Any], text: str) -> bool:
    """Whether a clause names an offence: the words after those in which it is introduced, with just its article."""
    _, introduction, words = text.partition(next(one for one in INTRODUCTIONS if text.startswith(one)))
    article = offence.get("article", "").partition(" ")[2]
    expected = f"{offence['text']} (article {article} of " if article else offence["text"]
    rest = words.removeprefix(expected)
    return (
        bool(introduction)
        and rest != words
        and (bool(article) or rest == "" or rest.startswith((" (follows", " (worked", ", ")))
    )


def _is_date(shown: str, value: str) -> bool:
    """Whether a stated date is the one shown, or one of a set of tied ones."""
    return value == shown or (shown.startswith("[") and value in shown[1:-1].split(","))


def _order(row: Mapping[str, Any], file: Mapping[str, Any]) -> Iterator[str]:
    """Yield each pair of lines in the timeline of which the later one was surely earlier."""
    events = {one["id"]: one for one in row["events"]}
    lines = [one for one in file["timeline"] if one["placement"] != "UNDATED"]
    for place, line in enumerate(lines):
        for later in lines[place + 1 :]:
            a, b = events[line["event"]], events[later["event"]]
            follows = {id_ for id_, _ in a["follows"]}
            if b["id"] in follows or (b["date_hi"] < a["date_lo"] and a["id"] not in {id_ for id_, _ in b["follows"]}):
                yield f"line {line['line']} stands before line {later['line']}, which was earlier"


def _claims(row: Mapping[str, Any], subject: str) -> list[Mapping[str, Any]]:
    return [one for one in row["claims"] if one["subject"] == subject and one["source"] is not None]


def _past(claims: Sequence[Mapping[str, Any]]) -> Sequence[Mapping[str, Any]]:
    """Return the claims that report something as past, all where there is none."""
    return [one for one in claims if not one["announced"]] or claims


def _value(claim: Mapping[str, Any], name: str) -> Any:
    return orjson.loads(claim["values"][claim["properties"].index(name)])


def _names(row: Mapping[str, Any]) -> Mapping[str, set[str]]:
    """Return the names of records without quotation marks at their ends."""
    return {one["id"]: {(one["name"] or one["title"] or one["id"]).strip('"“”«»')} for one in row["named"]}


def _parts(text: str, names: set[str]) -> Sequence[str]:
    return [one for one in names if one in text]
