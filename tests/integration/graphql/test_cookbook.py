"""The cookbook: every question has the answer that was checked by hand, with one statement a root field.

After a change that is meant to change answers: DETENTION_GRAPH_TEST_UPDATE_COOKBOOK=1 writes the answers and the index anew. Read the
difference against the sources before it is committed.
"""

from __future__ import annotations

import os

import pytest
from graphql import build_schema as schema_of
from graphql import parse, validate

from graph_api.schema.build import build_schema
from tests.helpers.cookbook import ASKERS, FOLDER, Recipe, index, readable, recipes
from tests.helpers.graphs import LiveGraph

RECIPES = recipes()
UPDATE = bool(os.environ.get("DETENTION_GRAPH_TEST_UPDATE_COOKBOOK"))
SCHEMA = schema_of(build_schema().as_str())


@pytest.mark.live
@pytest.mark.parametrize("recipe", RECIPES, ids=lambda recipe: recipe.name)
def test_a_question_has_its_answer_with_one_statement_a_root_field(seeded: LiveGraph, recipe: Recipe) -> None:
    answer = readable(seeded.ask(recipe.text, recipe.variables)) + "\n"
    assert len(seeded.sent) == len(recipe.operation.selection_set.selections)
    if UPDATE:
        recipe.answer.write_text(answer, encoding="utf-8")
    assert answer == recipe.answer.read_text("utf-8")


@pytest.mark.parametrize("recipe", RECIPES, ids=lambda recipe: recipe.name)
def test_a_question_is_a_named_operation_that_the_schema_knows(recipe: Recipe) -> None:
    name = recipe.operation.name
    assert name is not None
    assert "".join(word.capitalize() for word in recipe.name.split("-")[1:]) == name.value
    assert validate(SCHEMA, parse(recipe.text)) == []
    assert {one.variable.name.value for one in recipe.operation.variable_definitions or ()} >= set(recipe.variables)
    assert recipe.question.endswith((".", "?"))


def test_there_are_questions_of_each_kind_of_user_numbered_without_gaps() -> None:
    assert [recipe.name[:2] for recipe in RECIPES] == [f"{number:02}" for number in range(1, len(RECIPES) + 1)]
    assert len(RECIPES) >= 25
    assert all(sum(recipe.asker == asker for recipe in RECIPES) >= 5 for asker in ASKERS)


def test_no_answer_stands_without_its_question_and_none_is_empty() -> None:
    assert {path.stem for path in (FOLDER / "answers").iterdir()} == {recipe.name for recipe in RECIPES}
    assert not [recipe.name for recipe in RECIPES if '"totalCount": 0' in recipe.answer.read_text("utf-8")]


def test_the_index_is_fresh() -> None:
    path = FOLDER / "README.md"
    if UPDATE:
        path.write_text(index(RECIPES), encoding="utf-8")
    assert path.read_text("utf-8") == index(RECIPES)
