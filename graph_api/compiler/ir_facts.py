"""The part of the IR that compares what sources state: differences, paths, stays at one site, and the facts from which texts about them are made."""

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


@dataclass(frozen=True, slots=True)
class PathScan:
    """The shortest paths between two records, whose ids are parameters: scope ``self`` is a map with ``id``, ``ids``, ``length`` and ``path``."""

    start: Any
    end: Any
    max_length: int


@dataclass(frozen=True, slots=True)
class PathNodeScan:
    """The records of the path ``self``, in their order."""


@dataclass(frozen=True, slots=True)
class PathCitationScan:
    """The citations of the claims that connect the records of the path ``self``: scope as of CitationScan."""


@dataclass(frozen=True, slots=True)
class CoDetentionScan:
    """The stays of others at the sites where the person ``self`` was, on the same days; with ``for_all`` whatever the days are.

    Scope ``self`` is the other stay, ``link`` the person's own, ``who`` the other person.
    """

    for_all: bool


@dataclass(frozen=True, slots=True)
class ComparedStayScan:
    """The two stays of a co-detention: the person's own, then the other."""


StaySource = CoDetentionScan | ComparedStayScan
PathSource = PathScan | PathNodeScan | PathCitationScan
DifferenceSource = DifferenceScan | DifferenceClaimScan | PathSource | StaySource


class FactsColumn(Enum):
    """Columns that are lists of facts, which a text or number is made of."""

    SUM = (
        auto()
    )  # the parts of a figure, the events that it counts with their numbers, and how many people are named among them
    PATH = auto()  # the records of a path and what connects them
    PATH_UK = auto()  # the same with Ukrainian names, and without the titles of events
    DIFFERING_CLAIMS = auto()  # what each claim of a difference states, with who reports it
