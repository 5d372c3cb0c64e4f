"""Seed files as trees of nodes with source positions, the common form of all seed formats.

Scalars keep their text: the property that holds a value decides what ``no`` or ``2024-05`` means. A scalar or key with a character that
no seed file may contain is refused here, whichever format wrote it.
"""

from __future__ import annotations

import difflib
import unicodedata
from dataclasses import dataclass
from typing import Any, Final, TypeAlias

from graph_api.errors import Problem
from graph_api.ontology.registry import ONTOLOGY
from graph_api.values.value_type import Raw, shorten

SECTIONS: Final = (*ONTOLOGY.sections, "claims", "choices", "judgements", "moved", "withheld")
"""The names of the sections of a seed file."""

MAX_DEPTH: Final = 12
"""Levels of nesting. No record needs more, and a reader stops before it recurses deeper."""

INVISIBLE_CHARACTERS: Final = frozenset(
    "\u034f\u115f\u1160\u17b4\u17b5\u180b\u180c\u180d\u180e\u180f\u2028\u2029\u2800\u3164\uffa0"
    + "".join(map(chr, [*range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0)]))
)
"""Separators, fillers and variation selectors that show nothing and are not in ``INVISIBLE_CATEGORY``."""
INVISIBLE_CATEGORY: Final = "Cf"
"""Soft hyphens, zero-width characters and direction marks."""
VISIBLE_FORMATS: Final = frozenset("\u0600\u0601\u0602\u0603\u0604\u0605\u06dd\u070f\u0890\u0891\u08e2")
"""Signs of that category which are seen: Arabic and Syriac number signs."""
JOINERS: Final = frozenset("\u200c\u200d")
"""Allowed within words of Persian and Indic scripts, which need them."""

NULL: Final = frozenset({"", "~", "null", "Null", "NULL"})
"""How a scalar that is not quoted says that there is no value."""

FORBIDDEN_CATEGORIES: Final = frozenset({"Cc", "Cs", "Co", "Cn"})
"""Unicode categories of control characters, surrogates, private use and unassigned code points."""


@dataclass(frozen=True, slots=True)
class SourcePosition:
    """A position in a seed file. ``line`` and ``column`` count from 1. ``cell`` is the name of the column of a table."""

    file: str
    line: int
    column: int
    cell: str = ""

    def problem(self, rule: str, message: str) -> Problem:
        """Return a problem at this position."""
        return Problem(self.file, self.line, self.column, rule, message, self.cell)


@dataclass(frozen=True, slots=True)
class ScalarNode:
    """One value as written; ``plain`` unless it is quoted."""

    position: SourcePosition
    text: str
    plain: bool

    @property
    def is_null(self) -> bool:
        """Whether it is a plain ``null``, ``~`` or empty, which stands for no value."""
        return self.plain and self.text in NULL


@dataclass(frozen=True, slots=True)
class SequenceNode:
    """A list."""

    position: SourcePosition
    items: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class MappingNode:
    """A mapping; ``keys`` has the position of each key."""

    position: SourcePosition
    values: dict[str, Node]
    keys: dict[str, SourcePosition]


Node: TypeAlias = ScalarNode | SequenceNode | MappingNode


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of one section: a mapping, or a bare id under ``withheld``."""

    section: str
    node: Node

    @property
    def id(self) -> str | None:
        """The id as written, of an entry of ``moved:`` the former one; None where there is none."""
        key = "from" if self.section == "moved" else "id"
        node = self.node.values.get(key) if isinstance(self.node, MappingNode) else None
        return node.text if isinstance(node, ScalarNode) else None


def raw_value(node: Node) -> Raw:
    """Return what a node holds, without its positions."""
    match node:
        case ScalarNode():
            return None if node.is_null else node.text
        case SequenceNode():
            return [raw_value(item) for item in node.items]
        case MappingNode():
            return {key: raw_value(value) for key, value in node.values.items()}


def describe_node(node: Node) -> str:
    """Return a node as a message shows it: a scalar in quotes, a list or mapping as a description in parentheses."""
    match node:
        case ScalarNode():
            return repr(shorten(node.text))
        case SequenceNode():
            return "(a list)"
        case MappingNode():
            return shorten(f"(a mapping with {', '.join(node.values)})", most=160)


@dataclass(frozen=True, slots=True)
class SeedWarning:
    """Something in a file that deserves a look and stops nothing."""

    problem: Problem


@dataclass(frozen=True, slots=True)
class SeedPart:
    """A file that is read with a seed file, such as the table of a mapping."""

    file: str


class SeedSyntaxError(Exception):
    """A file, or a record in it, that cannot be read as a tree of nodes."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(str(problem))
        self.problem = problem


