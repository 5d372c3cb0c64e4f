"""A participation is not a record: a relationship to records never leads to one, whatever is selected of it there."""

from __future__ import annotations

import pytest

from tests.helpers.compiling import compiled

PART = "... on Participation { id role event { id } participant { __typename ... on Person { name } } }"


@pytest.mark.parametrize(
    "query",
    [
        f'{{ figure(id: "x") {{ unclear {{ {PART} }} }} }}',
        f'{{ figure(id: "x") {{ about {{ {PART} }} includes {{ id {PART} }} excludes {{ ... on Site {{ id }} {PART} }} }} }}',
        f"{{ events {{ nodes {{ about {{ {PART} }} claims {{ object {{ {PART} }} subject {{ {PART} }} }} }} }} }}",
        f'{{ search(text: "x") {{ nodes {{ node {{ {PART} }} }} }} }}',
        f'{{ node(id: "x") {{ {PART} }} }}',
        f'{{ node(id: "x/participants/subject/y") {{ {PART} claims: id }} }}',
    ],
)
def test_where_only_records_can_be_a_participation_asks_for_nothing(query: str) -> None:
    sent, errors = compiled(query, {})
    assert not errors
    assert [one for one in sent if "TOOK_PART" in one.text] == [one for one in sent if "subject" in str(one.parameters)]
