"""Wordings of reports and lists: each is refused with the form to write, and that form is accepted."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from graph_api.errors import InvalidValue
from graph_api.ingest.wordings import _wordings, corrected, known_key, right_id
from graph_api.ontology.properties import PARTICIPANTS, Property
from graph_api.ontology.registry import EVENTS, ONTOLOGY
from graph_api.ontology.vocabulary import EventKind
from graph_api.values.words import seed_word
from tests.helpers.yaml_text import load_yaml

CASES: dict[str, dict[Any, str]] = load_yaml((Path(__file__).parent / "wordings.yaml").read_text("utf-8"))


def property_of(name: str) -> Property:
    kind, _, prop = name.partition(".")
    found = EVENTS[EventKind(kind.upper())] if kind.upper() in list(EventKind) else ONTOLOGY.kind(kind)
    declared = found.find(prop)
    assert declared is not None, name
    return declared


@pytest.mark.parametrize(
    ("name", "text", "right"),
    [
        (name, str(text) if text is not True else "yes", right)
        for name, texts in CASES.items()
        for text, right in texts.items()
    ],
)
def test_a_wording_is_refused_with_the_form_to_write(name: str, text: str, right: str) -> None:
    prop = property_of(name)
    with pytest.raises(InvalidValue) as refused:
        prop.value_type.parse(text)
    message = str(corrected(refused.value, prop.value_type, text))
    if right:
        assert message == f"Invalid {refused.value.thing} {text!r}: expected {right}."
    else:
        assert message == str(refused.value)


def vocabularies() -> dict[str, set[str]]:
    every = [
        prop for kind in (*ONTOLOGY.kinds, *EVENTS.values()) for prop in (*kind.properties, *PARTICIPANTS.properties)
    ]
    found = {one.vocabulary.__name__: {seed_word(word) for word in one.vocabulary} for one in every if one.vocabulary}
    return found | {"SentenceKind": {"term", "life", "death", "other", "unstated"}}


@pytest.mark.parametrize("group", [one for one in _wordings() if one.startswith("words/")])
def test_every_form_to_write_is_a_word_of_its_list_and_no_wording_is_one(group: str) -> None:
    words = vocabularies()[group.partition("/")[2]]
    wordings = _wordings()[group]
    assert {right.partition(",")[0] for right in wordings.values()} <= words
    assert set(wordings) & words == set()


def test_every_key_to_write_is_one_of_some_kind() -> None:
    keys = {key for kind in (*ONTOLOGY.kinds, *EVENTS.values()) for key in kind.keys} | {"cite"}
    assert {right.partition(":")[0] for right in _wordings()["keys"].values()} <= keys


def test_a_key_is_named_only_where_the_kind_has_it() -> None:
    assert known_key("Date of birth", ("id", "born")) == "born"
    assert known_key("Date of birth", ("id", "date")) == ""
    assert right_id("Херсон") == ""
