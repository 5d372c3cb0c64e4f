"""The part of the IR that compares what sources state: differences with their claims, and the facts from which texts about them are made."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto
from typing import Any


@dataclass(frozen=True, slots=True)
class DifferenceScan:
    """The differences on a record, and on the events that happened to it; ``record`` is its id, a parameter."""

    record: Any


@dataclass(frozen=True, slots=True)
class DifferenceClaimScan:
    """The claims of the difference ``self``; the scope is that of ClaimScan."""


DifferenceSource = DifferenceScan | DifferenceClaimScan


class FactsColumn(Enum):
    """Columns that are lists of facts, which a text or number is made of."""

    SUM = (
        auto()
    )  # the parts of a figure, the events that it counts with their numbers, and how many people are named among them
    DIFFERING_CLAIMS = auto()  # what each claim of a difference states, with who reports it
