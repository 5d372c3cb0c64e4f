"""What a document may hold at most, checked before it is validated: the work of that grows faster than the document.

The document is written out once as an executor would, fields of one response key together, and the walk ends at the first
limit: its length is bounded by ``fields``, whatever fragments multiply to. What an operation may ask of the database is
another matter (``graph_api.compiler.cost``).
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

INTROSPECTING: Final = ("__schema", "__type")
PAIRS: Final = 2500
"""How many pairs of fields with one response key may meet: validation compares each pair, 10 µs a time."""
STEPS: Final = 4
"""How many selections may be walked for each field that is allowed: fragments that hold no fields multiply too."""


@dataclass(frozen=True, slots=True)
class DocumentLimits:
    """The most that a document may hold; depth, fields, aliases and directives count with all fragments written out.

    ``depth`` and ``fields`` are those outside introspection, which has bounds of its own. ``characters`` are those of the
    text, with comments and white space, which are no ``tokens``. ``values`` are those of the variables, those within others included.
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
"""What may stand below ``__schema`` and ``__type``: graphql-core's own question of everything has a depth of 15, 232 fields and
no alias. Fields below different aliases are answered again each time, from memory and at no cost that ``cost`` counts."""


def parse_within(text: str, limits: DocumentLimits) -> DocumentNode:
    """Parse a document.

    Raises a DocumentLimitExceeded where it is beyond a limit, GraphQLSyntaxError where it is no document. Fragments that nobody spreads
    are counted like the others; cycles of fragments are left to validation.
    """
    if len(text) > limits.characters:
        raise TokenLimitExceeded(
            f"saw a document of {len(text)} characters; right would be at most {limits.characters}"
        )
    document = _parse(text, limits)
    if len(document.definitions) > limits.definitions:
        raise DefinitionLimitExceeded(
            f"saw {len(document.definitions)} operations and fragments; right would be at most {limits.definitions}"
        )
    _Walk(document, limits).all()
    return document


def is_more_than(value: Any, most: int) -> bool:
    """Tell whether a JSON value holds more than so many values, however deep. Looks no further than that."""
    waiting, found = [value], 0
    while waiting and found <= most:
        one = waiting.pop()
        if isinstance(one, dict | list):
            found += len(one)
            if found <= most:
                waiting += one.values() if isinstance(one, dict) else one
    return found > most


TOKEN: Final = re.compile(
    r'"""(?:[^"\\]|\\"""|\\|"(?!""))*+"""|"(?:[^"\\\n]|\\.)*+"|#[^\r\n]*+|[_A-Za-z]\w*+|-?\d[\w.+-]*+|\.\.\.|[^\s,\ufeff]',
    re.ASCII,
)
"""A token or a comment, about as GraphQL has them; what is none counts as well, and is refused when it is parsed."""


def _has_more_tokens(text: str, most: int) -> bool:
    """Tell whether a document has more tokens, thirty times sooner than the parser would. Never true where the parser says no."""
    if len(text) <= most:
        return False
    tokens = (one for one in TOKEN.finditer(text) if text[one.start()] != "#")
    return next(islice(tokens, most, None), None) is not None


def _parse(text: str, limits: DocumentLimits) -> DocumentNode:
    if _has_more_tokens(text, limits.tokens):
        raise TokenLimitExceeded(
            f"saw more than {limits.tokens} tokens; right would be at most that; send values as variables"
        )
    try:
        return parse(text, max_lexical_tokens=limits.tokens, max_comments=limits.tokens)
    except GraphQLSyntaxError as error:
        excess = _excess(error.message, limits)
        if excess is None:
            raise
    raise excess


def _excess(message: str, limits: DocumentLimits) -> DocumentLimitExceeded | None:
    """Return our error for a limit of graphql-core, which has one class for all that it refuses."""
    match message.removeprefix("Syntax Error: ").removesuffix(" Parsing aborted."):
        case "Document is nested too deeply.":
            return DepthLimitExceeded(
                f"saw fields or values nested too deep to be read; right would be at most {limits.depth} fields deep"
            )
        case words if words == f"Document contains more than {limits.tokens} tokens.":
            return TokenLimitExceeded(
                f"saw more than {limits.tokens} tokens; right would be at most that; send values as variables"
            )
        case words if words == f"Document contains more than {limits.tokens} comments.":
            return TokenLimitExceeded(f"saw more than {limits.tokens} comments; right would be at most that")
        case _:
            return None


_WRITTEN_OUT: Final = " with fragments written out; right would be at most that"

_Part: TypeAlias = tuple[SelectionSetNode, frozenset[str]]
"""A selection set, and the fragments within which it stands."""


@dataclass(frozen=True, slots=True)
class _Place:
    """One place of the response: what is selected there, how deep, and whether below ``__schema`` or ``__type``."""

    parts: tuple[_Part, ...]
    depth: int
    introspects: bool


