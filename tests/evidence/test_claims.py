"""Claims: the same words at the same place are the same claim, whatever they are read from."""

from __future__ import annotations

from dataclasses import replace

import pytest

from graph_api.evidence.claims import Citation, Speaker
from graph_api.ontology.vocabulary import Modality, Sensitivity
from tests.evidence.evidence import claim

ONE = claim({"name": "Iryna", "sex": "FEMALE"}, "report")


def test_the_id_of_a_claim_never_changes_between_versions() -> None:
    assert ONE.id == "c-82814515e011da6bbd142633"


def test_the_order_of_values_does_not_change_the_id() -> None:
    assert claim({"sex": "FEMALE", "name": "Iryna"}, "report").id == ONE.id


def test_equal_claims_are_equal_and_have_one_id() -> None:
    again = replace(ONE, id="")
    assert (again, again.id) == (ONE, ONE.id)


@pytest.mark.parametrize(
    "change",
    [
        {"subject": "another"},
        {"record": "another"},
        {"kind": "group"},
        {"unit": "another"},
        {"values": {"name": "Iryna"}},
        {"citation": None},
        {"citation": Citation("report", "p. 2")},
        {"citation": Citation("report", "p. 1", "words")},
        {"citation": Citation("report", "p. 1", None, "uk")},
        {"citation": Citation("report", "p. 1", None, None, "a note")},
        {"speaker": Speaker("somebody")},
        {"speaker": Speaker(None, "somebody")},
        {"modality": Modality.DERIVED},
        {"sensitivity": Sensitivity.RESTRICTED},
        {"announced": True},
    ],
    ids=str,
)
def test_whatever_is_said_otherwise_is_another_claim(change: dict[str, object]) -> None:
    assert replace(ONE, id="", **change).id != ONE.id  # type: ignore[arg-type]
