"""The answers of ``questions.yaml``, derived a second time from the seed files as plain YAML. Nothing of ``graph_api`` is imported here."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).parents[2]
QUESTIONS = {
    one["question"]: one["answer"]
    for one in yaml.safe_load((ROOT / "tests" / "integration" / "graphql" / "questions.yaml").read_text("utf-8"))
}
Entry = Mapping[str, Any]


@cache
def seeds() -> dict[str, list[Entry]]:
    """Return the entries of all seed files by section."""
    found: dict[str, list[Entry]] = {}
    for path in sorted((ROOT / "seeds").rglob("*.yaml")):
        for section, entries in (yaml.safe_load(path.read_text("utf-8")) or {}).items():
            if isinstance(entries, list):
                found.setdefault(section, []).extend(one for one in entries if isinstance(one, dict))
    return found


def values(entry: Entry, name: str) -> list[Any]:
    """Return what an entry and the claims about it state of a property; each item where it is a list of texts."""
    stated = [entry.get(name)]
    stated += [claim["values"].get(name) for claim in seeds()["claims"] if claim["about"] == entry["id"]]
    found: list[Any] = []
    for one in stated:
        items = one if isinstance(one, list) else [one]
        for item in items:
            value = item["value"] if isinstance(item, dict) and "value" in item else item
            found += value if isinstance(value, list) else [value]
    return [one for one in found if one is not None]


def events(kind: str | None = None) -> Iterator[Entry]:
    for one in seeds()["events"]:
        if (kind is None or one["kind"] == kind) and not one.get("announced"):
            yield one


def parts(event: Entry, role: str = "subject") -> set[str]:
    return {one["who"] for one in values(event, "participants") if one.get("role", "subject") == role}


def year(event: Entry) -> str:
    return max((str(one) for one in values(event, "date")), default="")[:4]


def people() -> dict[str, Entry]:
    return {one["id"]: one for one in seeds()["people"]}


def totals(exchange: str, side: str) -> Counter[str]:
    """Return the numbers of people handed over to a side in this exchange alone, all of them: no parts of a number of a side, no kind of people."""
    figures = {one["id"]: one for one in seeds()["figures"]}
    return Counter(
        one["quantity"]["text"]
        for one in figures.values()
        if one["measure"] == "freed"
        and values(one, "about") == [exchange]
        and values(one, "side") == [side]
        and not any(values(one, name) for name in ("category", "sex", "nationality"))
        and not any(values(figures[of], "side") for of in values(one, "total"))
    )


def sides(exchange: Entry) -> list[tuple[str, Counter[str]]]:
    found = sorted({one["to"] for one in values(exchange, "sides")})
    return [(side, totals(exchange["id"], side)) for side in found]


def answered_sides(node: Entry) -> list[tuple[str, Counter[str]]]:
    shown = [(one["to"]["id"], Counter(total["quantity"]["text"] for total in one["totals"])) for one in node["sides"]]
    return sorted(shown, key=lambda one: one[0])


def test_1_exchanges_that_turkey_mediated() -> None:
    expected = [
        (one["id"], sides(one))
        for one in events("exchange")
        if year(one) == "2024" and "turkiye" in parts(one, "mediator")
    ]
    nodes = QUESTIONS[1]["exchanges"]["nodes"]
    assert [(one["id"], answered_sides(one)) for one in nodes] == expected
    for one in nodes:
        stated = {
            each["id"]: each["quantity"]["text"] for each in seeds()["figures"] if one["id"] in values(each, "about")
        }
        assert {each["id"]: each["quantity"]["text"] for each in one["figures"]["nodes"]} == stated


def test_2_women_among_civilians_who_were_exchanged() -> None:
    exchanged = {who for one in events("exchange") for who in parts(one)}
    expected = sorted(
        id_
        for id_, one in people().items()
        if id_ in exchanged and "female" in values(one, "sex") and "civilian" in values(one, "category")
    )
    assert [one["id"] for one in QUESTIONS[2]["people"]["nodes"]] == expected


def test_4_people_of_one_court() -> None:
    court = "court-southern-district-military"
    expected = sorted(
        {who for one in events() if court in values(one, "court") for who in parts(one)} & people().keys()
    )
    assert [one["id"] for one in QUESTIONS[4]["people"]["nodes"]] == expected


def test_6_journalists() -> None:
    expected = sorted(
        id_
        for id_, one in people().items()
        if any("journalist" in str(word).lower() for word in values(one, "occupations"))
    )
    assert [one["id"] for one in QUESTIONS[6]["people"]["nodes"]] == expected


def test_8_people_detained_in_a_region() -> None:
    within = {one["id"]: values(one, "within") for one in (*seeds()["places"], *seeds()["sites"])}
    within |= {one["id"]: values(one, "place") for one in seeds()["sites"]}

    def lies_in(place: str, region: str) -> bool:
        return place == region or any(lies_in(one, region) for one in within.get(place, ()))

    expected = sorted(
        {
            who
            for one in events("detention")
            if any(lies_in(where, "kherson-oblast") for where in (*values(one, "places"), *values(one, "sites")))
            for who in parts(one)
        }
        & people().keys()
    )
    assert [one["id"] for one in QUESTIONS[8]["people"]["nodes"]] == expected


def test_15_what_happened_to_one_person_in_order() -> None:
    nodes = QUESTIONS[15]["person"]["events"]["nodes"]
    own = {one["id"]: one for one in events() if "maksym-butkevych" in parts(one)}
    assert {one["id"] for one in nodes} == own.keys()
    for one in nodes:
        event = own[one["id"]]
        assert ([one["date"]["edtf"]] if one["date"] else []) == [str(date) for date in values(event, "date")]
        for name in ("places", "sites", "court"):
            shown = one.get(name)
            ids = [each["id"] for each in shown] if isinstance(shown, list) else [shown["id"]] if shown else []
            assert sorted(ids) == sorted(values(event, name)), (one["id"], name)
    ids = [one["id"] for one in nodes]
    for id_, event in own.items():  # nothing stands before what the files say that it came after
        earlier = [*values(event, "after"), *values(event, "of"), *values(event, "trial")]
        assert all(ids.index(one) < ids.index(id_) for one in earlier if one in ids), id_
    dated = [re.findall(r"\d{4}(?:-\d\d)?(?:-\d\d)?", one["date"]["edtf"]) for one in nodes if one["date"]]
    assert all(first[0] <= second[-1] for first, second in pairwise(dated))


def test_17_courts_and_their_verdicts() -> None:
    counts = Counter(court for one in events("conviction") for court in set(values(one, "court")) or {None})
    found = {(one["keys"][0]["node"] or {}).get("id"): one["events"] for one in QUESTIONS[17]["totals"]["nodes"]}
    assert found == dict(counts)


def test_26_people_who_came_back_in_2025_by_side() -> None:
    expected = [(one["id"], sides(one)) for one in events("exchange") if year(one) == "2025"]
    found = [(one["id"], answered_sides(one)) for one in QUESTIONS[26]["exchanges"]["nodes"]]
    assert sorted(found, key=lambda one: one[0]) == sorted(expected, key=lambda one: one[0])
