"""The counts of a document equal those of a plain recursion that expands every fragment; any other text is rejected cleanly."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, field
from random import Random
from typing import Any

import pytest
from graphql import DocumentNode, FieldNode, FragmentDefinitionNode, GraphQLSyntaxError, InlineFragmentNode, parse
from hypothesis import given
from hypothesis import strategies as st

from graph_api.errors import DocumentLimitExceeded
from graph_api.execution.document_limits import DocumentLimits, parse_with_limits

CODES = {
    "depth": "LIMIT_DEPTH",
    "fields": "LIMIT_FIELDS",
    "aliases": "LIMIT_ALIASES",
    "directives": "LIMIT_DIRECTIVES",
    "definitions": "LIMIT_DEFINITIONS",
}
WIDE = DocumentLimits(depth=200, aliases=10_000, directives=10_000, fields=10_000)
PIECES = ("{", "}", "(", ")", "[", "]", ":", "...", "...F", "on", "fragment F on Person", "query", "$v", "@skip(if: true)", "@",
          "a", "a: b", '"', '"""', '"{"', "#", "\n", ",", "1", "-", "1e", "__schema", "null", "\x00", "\ud800", "é", "\ufeff", "!", "|", "&")  # fmt: skip


@dataclass(slots=True)
class Maker:
    """Makes a document in which each name stands once, so that no two fields meet; fragments spread later ones only."""

    random: Random
    fragments: int
    names: int = 0
    spread: set[int] = field(default_factory=set)

    def document(self) -> str:
        operation = f"query Q{self.directive()} {self.selections(0, 4)}"
        return "\n".join((operation, *(self.fragment(n) for n in range(self.fragments) if self.is_there(n))))

    def is_there(self, n: int) -> bool:
        return n in self.spread or self.random.random() < 0.2

    def fragment(self, n: int) -> str:
        return f"fragment F{n} on Event{self.directive()} {self.selections(n + 1, 3)}"

    def selections(self, later: int, deep: int) -> str:
        return "{ " + " ".join(self.selection(later, deep) for _ in range(self.random.randint(1, 3))) + " }"

    def selection(self, later: int, deep: int) -> str:
        chance = self.random.random()
        if chance < 0.3 and later < self.fragments:
            n = self.random.randrange(later, self.fragments)
            self.spread.add(n)
            return f"...F{n}{self.directive()}"
        if chance < 0.45 and deep:
            return f"... on Event{self.directive()} {self.selections(later, deep - 1)}"
        self.names += 1
        alias = f"a{self.names}: " if self.random.random() < 0.3 else ""
        below = self.selections(later, deep - 1) if deep and self.random.random() < 0.5 else ""
        return f"{alias}f{self.names}{self.directive()} {below}"

    def directive(self) -> str:
        return " @d" if self.random.random() < 0.15 else ""


def counted(document: DocumentNode) -> dict[str, int]:
    """Count by plain recursion: the operation first, then each unused fragment."""
    fragments = {one.name.value: one for one in document.definitions if isinstance(one, FragmentDefinitionNode)}
    found = {"depth": 0, "fields": 0, "aliases": 0, "directives": 0, "definitions": len(document.definitions)}
    used: set[str] = set()

    def count(node: Any, depth: int) -> None:
        for one in node.selection_set.selections:
            found["directives"] += len(one.directives or ())
            if isinstance(one, FieldNode):
                found["fields"] += 1
                found["aliases"] += one.alias is not None
                found["depth"] = max(found["depth"], depth + 1)
                if one.selection_set:
                    count(one, depth + 1)
            elif isinstance(one, InlineFragmentNode):
                count(one, depth)
            else:
                used.add(one.name.value)
                count(fragments[one.name.value], depth)

    for one in document.definitions:
        found["directives"] += len(one.directives or ())  # type: ignore[attr-defined]
        if not isinstance(one, FragmentDefinitionNode) or one.name.value not in used:
            count(one, 0)
    return found


@given(st.integers(0, 2**32), st.integers(0, 6))
def test_a_document_is_accepted_by_its_exact_counts_and_by_no_smaller_limit(seed: int, fragments: int) -> None:
    document = Maker(Random(seed), fragments).document()  # noqa: S311 - a test that can be run again
    try:
        parse_with_limits(document, WIDE)
    except DocumentLimitExceeded:
        return  # one fragment is spread so often at one place that its fields meet
    exact = counted(parse(document))
    parse_with_limits(document, DocumentLimits(**exact))
    for name, code in CODES.items():
        if exact[name]:
            with pytest.raises(DocumentLimitExceeded) as refused:
                parse_with_limits(document, DocumentLimits(**exact | {name: exact[name] - 1}))
            assert refused.value.code == code


@given(st.lists(st.sampled_from(PIECES), max_size=60))
def test_any_text_is_parsed_or_rejected(pieces: list[str]) -> None:
    with suppress(DocumentLimitExceeded, GraphQLSyntaxError):
        parse_with_limits(" ".join(pieces), DocumentLimits())
