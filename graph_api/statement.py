"""The unit that the database executes: text, parameters, and a name for the logs."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeAlias


@dataclass(frozen=True, slots=True)
class Statement:
    """A Cypher text with its parameters.

    Identifiers in ``text`` come from the model, every value travels in ``parameters``. ``name`` says where the text is from
    (``people``, ``cypher/queries/content_hash``) and is the only part that may appear in logs.
    """

    text: str
    parameters: Mapping[str, Any] = field(default_factory=dict)
    name: str = "unnamed"

    @property
    def text_with_comment(self) -> str:
        """The text with its name as a leading comment, so that Neo4j's query log names its source."""
        return f"// {self.name}\n{self.text}"


StatementRunner: TypeAlias = Callable[[Sequence[Statement]], Awaitable[Sequence[Any]]]
"""Runs read-only statements in one transaction and returns the single value of each."""

StatementPlanner: TypeAlias = Callable[[Sequence[Statement]], Awaitable[None]]
"""Has the database plan statements without running them."""