def check_depth(depth: int, position: SourcePosition) -> None:
    """Raise SeedSyntaxError where a node is nested too deep."""
    if depth > MAX_DEPTH:
        raise too_deep(position)


def too_deep(position: SourcePosition) -> SeedSyntaxError:
    """Return the error for a node that is nested too deep."""
    return SeedSyntaxError(position.problem("depth", f"Nesting too deep: expected at most {MAX_DEPTH} levels."))


def check_text(text: str, position: SourcePosition) -> str:
    """Return a scalar or key unchanged. Raises SeedSyntaxError where it contains a forbidden character, written as an escape."""
    found = find_forbidden_character(text)
    if found is not None:
        raise SeedSyntaxError(position.problem("characters", found[1]))
    return text


def node_of(value: Any, position: SourcePosition, depth: int = 1) -> Node:
    """Return the tree of plain Python data, as parsers of other formats give it, with one position for all of it.

    Numbers and dates become their text. Raises SeedSyntaxError where it is nested too deep or contains a forbidden character.
    """
    check_depth(depth, position)
    match value:
        case dict():
            keys = {check_text(key, position): position for key in value}
            return MappingNode(position, {key: node_of(one, position, depth + 1) for key, one in value.items()}, keys)
        case list():
            return SequenceNode(position, tuple(node_of(one, position, depth + 1) for one in value))
        case None:
            return ScalarNode(position, "null", plain=True)
        case bool():
            return ScalarNode(position, "true" if value else "false", plain=True)
        case _:
            text = check_text(str(value), position)
            return ScalarNode(position, text, plain=text not in NULL)


def find_forbidden_character(text: str) -> tuple[int, str] | None:
    r"""Return the offset of the first character that seed files must not contain, and a message; None where there is none.

    >>> find_forbidden_character("Kherson"), find_forbidden_character("Kher\u200bson")
    (None, (4, 'Invisible character U+200B: expected visible characters only.'))
    """
    if text.isascii() and text.isprintable():
        return None
    characters = () if text.isprintable() and INVISIBLE_CHARACTERS.isdisjoint(text) else enumerate(text)
    for offset, one in characters:
        if _is_invisible(text, offset) or (unicodedata.category(one) in FORBIDDEN_CATEGORIES and one not in "\t\n\r"):
            return offset, f"Invisible character U+{ord(one):04X}: expected visible characters only."
    if unicodedata.is_normalized("NFC", text):
        return None
    normalized = unicodedata.normalize("NFC", text)
    pairs = enumerate(zip(text, normalized, strict=False))
    offset = next((i for i, (a, b) in pairs if a != b), len(normalized) - 1)
    return offset, "Decomposed letter: expected one character for letter and accent (Unicode NFC)."


def _is_invisible(text: str, offset: int) -> bool:
    one = text[offset]
    if one in JOINERS:
        before = unicodedata.name(text[offset - 1], "") if offset else ""
        return before.partition(" ")[0] in ("", "LATIN", "CYRILLIC", "SPACE", "GREEK")
    if one in INVISIBLE_CHARACTERS:
        return True
    return not one.isascii() and unicodedata.category(one) == INVISIBLE_CATEGORY and one not in VISIBLE_FORMATS


def unknown_section(section: str, position: SourcePosition) -> Problem:
    """Return the problem of a section that does not exist, with the closest ones; the name of a kind leads to its section."""
    kinds = {kind.name: kind.section for kind in ONTOLOGY.kinds}
    near = difflib.get_close_matches(shorten(section), [*SECTIONS, *kinds], n=3, cutoff=0.5)
    closest = ", ".join(dict.fromkeys(kinds.get(one, one) for one in near))
    hint = f" (closest: {closest})" if closest else ""
    message = f"Unknown section {shorten(section)!r}: expected one of {', '.join(SECTIONS)}{hint}."
    return position.problem("sections", message)


def has_no_value(node: Node | None) -> bool:
    """Whether there is no value, or null."""
    return node is None or (isinstance(node, ScalarNode) and node.is_null)


def given_id(node: MappingNode) -> str:
    """Return the text that stands for the id of an entry, for messages about it; it need not be a valid one."""
    identity = node.values.get("id")
    return shorten(identity.text) if isinstance(identity, ScalarNode) else "no id"


def values_with_evidence(node: Node) -> list[MappingNode]:
    """Return the mappings with ``value`` that a list consists of; an empty list where the node is anything else."""
    items = node.items if isinstance(node, SequenceNode) else ()
    mappings = [one for one in items if isinstance(one, MappingNode) and "value" in one.values]
    return mappings if len(mappings) == len(items) else []
