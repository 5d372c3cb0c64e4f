"""The first questions of the documentation and their answers, on the real data."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from tests.helpers.graphs import LiveGraph

ROOT = Path(__file__).parents[3]
TEXT = (ROOT / "docs" / "first-questions.md").read_text(encoding="utf-8")
QUESTIONS = re.findall(r"\*\*\d\. (.*?)\*\*\n\n```graphql\n(.*?)```\n\n```json\n(.*?)```", TEXT, re.DOTALL)


def test_there_are_five_questions_of_which_the_readme_shows_the_first() -> None:
    assert len(QUESTIONS) == 5
    _, asked, answer = QUESTIONS[0]
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert asked in readme
    assert answer in readme


@pytest.mark.live
@pytest.mark.parametrize(("question", "asked", "answer"), QUESTIONS, ids=[question for question, _, _ in QUESTIONS])
def test_the_answer_is_that_of_the_real_data(seeded: LiveGraph, question: str, asked: str, answer: str) -> None:
    assert seeded.ask(asked) == json.loads(answer)
