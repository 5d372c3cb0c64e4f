"""The folding key: one for all spellings of a name, and different for different names."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph_api.values.normalization import SAME, literal_words, normalize_name, normalized_words

ALIKE = [
    [
        "Вікторія Рощина",
        "Виктория Рощина",
        "Viktoriia Roshchyna",
        "Victoria Roshchina",
        "Viktorija Roščyna",
        "Wiktoria Roszczyna",
    ],
    [
        "Сергій Гончаренко",
        "Serhii Honcharenko",
        "Sergiy Goncharenko",
        "Сергей Гончаренко",
        "Sergey Goncharenko",
        "Sergei Goncharenko",
    ],
    ["Щербина", "Shcherbyna", "Scherbina", "Shcherbina", "Szczerbyna", "Schtscherbyna"],
    ["Згурський", "Zghurskyi", "Zgursky", "Згурский", "Zgurskiy"],
    ["Єва Цимбалюк", "Yeva Tsymbaliuk", "Eva Tsymbalyuk", "Ева Цымбалюк", "Jewa Cymbaljuk"],
    ["Мар'яна", "Мар’яна", "Марʼяна", "Mar’iana", "Maryana", "Марьяна", "Mariana"],
    ["Ковальов", "Ковалёв", "Kovalyov", "Kovaliov", "Ковалев", "Kovalev"],
    ["Кара-Мурза", "Kara Murza", "KARA–MURZA"],
    ["Наталія", "Natalia", "Nataliya", "Nataliia", "Natallia", "Наталья"],
    ["Запоріжжя", "Zaporizhzhia", "Zaporizhia", "Запорожье", "Zaporozhye"],
    ["Hlukhovska", "Глуховська", "Глуховская", "Glukhovskaya"],
    ["СІЗО №2", "SIZO No. 2", "СИЗО-2", "sizo 2"],
    ["Максим", "Maksym", "Maxim"],
    ["Смирнов", "Smirnoff", "Smirnow"],
    ["Володимир", "Vladimir", "Uładzimir"],
]
DIFFERENT = [
    ["Вікторія Рощина", "Виктор Рощин", "Maria Roshchina"],
    ["Ковальов", "Ковальчук", "Коваленко"],
    ["SIZO 2", "SIZO 22", "SIZO 28", "SIZO 8"],
    ["Панов", "Панова", "Панін"],
    ["Дмитро", "Дем'ян"],
]
NAME_LETTERS = "абвгґдеєжзиіїйклмнопрстуфхцчшщьюяёыэъ"
names = st.lists(st.text(NAME_LETTERS, min_size=2, max_size=9), min_size=1, max_size=4).map(" ".join)


@pytest.mark.parametrize("spellings", ALIKE, ids=lambda some: some[0])
def test_spellings_of_one_name_fold_together(spellings: list[str]) -> None:
    assert {one: normalize_name(one) for one in spellings} == dict.fromkeys(spellings, normalize_name(spellings[0]))


@pytest.mark.parametrize("spellings", DIFFERENT, ids=lambda some: some[0])
def test_different_names_stay_apart(spellings: list[str]) -> None:
    assert len({normalize_name(one) for one in spellings}) == len(spellings)


def test_a_patronymic_goes_and_a_surname_that_ends_like_one_stays() -> None:
    assert (
        normalize_name("Приклад Ірина Сергіївна")
        == normalize_name("Iryna Serhiivna Pryklad")
        == normalize_name("Iryna Pryklad")
    )
    assert normalize_name("Oleksii Sizonovych") == "oleksi sizonovich"
    assert normalize_name("Sizonovych Oleksii Ivanovych") == normalize_name("Oleksii Sizonovych")


def test_no_form_of_a_name_stands_in_two_rows_of_the_table() -> None:
    rows = [{literal_words(form)[0] for form in row.split()} for row in SAME]
    assert sum(map(len, rows)) == len(set().union(*rows))
    assert all(len(row) > 1 for row in rows)


@given(names)
def test_case_marks_and_the_order_of_words_do_not_matter(name: str) -> None:
    turned = " ".join(reversed(name.split()))
    assert sorted(normalized_words(turned)) == sorted(normalized_words(name))
    assert normalize_name(name.upper()) == normalize_name(name)
    assert normalize_name(unicodedata.normalize("NFD", name)) == normalize_name(name)
    assert normalize_name(f" «{name}», ") == normalize_name(name)
    assert normalize_name(f"{name}ь") == normalize_name(name)


@given(st.text(max_size=200))
def test_a_key_holds_words_only_whatever_it_was_made_of(text: str) -> None:
    key = normalize_name(text)
    assert all(c.isalnum() or c == " " for c in key)
    assert key == " ".join(sorted(set(key.split())))
    key.encode()
    assert len(key) <= 40 * len(text)
