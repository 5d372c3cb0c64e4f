"""What a code of problems has: what it does to a load, what it means, one example that has it and one that has not."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple


class Severity(StrEnum):
    """What a code does to a load."""

    ERROR = "error"
    """Stops it."""
    DECISION = "decision"
    """Stops it, unless the record accepts the code with a reason."""
    WARNING = "warning"
    """Stops nothing, unless ``--strict`` is asked for; the record may accept it with a reason."""


class ProblemCode(NamedTuple):
    """A code, what it does to a load, what it means, one example that has it and one that has not."""

    code: str
    severity: Severity
    meaning: str
    wrong: str
    right: str


def error(code: str, meaning: str, wrong: str, right: str) -> ProblemCode:
    """Return a code that stops a load."""
    return ProblemCode(code, Severity.ERROR, meaning, wrong, right)


def decision(code: str, meaning: str, wrong: str, right: str) -> ProblemCode:
    """Return a code that stops a load unless the record accepts it."""
    return ProblemCode(code, Severity.DECISION, meaning, wrong, right)


def warning(code: str, meaning: str, wrong: str, right: str) -> ProblemCode:
    """Return a code that stops nothing by itself."""
    return ProblemCode(code, Severity.WARNING, meaning, wrong, right)
