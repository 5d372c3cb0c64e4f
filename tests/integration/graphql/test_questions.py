"""Questions of investigators and lawyers have the answers that stand in ``questions.yaml``, read from the seed files."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.helpers.graphs import LiveGraph
from tests.helpers.yaml_text import load_yaml

pytestmark = pytest.mark.live

QUESTIONS: list[dict[str, Any]] = load_yaml(Path(__file__).with_name("questions.yaml").read_text("utf-8"))


@pytest.mark.parametrize("one", QUESTIONS, ids=lambda one: str(one["question"]))
def test_a_question_has_its_answer(seeded: LiveGraph, one: dict[str, Any]) -> None:
    assert seeded.ask(one["query"]) == one["answer"]


@pytest.mark.parametrize(
    ("text", "person"),
    [("Рощина", "victoriia-roshchyna"), ("Roshchina", "victoriia-roshchyna"), ("Butkevich", "maksym-butkevych")],
)
def test_a_name_written_otherwise_finds_the_person_first(seeded: LiveGraph, text: str, person: str) -> None:
    query = "query($text: String!) { search(text: $text, kinds: [PERSON], first: 1) { nodes { node { id } kind } } }"
    assert seeded.ask(query, {"text": text})["search"]["nodes"] == [{"node": {"id": person}, "kind": "PERSON"}]
