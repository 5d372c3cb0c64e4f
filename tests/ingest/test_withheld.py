"""What resembles somebody withheld: an equal folded name, and an equal or missing year of birth. All people are made up."""

from __future__ import annotations

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from graph_api.evidence.claims import Citation, Claim
from graph_api.ingest.key_file import KeyFile
from graph_api.ingest.withheld import Withheld, digest
from graph_api.values.normalization import normalize_name

SECRET = b"a secret of the tests"
SPELLINGS = (("Iryna", "Ірина", "IRYNA"), ("Zrazkova", "Зразкова", "zrazkova"), ("Testenko", "Тестенко", "TESTENKO"))
YEARS = st.none() | st.integers(1950, 1953)
NAMES = st.lists(st.sampled_from(range(len(SPELLINGS))), min_size=2, max_size=3, unique=True)


def person(id_: str, names: list[str], year: int | None) -> Claim:
    first, *others = names
    values: dict[str, object] = {"name": first}
    if others:
        values["names"] = [{"text": one} for one in others]
    if year is not None:
        values["born"] = f"{year}-05-03"
    return Claim(id_, id_, "person", id_, values, Citation("a-source", "¶ 1"))


def hidden(names: list[str], year: int | None) -> Withheld:
    known = Withheld(secret=SECRET)
    return Withheld(known.made_for(["a-person"], [person("a-person", names, year)]), SECRET)


@given(words=NAMES, other=NAMES, year=YEARS, other_year=YEARS, data=st.data())
def test_names_that_fold_alike_are_found_and_others_are_not(
    words: list[int], other: list[int], year: int | None, other_year: int | None, data: st.DataObject
) -> None:
    known = hidden([" ".join(SPELLINGS[one][0] for one in words)], year)
    written = " ".join(data.draw(st.sampled_from(SPELLINGS[one])) for one in other)
    new = person("b-person", ["Somebody Else", written] if data.draw(st.booleans()) else [written], other_year)
    found = known.resembled([new])
    is_same_year = year is None or other_year is None or year == other_year
    assert bool(found) == ({*words} == {*other} and is_same_year), (written, year, other_year)
    assert found <= {normalize_name(written)}


@given(year=YEARS)
def test_a_birth_within_some_years_fits_each_of_them(year: int | None) -> None:
    claim = person("b-person", ["Iryna Zrazkova"], None)
    decade = Claim("b-person", "b-person", "person", "b-person", {**claim.values, "born": "195X"}, claim.citation)
    assert hidden(["Iryna Zrazkova"], year).resembled([decade])


def test_nothing_is_told_without_the_key() -> None:
    known = hidden(["Iryna Zrazkova"], 1951)
    assert len(known.stored) == 3, "the id, and the name with its year and with any"
    assert digest("a-person").partition(":")[2] not in "".join(known.stored)
    assert not Withheld(known.stored, b"another").resembled([person("b-person", ["Iryna Zrazkova"], 1951)])
    assert not Withheld(known.stored, b"another").among(["a-person"])
    assert known.among(["a-person", "b-person"]) == {"a-person"}
    assert known.without(["a-person"]).stored == frozenset()


def test_the_key_is_made_once_and_only_for_its_owner(tmp_path: Path) -> None:
    key = KeyFile(tmp_path / "home")
    assert key.derived("withheld") is None
    made = key.derived("withheld", create=True)
    assert made == KeyFile(tmp_path / "home").derived("withheld") != key.derived("else")
    assert key.path.stat().st_mode & 0o077 == 0
    assert made is not None
    assert made not in key.path.read_bytes()
