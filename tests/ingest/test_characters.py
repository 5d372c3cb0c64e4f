"""Characters of seed files that look like others are corrected with a warning; those that nobody sees are refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from graph_api.errors import InvalidSeeds
from graph_api.ingest.load import check

SEED = """
sources:
  - {id: source-one, title: "%s", kind: ngo, published: 2024-01}
people:
  - {id: person-one, name: "%s", category: civilian, cite: {source: source-one, at: page}}
"""


def checked(folder: Path, name: str, title: str = "A report") -> tuple[list[str], str]:
    """Return the warnings of a seed file, and the name as it is loaded."""
    (folder / "people.yaml").write_text(SEED % (title, name), encoding="utf-8")
    entries, batch = check([folder])
    [name] = [claim.values["name"] for claim in batch.claims if "name" in claim.values]
    return [warning.message for warning in entries.warnings], name


@pytest.mark.parametrize("blank", "\u00a0\u2002\u2009\u202f\u3000")
def test_a_blank_that_looks_like_one_becomes_plain(tmp_path: Path, blank: str) -> None:
    [warning], name = checked(tmp_path, f"Ольга{blank}Тонка")
    assert name == "Ольга Тонка"
    assert f"U+{ord(blank):04X}" in warning


@pytest.mark.parametrize("hyphen", "\u2010\u2011\u2212\ufe63\uff0d\u2013\u2014")
def test_a_hyphen_that_looks_like_one_becomes_plain(tmp_path: Path, hyphen: str) -> None:
    [warning], name = checked(tmp_path, f"Олена Нечай{hyphen}Левицька")
    assert name == "Олена Нечай-Левицька"
    assert f"U+{ord(hyphen):04X}" in warning


def test_escapes_and_repeated_blanks_are_corrected_and_dashes_of_prose_stay(tmp_path: Path) -> None:
    assert checked(tmp_path, "Ольга\\u00a0Тонка")[1] == "Ольга Тонка"
    [warning], name = checked(tmp_path, "Ольга  Тонка")
    assert name == "Ольга Тонка"
    assert warning.startswith("Repeated blank in 'Ольга  Тонка'")
    assert checked(tmp_path, "Ольга Тонка", title="A report – 2014–2024")[0] == []


@pytest.mark.parametrize("name", ["Iрина Сирота", "Пeтро Хоменко", "Sеntsov"])
def test_two_scripts_in_a_word_are_warned_about_and_stay(tmp_path: Path, name: str) -> None:
    [warning], loaded = checked(tmp_path, name)
    assert loaded == name
    assert warning.startswith("Mixed scripts in ")


@pytest.mark.parametrize("name", ["Ірина Sentsov", "КримSOS", "Ольга-Maria", "Zoë Müller", "Мар’яна"])
def test_two_scripts_in_two_words_are_fine(tmp_path: Path, name: str) -> None:
    assert checked(tmp_path, name) == ([], name)


@pytest.mark.parametrize("hidden", "\u00ad\u200b\u200c\u200d\u200e\u202e\u2060\u2066\ufeff\u034f\u115f\u3164\ufe0f")
def test_a_character_that_nobody_sees_is_refused(tmp_path: Path, hidden: str) -> None:
    for name in (f"Оль{hidden}га", f"Оль\\u{ord(hidden):04x}га", f"Ольга {hidden}"):
        with pytest.raises(InvalidSeeds) as refused:
            checked(tmp_path, name)
        assert f"U+{ord(hidden):04X}" in refused.value.problems[0].message


def test_joiners_of_persian_words_are_taken(tmp_path: Path) -> None:
    assert checked(tmp_path, "می\u200cخواهم")[0] == []


def test_a_list_for_a_set_of_dates_is_refused_with_the_text_to_write(tmp_path: Path) -> None:
    (tmp_path / "s.yaml").write_text(
        "sources:\n  - {id: source-one, title: T, kind: ngo, published: [2022,2023-05]}\n", encoding="utf-8"
    )
    with pytest.raises(InvalidSeeds) as refused:
        check([tmp_path])
    assert '"[2022,2023-05]"' in refused.value.problems[0].message
