"""Names of variables and parameters in the order of visiting, and the patterns that the other printers share."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from graph_api.compiler.ir import Hop, Value
from graph_api.ontology.names import Label

Scope = Mapping[str, str]
"""What a column can speak of, by name, as Cypher variables."""


class CypherWriter:
    """Hands out names; keeps the parameters."""

    def __init__(self) -> None:
        self.parameters: dict[str, Any] = {}
        self._variables = 0

    def variable(self) -> str:
        """Return a new variable."""
        name = f"n{self._variables}"
        self._variables += 1
        return name

    def parameter(self, value: Value) -> str:
        """Keep a value and return how the text names it."""
        name = f"p{len(self.parameters)}"
        self.parameters[name] = list(value) if isinstance(value, tuple) else value
        return f"${name}"

    def property(self, variable: str, key: str) -> str:
        """Return a property of what a variable holds; ``key`` is one of the model's."""
        return f"{variable}.`{key}`" if key in RESERVED else f"{variable}.{key}"


RESERVED = frozenset({"from", "of", "by", "at", "type", "to", "until", "as_of"})
"""Keys that Cypher uses as words; quoted, so that no version of it minds."""


def claims_about(subject: str, claim: str, onward: str = "") -> str:
    """Return the MATCH of the claims about a subject, and of what lies onward from each.

    The hint is needed: a plan that was made while the graph was empty, and is kept for a while after a load, would read all claims for
    each subject.
    """
    return f"MATCH ({claim}:{Label.CLAIM} {{subject: {subject}.id}}){onward} USING INDEX SEEK {claim}:{Label.CLAIM}(subject)"


def traversal_pattern(way: tuple[Hop, ...], start: str, writer: CypherWriter) -> tuple[str, str, str]:
    """Return a pattern along hops, the variable at its end, and that of its last relationship (empty for paths)."""
    text = f"({start})"
    row, link = start, ""
    for hop in way:
        row = writer.variable()
        types = "|".join(one.value for one in hop.types)
        if (hop.min_length, hop.max_length) != (1, 1):
            inner, link = f":{types}*{hop.min_length}..{hop.max_length}", ""
        else:
            link = writer.variable()
            matched = ", ".join(f"{key}: {writer.parameter(value)}" for key, value in hop.match)
            inner = f"{link}:{types}" + (f" {{{matched}}}" if matched else "")
        end = f"({row}:{hop.label})"
        text += f"-[{inner}]->{end}" if hop.forward else f"<-[{inner}]-{end}"
    return text, row, link
