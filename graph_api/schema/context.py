"""What travels with an operation: the one function that answers its root fields."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any, TypeAlias

import strawberry


@dataclass(frozen=True, slots=True)
class Context:
    """What a root field needs in order to be answered.

    ``answer`` is given the field's own info: what was selected, with which arguments and variables. It returns plain
    rows keyed by response key (alias or name), each object with its GraphQL type under ``__typename``.
    """

    answer: Callable[["Info"], Awaitable[Any]]


Info: TypeAlias = strawberry.Info[Context, None]
