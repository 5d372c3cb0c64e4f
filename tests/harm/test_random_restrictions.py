"""Whatever is added to seed files as restricted, and whatever public entries say of people within reach: the public learns nothing of it.

Made-up people only. Entries are added at random to the public side of the attacks; no database is needed.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

import pytest
import yaml
from hypothesis import Phase, assume, event, given, settings
from hypothesis import strategies as st

from graph_api.errors import InvalidSeeds
from graph_api.evidence.claims import Claim, links_of
from graph_api.evidence.withholding import people_within_reach
from graph_api.ingest.load import check
from graph_api.ingest.validate import LoadBatch
from tests.harm.test_public_edition import RICH, seeds
from tests.ingest.texts import write

PEOPLE: Final = (
    "atk-olena",
    "atk-taras",
    "atk-nina",
    "rich-iryna",
    "rich-petro",
    "rich-olha",
    "rich-ivan",
    "rich-taken",
)
SITES: Final = ("atk-sizo", "rich-sizo", "rich-colony", "rich-camp")
PLACES: Final = ("rich-region", "rich-district", "rich-town", "rich-area")
GROUPS: Final = ("atk-six", "atk-others", "rich-many")
COARSE: Final = frozenset({"rich-region", "rich-area", "rich-country"})
CUSTODY: Final = ("confinement", "sighting", "proof-of-life", "transfer", "ill-treatment")
KINDS: Final = (*CUSTODY, "detention", "statement", "other", "charge")
SECRET: Final = {"id": "atk-secret", "title": "Secret report", "kind": "other", "published": "2024-02-02"}
"""A source that nothing else cites."""
CITES: Final = st.sampled_from(["atk-second", "atk-report", "atk-secret"])

EXAMPLES: Final = settings(max_examples=40, phases=(Phase.explicit, Phase.reuse, Phase.generate))
"""Each example is a whole check of seed files; entries are few, so that nothing needs to be made smaller."""

dates = st.sampled_from(["2022-06", "2022-09", "2023", "2023-04-12", "2024-02"])
words = st.sampled_from(["Held in a cell.", "Ill since spring.", "Told by a wife."])


def some(values: tuple[str, ...], most: int = 2) -> st.SearchStrategy[list[str]]:
    return st.lists(st.sampled_from(values), min_size=1, max_size=most, unique=True)


VALUES: Final[Mapping[str, st.SearchStrategy[dict[str, Any]]]] = {
    "person": st.fixed_dictionaries({}, optional={
        "description": words,
        "tags": st.just(["secret-tag"]),
        "occupations": st.just(["secret occupation"]),
        "sex": st.sampled_from(["male", "female"]),
        "names": st.just([{"text": "Secret Name"}]),
    }).filter(bool),
    "event": st.fixed_dictionaries({}, optional={
        "date": dates,
        "description": words,
        "sites": some(SITES),
        "places": some(PLACES),
    }).filter(bool),
    "group": st.fixed_dictionaries({"members": some(PEOPLE)}),
    "site": st.fixed_dictionaries({"names": st.just([{"text": "Secret site"}])}),
}  # fmt: skip
ABOUT: Final = {
    "person": PEOPLE,
    "event": ("atk-olena-taken", "atk-taras-taken", "rich-stay", "rich-detention"),
    "group": GROUPS,
    "site": SITES,
}


@st.composite
def claims(draw: st.DrawFn) -> dict[str, Any]:
    kind = draw(st.sampled_from(sorted(VALUES)))
    return {
        "about": draw(st.sampled_from(ABOUT[kind])),
        "values": draw(VALUES[kind]),
        "cite": {"source": draw(CITES), "at": "¶1"},
    }


@st.composite
def events(draw: st.DrawFn) -> dict[str, Any]:
    kind = draw(st.sampled_from(KINDS))
    subjects = draw(some(PEOPLE, 3))
    found: dict[str, Any] = {"kind": kind, "cite": {"source": draw(CITES), "at": "¶2", "note": "a secret note"}}
    found |= {"description": draw(words)} if draw(st.booleans()) else {}
    if kind == "statement":
        about = [*subjects, *draw(some(SITES))]
        return found | {"participants": [{"who": "rich-ngo", "role": "author"}], "about": about, "date": draw(dates)}
    found["participants"] = [{"who": one} for one in subjects]
    found |= {"date": draw(dates)} if draw(st.booleans()) else {}
    if kind == "transfer":
        return found | {"from-site": draw(st.sampled_from(SITES)), "to-place": draw(st.sampled_from(PLACES))}
    return found | {"sites": draw(some(SITES))} | ({"places": draw(some(PLACES))} if draw(st.booleans()) else {})


def checked(entries: Mapping[str, list[dict[str, Any]]]) -> LoadBatch:
    """Return the batch of the public side of the attacks with further entries; a batch that is refused is no example."""
    given_ = {name: list(some_) for name, some_ in seeds("without").items()}
    if SECRET["id"] in repr(entries):
        given_["sources"].append(SECRET)
    for name, new in entries.items():
        given_[name] = [*given_.get(name, []), *({"id": f"atk-new-{name}-{n}", **one} for n, one in enumerate(new))]
    with TemporaryDirectory() as folder:
        path = write(Path(folder), yaml.safe_dump(given_, allow_unicode=True, sort_keys=False))
        try:
            return check([RICH, path])[1]
        except InvalidSeeds as error:
            event(error.problems[0].rule)
            assume(False)
            raise


@cache
def public_side() -> tuple[dict[str, Claim], Mapping[str, Any]]:
    batch = checked({})
    return {one.id: one for one in batch.claims}, batch.records


@pytest.mark.slow
@EXAMPLES
@given(st.lists(claims(), min_size=1, max_size=4), st.lists(events(), max_size=3))
def test_restricted_entries_change_no_public_claim_and_no_record(
    new_claims: list[dict[str, Any]], new_events: list[dict[str, Any]]
) -> None:
    restricted = {"sensitivity": "restricted"}
    batch = checked(
        {"claims": [one | restricted for one in new_claims], "events": [one | restricted for one in new_events]}
    )
    claims_, records = public_side()
    assert {one.id for one in batch.claims} ^ set(claims_) == set()
    assert {one for one in {*records, *batch.records} if records.get(one) != batch.records.get(one)} == set()


@pytest.mark.slow
@EXAMPLES
@given(st.lists(claims(), max_size=3), st.lists(events(), min_size=1, max_size=4))
def test_public_entries_leave_nobody_within_reach_at_a_site_or_a_place_finer_than_a_region(
    new_claims: list[dict[str, Any]], new_events: list[dict[str, Any]]
) -> None:
    batch = checked({"claims": new_claims, "events": new_events})
    people = people_within_reach(batch.records)
    own: dict[str, list[Claim]] = {}
    for one in batch.claims:
        own.setdefault(one.record, []).append(one)
    naming = {record for record, of in own.items() if any(people & {end for _, end in links_of(one)} for one in of)}
    subjects = {one.record for one in batch.claims if one.kind == "participants" and one.values["who"] in people}
    assert {"atk-olena", "atk-taras"} & people
    for record in naming | subjects:
        ends = {end for one in own[record] for _, end in links_of(one)}
        assert ends & set(SITES) == set(), record
        kinds = {one.kind for one in own[record]}
        if record in subjects and kinds & {f"event/{kind.upper().replace('-', '_')}" for kind in CUSTODY}:
            assert ends & set(PLACES) <= COARSE, record
        if ends & set(SITES) or (record in subjects and record.startswith("atk-new-events")):
            assert not [one for one in own[record] if one.citation and one.citation.note], record
