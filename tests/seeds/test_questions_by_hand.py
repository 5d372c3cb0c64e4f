"""The answers of ``questions.yaml``, derived a second time from the seed files as plain YAML. Nothing of ``graph_api`` is imported here."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

from tests.helpers.yaml_text import load_yaml

ROOT = Path(__file__).parents[2]
_ASKED = load_yaml((ROOT / "tests" / "integration" / "graphql" / "questions.yaml").read_text("utf-8"))
QUESTIONS = {one["question"]: one["answer"] for one in _ASKED}
TEXTS: dict[int, str] = {one["question"]: one["text"] for one in _ASKED}
Entry = Mapping[str, Any]


@cache
def seeds() -> dict[str, list[Entry]]:
    """Return the entries of all seed files by section."""
    found: dict[str, list[Entry]] = {}
    for path in sorted((ROOT / "seeds").rglob("*.yaml")):
        for section, entries in (load_yaml(path.read_text("utf-8")) or {}).items():
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


def test_13_mediators_of_the_return_of_children() -> None:
    answer = QUESTIONS[13]
    every = {one["id"]: one for one in seeds()["events"]}
    assert {one["id"] for one in answer["returns"]["nodes"]} == {
        id_ for id_, one in every.items() if one["kind"] == "reunification"
    }
    assert {one["id"] for one in answer["efforts"]["nodes"]} == {
        id_
        for id_, one in every.items()
        if one["kind"] == "negotiation" and "deported-children" in values(one, "about")
    }
    for name, role in (("returns", "mediator"), ("efforts", "facilitator")):
        for one in answer[name]["nodes"]:
            assert one.get("announced", False) == every[one["id"]].get("announced", False)
            stated = {
                each["who"]: each for each in values(every[one["id"]], "participants") if each.get("role") == role
            }
            shown = {each["participant"]["id"]: each["citations"] for each in one["participants"]["nodes"]}
            assert shown.keys() == stated.keys()
            for who, citations in shown.items():
                cited = stated[who]["cite"] if isinstance(stated[who]["cite"], list) else [stated[who]["cite"]]
                assert sorted(each["source"]["id"] for each in citations) == sorted(each["source"] for each in cited)
                assert {(each.get("saidBy") or {}).get("id") for each in citations} == {stated[who].get("said-by")}


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


def test_18_share_of_civilians_of_each_exchange_by_year() -> None:
    figures = {one["id"]: one for one in seeds()["figures"]}
    exchanges = {one["id"]: one for one in events("exchange")}
    civilians = {
        id_ for id_, one in figures.items() if one["measure"] == "freed" and "civilian" in values(one, "category")
    }
    nodes = QUESTIONS[18]["figures"]["nodes"]
    assert {one["id"] for one in nodes} == civilians
    shares: dict[tuple[str, str], list[int]] = {}
    for one in nodes:
        stated = figures[one["id"]]
        assert one["quantity"]["low"] == stated["quantity"]["low"], one["id"]
        assert [one["side"]["id"]] == values(stated, "side"), one["id"]
        assert {each["id"] for each in one["about"]} == set(values(stated, "about")), one["id"]
        wholes = [(each, figures[each]["quantity"]["low"]) for each in values(stated, "total")]
        whole = one["total"]
        assert ([(whole["id"], whole["quantity"]["low"])] if whole else []) == wholes, one["id"]
        about = values(stated, "about")
        if wholes and not values(stated, "sex") and len(about) == 1 and about[0] in exchanges:
            sums = shares.setdefault((one["side"]["id"], year(exchanges[about[0]])), [0, 0])
            sums[0], sums[1] = sums[0] + stated["quantity"]["low"], sums[1] + wholes[0][1]
    assert len(shares) == 8
    for (side, when), (some, all_) in shares.items():
        words = TEXTS[18].partition("; to Russia ")[2 if side == "russia" else 0]
        assert re.search(rf"\b{some} of {all_} in {when}\b", words), (side, when)

    named = {
        (when, category.upper().replace("-", "_")): {
            who
            for one in exchanges.values()
            if year(one) == when
            for who in parts(one) & people().keys()
            if values(people()[who], "category")[:1] == [category]  # where sources say both, the first has more reports
        }
        for when in {year(one) for one in exchanges.values()}
        for category in ("civilian", "prisoner-of-war")
    }
    shown = {tuple(key["value"] for key in one["keys"]): one["people"] for one in QUESTIONS[18]["named"]["nodes"]}
    assert shown == {key: len(who) for key, who in named.items() if who}


def test_26_people_who_came_back_in_2025_by_side() -> None:
    expected = [(one["id"], sides(one)) for one in events("exchange") if year(one) == "2025"]
    found = [(one["id"], answered_sides(one)) for one in QUESTIONS[26]["exchanges"]["nodes"]]
    assert sorted(found, key=lambda one: one[0]) == sorted(expected, key=lambda one: one[0])


def test_27_what_the_human_rights_office_of_the_united_nations_alone_states() -> None:
    office = {"org-ohchr", "org-ohchr-hrmmu"}
    figures = {one["id"]: one for one in seeds()["figures"]}
    own = {id_: one for id_, one in figures.items() if str(one.get("said-by")) in office}
    nodes = QUESTIONS[27]["figures"]["nodes"]
    assert {one["id"]: one["saidBy"]["id"] for one in nodes} == {id_: one["said-by"] for id_, one in own.items()}
    for one in nodes:
        assert [each["source"]["id"] for each in one["citations"]] == [own[one["id"]]["cite"]["source"]]
    others = {(one["measure"], one["quantity"].get("low")) for id_, one in figures.items() if id_ not in own}
    assert not [
        id_
        for id_, one in own.items()
        if one["quantity"].get("low") and (one["measure"], one["quantity"]["low"]) in others
    ]
    alone = {one["id"] for one in events() if str(one.get("said-by")) in office}
    reports = {one["id"] for one in events("report") if parts(one, "author") & office}
    shown = {one["id"]: one["citations"] for one in QUESTIONS[27]["events"]["nodes"]}
    assert shown.keys() == alone | reports
    speakers = {id_: {(each["saidBy"] or {}).get("id") for each in each_of} for id_, each_of in shown.items()}
    assert {id_ for id_, who in speakers.items() if who <= office} == alone
    assert "Eleven numbers and two events" in TEXTS[27]
    assert (len(own), len(alone), len(reports)) == (11, 2, 2)