class _Walk:
    """Counts over one document. Each operation is walked, then each fragment that none of them came by."""

    def __init__(self, document: DocumentNode, limits: DocumentLimits) -> None:
        self.limits = limits
        self.definitions: list[Any] = [
            one for one in document.definitions if isinstance(one, OperationDefinitionNode | FragmentDefinitionNode)
        ]
        self.fragments = {one.name.value: one for one in self.definitions if isinstance(one, FragmentDefinitionNode)}
        self.came_by: set[str] = set()
        self.steps = self.directives = self.pairs = 0
        self.fields = {False: 0, True: 0}  # outside introspection, within it
        self.aliases = {False: 0, True: 0}

    def all(self) -> None:
        for one in self.definitions:
            self._count_directives((one, *(one.variable_definitions or ())))
        for one in self.definitions:
            if isinstance(one, OperationDefinitionNode):
                self._walk(_Place(((one.selection_set, frozenset()),), 1, introspects=False))
        for one in self.definitions:
            name = one.name.value if isinstance(one, FragmentDefinitionNode) else None
            if name and (name not in self.came_by or one is not self.fragments[name]):
                introspects = one.type_condition.name.value.startswith("__")
                self._walk(_Place(((one.selection_set, frozenset((name,))),), 1, introspects))

    def _walk(self, place: _Place) -> None:
        waiting = [place]
        while waiting:
            waiting += self._below(waiting.pop())

    def _below(self, place: _Place) -> Iterator[_Place]:
        """Count the fields of one place, and yield the places below it."""
        together: dict[str, list[tuple[FieldNode, frozenset[str]]]] = {}
        for node, within in self._fields(place.parts):
            self._count_field(node, place)
            key = node.alias.value if node.alias else node.name.value
            met = together.setdefault(key, [])
            self._count_pairs(key, len(met))
            met.append((node, within))
        for met in together.values():
            parts = tuple((node.selection_set, within) for node, within in met if node.selection_set)
            if parts:
                introspects = place.introspects or met[0][0].name.value in INTROSPECTING
                yield _Place(parts, place.depth + 1, introspects)

    def _fields(self, parts: Iterable[_Part]) -> Iterator[tuple[FieldNode, frozenset[str]]]:
        """Yield the fields of selection sets, fragments written out, those that they stand in left out."""
        waiting = list(parts)
        while waiting:
            selected, within = waiting.pop()
            for one in selected.selections:
                self._count_step(one)
                match one:
                    case FieldNode():
                        yield one, within
                    case InlineFragmentNode():
                        waiting.append((one.selection_set, within))
                    case FragmentSpreadNode():
                        name = one.name.value
                        self.came_by.add(name)
                        if name in self.fragments and name not in within:
                            waiting.append((self.fragments[name].selection_set, within | {name}))
                    case _:
                        raise TypeError(f"no selection is a {one.kind}")

    # ── what is counted ─────────────────────────────────────────────────────────────────────────────────────────

    def _count_step(self, node: Any) -> None:
        self.steps += 1
        most = STEPS * (self.limits.fields + INTROSPECTION.fields)
        if self.steps > most:
            raise FieldLimitExceeded(
                f"saw more than {most} selections with fragments written out; right would be fewer fragments"
            )
        self._count_directives((node,))

    def _count_field(self, node: FieldNode, place: _Place) -> None:
        introspects = place.introspects or node.name.value in INTROSPECTING
        most = INTROSPECTION if introspects else self.limits
        what = " of introspection" if introspects else ""
        self.fields[introspects] += 1
        self.aliases[introspects] += node.alias is not None
        if place.depth > most.depth:
            raise DepthLimitExceeded(
                f"saw {node.name.value:.60}{what} below {most.depth} other fields; right would be at most {most.depth} deep"
            )
        if self.fields[introspects] > most.fields:
            raise FieldLimitExceeded(f"saw more than {most.fields} fields{what}{_WRITTEN_OUT}")
        if self.aliases[introspects] > most.aliases:
            raise AliasLimitExceeded(f"saw more than {most.aliases} aliases{what}{_WRITTEN_OUT}")

    def _count_pairs(self, key: str, met: int) -> None:
        self.pairs += met
        if self.pairs > PAIRS:
            raise FieldLimitExceeded(
                f"saw {key:.60} {met + 1} times at one place, among others; right would be each field once where it is wanted"
            )

    def _count_directives(self, nodes: Iterable[Any]) -> None:
        self.directives += sum(len(node.directives or ()) for node in nodes)
        if self.directives > self.limits.directives:
            raise DirectiveLimitExceeded(f"saw more than {self.limits.directives} directives{_WRITTEN_OUT}")
