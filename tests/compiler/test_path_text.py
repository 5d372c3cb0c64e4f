"""Paths in words and labels of participations, in Ukrainian; what the words of roles and relationships are."""

from __future__ import annotations

import re

import pytest

from graph_api.compiler.emit_paths import WALKED
from graph_api.compiler.labels import participation_label, participation_label_uk
from graph_api.compiler.path_text import WORDS_UK, explain_path_uk
from graph_api.compiler.role_text import ROLES_UK
from graph_api.ontology.vocabulary import Role
from graph_api.web.pages.languages import PageLanguage, locale

PERSON = ("Тестова Особа", None, None)
OTHER = ("Synthetic Other", None, None)


@pytest.mark.parametrize(
    ("between", "hops", "text"),
    [
        (
            [(None, "CONVICTION", "2022-09")],
            [("TOOK_PART", "SUBJECT"), ("TOOK_PART", "JUDGE")],
            "Тестова Особа – особа, якої це стосується – вирок (за повідомленням; вересень 2022 року) – суддя – Synthetic Other",
        ),
        (
            [(None, "CONFINEMENT", None), ("Synthetic prison", "PRISON", None)],
            [("TOOK_PART", "SUBJECT"), ("AT", None), ("AT", None)],
            "Тестова Особа – особа, якої це стосується – утримування – місце несвободи – Synthetic prison – місце несвободи – Synthetic Other",
        ),
        (
            [(None, "STATEMENT", "2025?")],
            [("TOOK_PART", "OTHER"), ("ABOUT", None)],
            "Тестова Особа – інша участь – заява (2025 рік, непевно) – про що – Synthetic Other",
        ),
        (
            [(None, None, None)],
            [("ABOUT", None), ("ABOUT", None)],
            "Тестова Особа – про що – запис – про що – Synthetic Other",
        ),
        ([], [("TOOK_PART", "PERPETRATOR")], "Тестова Особа – особа, яку називають причетною – Synthetic Other"),
    ],
)
def test_a_path_in_ukrainian(
    between: list[tuple[str | None, str | None, str | None]], hops: list[tuple[str, str | None]], text: str
) -> None:
    assert explain_path_uk([PERSON, *between, OTHER], hops) == text


@pytest.mark.parametrize(
    ("facts", "text"),
    [
        (
            ("Туреччина", "Türkiye", "MEDIATOR", [["Exchange of 24 June", "EXCHANGE", None, "2024-06-24"]]),
            "Обмін, 24 червня 2024 року; посередник: Туреччина",
        ),
        (
            (None, "Synthetic First", "SUBJECT", [[None, "DETENTION", [["Synthetic First", False, "SUBJECT"]], None]]),
            "Затримання: Synthetic First; особа, якої це стосується: Synthetic First",
        ),
        (
            (None, "Synthetic force", "DETAINING_AUTHORITY", [[None, "CONFINEMENT", [], "2023"]]),
            "Утримування, 2023 рік; орган (сила), що утримує: Synthetic force",
        ),
    ],
)
def test_a_participation_in_ukrainian(facts: tuple[str | None, str, str, list[list[object]]], text: str) -> None:
    assert participation_label_uk(*facts) == text


def test_a_participation_in_english_is_as_it_was() -> None:
    event = [["Exchange of 24 June", "EXCHANGE", None, "2024-06-24"]]
    assert participation_label("Türkiye", "MEDIATOR", event) == "Türkiye, mediator: Exchange of 24 June"


def test_roles_have_the_words_of_the_pages() -> None:
    words = locale(PageLanguage.UK)
    assert {role.value: words.label("Role", role) for role in Role} == {
        role.value: text for role, text in ROLES_UK.items()
    }


def test_every_relationship_of_a_path_has_words_in_ukrainian() -> None:
    assert set(WORDS_UK) == set(WALKED)
    assert [one for one in WORDS_UK.values() if not re.fullmatch("[а-щьюяіїєґ’ ]+", one)] == []
