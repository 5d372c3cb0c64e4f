"""Placeholders for variable values: an operation is compiled once with them, and their values are bound at each execution.

A string or id from a variable is a ``Placeholder`` while its operation is compiled. ``map_value`` turns it into a ``DeferredValue``, which
becomes a parameter of the statement; ``bind_value`` computes that parameter from the variables of a request::

    {"tag": Placeholder(("tag",))}  ── map_value(…, str) ──▶  {"p0": DeferredValue(("tag",), (str,))}  ── bind_value ──▶  {"p0": "civilian"}

When compilation depends on a property of the value, ``guard`` evaluates it and the plan holds only for values with the same result.
A placeholder has no value yet, so every operation that would need one (comparison, hashing, membership, truth, length, iteration,
conversion to text) raises TypeError.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, NoReturn

VariablePath = tuple[str | int, ...]
"""Path of a value among the variables: the name of a variable, then names of input fields and indexes of lists."""
Guard = Callable[[Any], Any]
"""A function of a value whose hashable result becomes part of the key of a plan."""


class GuardRequired(Exception):
    """Compilation depends on a guard of a placeholder that has not been evaluated."""

    def __init__(self, path: VariablePath, guard: Guard) -> None:
        super().__init__(path, guard)
        self.path = path
        self.guard = guard


@dataclass(frozen=True, slots=True, repr=False)
class DeferredValue:
    """A parameter that is computed from a variable by steps. Two are equal if they apply the same steps to the same path."""

    path: VariablePath
    steps: tuple[Callable[[Any], Any], ...]

    def resolve(self, variables: Mapping[str, Any]) -> Any:
        """Return the value for these variables."""
        value = get_path(variables, self.path)
        for step in self.steps:
            value = step(value)
        return value

    def __repr__(self) -> str:
        return "DeferredValue()"


@dataclass(frozen=True, slots=True, repr=False)
class DeferredCall:
    """A parameter that is computed from all variables by a function. Two are equal if the function is the same object."""

    call: Callable[[Mapping[str, Any]], Any]

    def resolve(self, variables: Mapping[str, Any]) -> Any:
        """Return the value for these variables."""
        return self.call(variables)

    def __repr__(self) -> str:
        return "DeferredCall()"


class Placeholder:
    """Stands for the value at ``path``. ``guards`` holds the results of the guards that have been evaluated."""

    __slots__ = ("_guards", "path")

    def __init__(self, path: VariablePath, guards: Mapping[tuple[VariablePath, Guard], Any]) -> None:
        self.path = path
        self._guards = guards

    def map(self, step: Callable[[Any], Any]) -> DeferredValue:
        """Return what ``step`` will make of the value."""
        return DeferredValue(self.path, (step,))

    def guard(self, guard: Guard) -> Any:
        """Return the result of ``guard`` for the value. Raises GuardRequired if it has not been evaluated."""
        if (self.path, guard) not in self._guards:
            raise GuardRequired(self.path, guard)
        return self._guards[self.path, guard]

    def __repr__(self) -> str:
        return "Placeholder()"

    def _has_no_value(self, *_: object) -> NoReturn:
        raise TypeError(
            "A placeholder has no value while its operation is compiled: use map_value, guard or full_value."
        )

    __eq__ = __ne__ = __lt__ = __le__ = __gt__ = __ge__ = _has_no_value
    __hash__ = _has_no_value
    __bool__ = __len__ = __iter__ = __contains__ = __getitem__ = __str__ = __format__ = _has_no_value


def get_path(variables: Mapping[str, Any], path: VariablePath) -> Any:
    """Return the value at a path."""
    value: Any = variables
    for name in path:
        value = value[name]
    return value


def map_value(value: Any, step: Callable[[Any], Any]) -> Any:
    """Apply ``step`` to a value now, or to the value of a placeholder at each execution."""
    return value.map(step) if isinstance(value, Placeholder) else step(value)


def guard(value: Any, test: Guard) -> Any:
    """Return the result of ``test``, which becomes part of the key of the plan if the value is a placeholder."""
    return value.guard(test) if isinstance(value, Placeholder) else test(value)


def full_value(value: Any) -> Any:
    """Return the value itself; the plan then holds for this value only."""
    return guard(value, as_key)


def as_key(value: Any) -> Any:
    """Return a string or id, or a list of them as a tuple, as part of the key of a plan."""
    return tuple(value) if isinstance(value, list) else value


def is_deferred(value: Any) -> bool:
    """Whether a parameter depends on variables."""
    return isinstance(value, DeferredValue | DeferredCall) or (isinstance(value, list) and any(map(is_deferred, value)))


def has_placeholder(value: Any) -> bool:
    """Whether a coerced argument contains a placeholder."""
    if isinstance(value, Mapping):
        return any(map(has_placeholder, value.values()))
    if isinstance(value, list | tuple):
        return any(map(has_placeholder, value))
    return isinstance(value, Placeholder)


def bind_value(value: Any, variables: Mapping[str, Any]) -> Any:
    """Return a parameter with every deferred value computed from the variables."""
    if isinstance(value, DeferredValue | DeferredCall):
        found = value.resolve(variables)
        return list(found) if isinstance(found, tuple) else found
    if isinstance(value, list):
        return [bind_value(one, variables) for one in value]
    return value
