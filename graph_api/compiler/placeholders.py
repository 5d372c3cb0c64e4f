"""Values that come with each request: what is compiled once holds their place, and they are put in when it is run.

A text or id that a variable gives is ``Late``: binding carries it along and says with ``then`` what is made of it. Where binding has to
know something about it, ``known`` asks, and the plan holds only for values of which the same is known; ``Needed`` tells the planner what
to look up. Whatever treats a late value as if it were a text (its length, its characters, ``str``) needs the whole of it, so that a
binder that knows nothing of late values is right, and only slower.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

Path = tuple[str | int, ...]
"""Where a value stands among the variables: the name of one, and the fields of input objects and places of lists down to it."""
Fact = Callable[[Any], Any]
"""Something that can be known of a value; what it returns is hashable."""


class Needed(Exception):
    """Binding has to know a fact of a late value."""

    def __init__(self, path: Path, fact: Fact) -> None:
        super().__init__(path, fact)
        self.path = path
        self.fact = fact


def whole(value: Any) -> Any:
    """Return all that can be known of a text or id, or of a list of them."""
    return tuple(value) if isinstance(value, list) else value


class Late:
    """A value of a variable, and what is made of it, step by step; ``facts`` is what is known of the value beforehand."""

    __slots__ = ("_facts", "_path", "_steps")

    def __init__(
        self, path: Path, facts: Mapping[tuple[Path, Fact], Any], steps: tuple[Callable[[Any], Any], ...] = ()
    ):
        self._path = path
        self._facts = facts
        self._steps = steps

    def then(self, step: Callable[[Any], Any]) -> Late:
        """Return what ``step`` makes of the value, once there is one."""
        return Late(self._path, self._facts, (*self._steps, step))

    def known(self, fact: Fact) -> Any:
        """Return what ``fact`` says of the value as the variable gives it; the plan then holds only where it says the same.

        Raises Needed where the planner has not looked it up yet.
        """
        if (self._path, fact) not in self._facts:
            raise Needed(self._path, fact)
        return self._facts[self._path, fact]

    def of(self, variables: Mapping[str, Any]) -> Any:
        """Return the value among these variables, and what is made of it."""
        value = at(variables, self._path)
        for step in self._steps:
            value = step(value)
        return value

    def __eq__(self, other: object) -> bool:
        """Equal are the same steps from the same place."""
        return isinstance(other, Late) and (self._path, self._steps) == (other._path, other._steps)

    def __hash__(self) -> int:
        return hash((self._path, self._steps))

    def __repr__(self) -> str:
        """Show no name: the order of columns goes by it, and variables may be called anything."""
        return "Late()"

    def _all(self) -> Any:
        value = self.known(whole)
        for step in self._steps:
            value = step(value)
        return value

    def __str__(self) -> str:
        return str(self._all())

    def __len__(self) -> int:
        return len(self._all())

    def __iter__(self) -> Any:
        return iter(self._all())

    def __bool__(self) -> bool:
        return bool(self._all())

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return getattr(self._all(), name)


def at(variables: Mapping[str, Any], path: Path) -> Any:
    """Return what stands in a place."""
    value: Any = variables
    for name in path:
        value = value[name]
    return value


def late(value: Any, step: Callable[[Any], Any]) -> Any:
    """Return what ``step`` makes of a value, now or later."""
    return value.then(step) if isinstance(value, Late) else step(value)


def known(value: Any, fact: Fact) -> Any:
    """Return a fact of a value."""
    return value.known(fact) if isinstance(value, Late) else fact(value)


def in_time(value: Any, variables: Mapping[str, Any]) -> Any:
    """Return a parameter with every late value in its place."""
    if isinstance(value, Late):
        found = value.of(variables)
        return list(found) if isinstance(found, tuple) else found
    if isinstance(value, list):
        return [in_time(one, variables) for one in value]
    return value


def is_late(value: Any) -> bool:
    """Tell whether a parameter waits for variables."""
    return isinstance(value, Late) or (isinstance(value, list) and any(map(is_late, value)))
