"""Limits on the size and complexity of a document, enforced before validation, whose cost grows faster than the document.

The fields of each operation are counted as an executor collects them: fragments expanded, fields of one response key merged. Counting
stops at the first limit, so its own cost is bounded whatever the fragments multiply to. The work that an operation may cause in the
database is limited separately (``graph_api.execution.cost``).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any, Final, TypeAlias

from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLSyntaxError,
    InlineFragmentNode,
    OperationDefinitionNode,
    SelectionSetNode,
    parse,
)

from graph_api.errors import (
    AliasLimitExceeded,
    DefinitionLimitExceeded,
    DepthLimitExceeded,
    DirectiveLimitExceeded,
    DocumentLimitExceeded,
    FieldLimitExceeded,
    TokenLimitExceeded,
)

INTROSPECTION_FIELDS: Final = ("__schema", "__type")
MAX_FIELD_PAIRS: Final = 2500
"""Maximum number of pairs of fields that share a response key. Validation compares every pair, which takes about 10 µs each."""
SELECTIONS_PER_FIELD: Final = 4
"""Maximum number of selections visited for each field allowed: fragments without fields multiply as well."""


@dataclass(frozen=True, slots=True)
class DocumentLimits:
    """Maximum size of a document. Depth, fields, aliases and directives are counted with all fragments expanded.

    ``depth`` and ``fields`` exclude introspection, which has limits of its own. ``characters`` include comments and white space,
    ``tokens`` do not. ``values`` counts the values of the variables, nested ones included.
    """

    tokens: int = 3000
    depth: int = 20
    aliases: int = 60
    directives: int = 30
    fields: int = 1000
    definitions: int = 60
    characters: int = 100_000
    values: int = 5000


INTROSPECTION: Final = DocumentLimits(depth=25, fields=600, aliases=5)
"""Limits below ``__schema`` and ``__type``. The full introspection query of graphql-core has a depth of 15, 232 fields and no alias.
Fields under different aliases are executed once for each alias, and the cost of an operation does not include them."""


def parse_with_limits(text: str, limits: DocumentLimits) -> DocumentNode:
    """Parse a document.

    Unused fragments count like any other; cycles of fragments are left to validation. Raises a subclass of DocumentLimitExceeded
    when the document exceeds a limit, and GraphQLSyntaxError when it cannot be parsed.
    """
    if len(text) > limits.characters:
        raise TokenLimitExceeded(
            f"Document length of {len(text):,} characters exceeds the limit of {limits.characters:,}."
        )
    document = _parse(text, limits)
    if len(document.definitions) > limits.definitions:
        raise DefinitionLimitExceeded(
            f"Number of operations and fragments ({len(document.definitions):,}) exceeds the limit of {limits.definitions:,}."
        )
    DocumentCounter(document, limits).count()
    return document


TOKEN: Final = re.compile(
    r'"""(?:[^"\\]|\\"""|\\|"(?!""))*+"""|"(?:[^"\\\n]|\\.)*+"|#[^\r\n]*+|[_A-Za-z]\w*+|-?\d[\w.+-]*+|\.\.\.|[^\s,\ufeff]',
    re.ASCII,
)
"""A token or a comment, approximately as in the GraphQL grammar. Other characters count as tokens; the parser rejects them."""


def _exceeds_tokens(text: str, limit: int) -> bool:
    """Return whether a document has more than ``limit`` tokens, about thirty times faster than the parser.

    Never true for a document that is within the parser's limit.
    """
    if len(text) <= limit:
        return False
    tokens = (one for one in TOKEN.finditer(text) if text[one.start()] != "#")
    return next(islice(tokens, limit, None), None) is not None


def _parse(text: str, limits: DocumentLimits) -> DocumentNode:
    if _exceeds_tokens(text, limits.tokens):
        raise _too_many_tokens(limits)
    try:
        return parse(text, max_lexical_tokens=limits.tokens, max_comments=limits.tokens)
    except GraphQLSyntaxError as error:
        limit_error = _limit_error(error.message, limits)
        if limit_error is None:
            raise
    raise limit_error


def _limit_error(message: str, limits: DocumentLimits) -> DocumentLimitExceeded | None:
    """Return the error for a limit that graphql-core reports as a syntax error; None for a real syntax error."""
    match message.removeprefix("Syntax Error: ").removesuffix(" Parsing aborted."):
        case "Document is nested too deeply.":
            return DepthLimitExceeded(
                f"Depth of fields or values exceeds the limit of the parser. At most {limits.depth} are allowed."
            )
        case reason if reason == f"Document contains more than {limits.tokens} tokens.":
            return _too_many_tokens(limits)
        case reason if reason == f"Document contains more than {limits.tokens} comments.":
            return TokenLimitExceeded(f"Number of comments exceeds the limit of {limits.tokens:,}.")
        case _:
            return None


def _too_many_tokens(limits: DocumentLimits) -> TokenLimitExceeded:
    return TokenLimitExceeded(f"Number of tokens exceeds the limit of {limits.tokens:,}. Send values as variables.")


_Part: TypeAlias = tuple[SelectionSetNode, frozenset[str]]
"""A selection set and the names of the fragments that enclose it."""


