"""The README's first questions and their answers, on the real data."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from tests.helpers.graphs import LiveGraph

TEXT = (Path(__file__).parents[3] / "README.md").read_text(encoding="utf-8")
QUESTIONS = re.findall(r"\*\*\d\. (.*?)\*\*\n\n```graphql\n(.*?)```\n\n```json\n(.*?)```", TEXT, re.DOTALL)


def test_there_are_five_questions() -> None:
    assert len(QUESTIONS) == 5


@pytest.mark.live
@pytest.mark.parametrize(("question", "asked", "answer"), QUESTIONS, ids=[question for question, _, _ in QUESTIONS])
def test_the_answer_is_that_of_the_real_data(seeded: LiveGraph, question: str, asked: str, answer: str) -> None:
    assert seeded.ask(asked) == json.loads(answer)