@dataclass(frozen=True, slots=True)
class _ResponsePath:
    """One path of the response: its selection sets, its depth, and whether it is part of introspection."""

    parts: tuple[_Part, ...]
    depth: int
    is_introspection: bool


class DocumentCounter:
    """Counts the contents of one document: every operation, then every fragment that no operation uses."""

    def __init__(self, document: DocumentNode, limits: DocumentLimits) -> None:
        self.limits = limits
        self.definitions: list[Any] = [
            one for one in document.definitions if isinstance(one, OperationDefinitionNode | FragmentDefinitionNode)
        ]
        self.fragments = {one.name.value: one for one in self.definitions if isinstance(one, FragmentDefinitionNode)}
        self.used_fragments: set[str] = set()
        self.selections = self.directives = self.field_pairs = 0
        self.fields = {False: 0, True: 0}  # by whether they are part of introspection
        self.aliases = {False: 0, True: 0}

    def count(self) -> None:
        """Count the document. Raises a subclass of DocumentLimitExceeded at the first limit exceeded."""
        for one in self.definitions:
            self._count_directives((one, *(one.variable_definitions or ())))
        for one in self.definitions:
            if isinstance(one, OperationDefinitionNode):
                self._visit(_ResponsePath(((one.selection_set, frozenset()),), 1, is_introspection=False))
        for one in self.definitions:
            name = one.name.value if isinstance(one, FragmentDefinitionNode) else None
            if name and (name not in self.used_fragments or one is not self.fragments[name]):
                is_introspection = one.type_condition.name.value.startswith("__")
                self._visit(_ResponsePath(((one.selection_set, frozenset((name,))),), 1, is_introspection))

    def _visit(self, path: _ResponsePath) -> None:
        pending = [path]
        while pending:
            pending += self._children(pending.pop())

    def _children(self, path: _ResponsePath) -> Iterator[_ResponsePath]:
        """Count the fields at one path, and yield the paths below it."""
        by_key: dict[str, list[tuple[FieldNode, frozenset[str]]]] = {}
        for node, enclosing in self._fields(path.parts):
            self._count_field(node, path)
            key = node.alias.value if node.alias else node.name.value
            merged = by_key.setdefault(key, [])
            self._count_pairs(key, len(merged))
            merged.append((node, enclosing))
        for merged in by_key.values():
            parts = tuple((node.selection_set, enclosing) for node, enclosing in merged if node.selection_set)
            if parts:
                is_introspection = path.is_introspection or merged[0][0].name.value in INTROSPECTION_FIELDS
                yield _ResponsePath(parts, path.depth + 1, is_introspection)

    def _fields(self, parts: Iterable[_Part]) -> Iterator[tuple[FieldNode, frozenset[str]]]:
        """Yield the fields of selection sets with fragments expanded, except fragments that enclose themselves."""
        pending = list(parts)
        while pending:
            selection_set, enclosing = pending.pop()
            for one in selection_set.selections:
                self._count_selection(one)
                match one:
                    case FieldNode():
                        yield one, enclosing
                    case InlineFragmentNode():
                        pending.append((one.selection_set, enclosing))
                    case FragmentSpreadNode():
                        name = one.name.value
                        self.used_fragments.add(name)
                        if name in self.fragments and name not in enclosing:
                            pending.append((self.fragments[name].selection_set, enclosing | {name}))
                    case _:
                        raise TypeError(f"Unknown selection kind {one.kind!r}.")

    def _count_selection(self, node: Any) -> None:
        self.selections += 1
        limit = SELECTIONS_PER_FIELD * (self.limits.fields + INTROSPECTION.fields)
        if self.selections > limit:
            raise FieldLimitExceeded(_exceeded("Number of selections", limit))
        self._count_directives((node,))

    def _count_field(self, node: FieldNode, path: _ResponsePath) -> None:
        is_introspection = path.is_introspection or node.name.value in INTROSPECTION_FIELDS
        limits = INTROSPECTION if is_introspection else self.limits
        kind = "introspection " if is_introspection else ""
        self.fields[is_introspection] += 1
        self.aliases[is_introspection] += node.alias is not None
        if path.depth > limits.depth:
            raise DepthLimitExceeded(f"Depth of {kind}field {node.name.value:.60} exceeds the limit of {limits.depth}.")
        if self.fields[is_introspection] > limits.fields:
            raise FieldLimitExceeded(_exceeded(f"Number of {kind}fields", limits.fields))
        if self.aliases[is_introspection] > limits.aliases:
            raise AliasLimitExceeded(_exceeded(f"Number of {kind}aliases", limits.aliases))

    def _count_pairs(self, key: str, fields: int) -> None:
        self.field_pairs += fields
        if self.field_pairs > MAX_FIELD_PAIRS:
            raise FieldLimitExceeded(
                f"Number of repeated fields exceeds the limit: {key:.60} is selected {fields + 1:,} times at one path. Select it once."
            )

    def _count_directives(self, nodes: Iterable[Any]) -> None:
        self.directives += sum(len(node.directives or ()) for node in nodes)
        if self.directives > self.limits.directives:
            raise DirectiveLimitExceeded(_exceeded("Number of directives", self.limits.directives))


def _exceeded(quantity: str, limit: int) -> str:
    return f"{quantity} exceeds the limit of {limit:,}, counted with fragments expanded."
