"""Characters of seed files that look like others: blanks and hyphens become plain ones, words of two scripts stay, each with a warning.

A warning stops no load. Characters that cannot be seen are refused already where a file is read (``nodes``).
"""

from __future__ import annotations

import operator
import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from graph_api.errors import Problem
from graph_api.ingest.acceptance import ACCEPT, accepted_codes
from graph_api.ingest.nodes import Entry, MappingNode, Node, ScalarNode, SequenceNode
from graph_api.values.characters import BLANKS, HYPHENS, has_mixed_scripts, is_of
from graph_api.values.value_type import shorten

DASHES: Final = "\N{EN DASH}\N{EM DASH}"
"""Punctuation of its own between words; within a word of a name it is a hyphen."""
NAME_KEYS: Final = frozenset({"name", "names", "text"})

_PLAIN: Final = str.maketrans(
    {**dict.fromkeys(set(HYPHENS) - set("-" + DASHES), "-"), **dict.fromkeys(set(BLANKS) - {" "}, " ")}
)
_DASH_IN_WORD: Final = re.compile(f"(?<=[^\\W\\d_])[{DASHES}](?=[^\\W\\d_])")
_TWO_BLANKS: Final = re.compile(r"(?<=\S)  +(?=\S)")
_WORD: Final = re.compile(r"[^\W\d_]+")
MIXED_SCRIPTS: Final = "mixed-scripts"
_MIN_RUN: Final = 3
"""Letters of each script in a name that is made of two words, such as КримSOS."""


def normalize_characters(entry: Entry, warnings: list[Problem]) -> Entry:
    """Return an entry with plain blanks and hyphens.

    Adds a warning for each text that was changed, and for each that mixes scripts within a word where the entry does not accept that.
    """
    found: list[Problem] = []
    node = _normalized(entry.node, "", found)
    accept = entry.node.values.get(ACCEPT) if found and isinstance(entry.node, MappingNode) else None
    accepted = accepted_codes(accept, []) if accept else {}  # what is wrong in it is reported by the parser
    warnings += (one for one in found if one.rule not in accepted)
    return entry if node is entry.node else replace(entry, node=node)


def _normalized(node: Node, key: str, warnings: list[Problem]) -> Node:
    match node:
        case ScalarNode():
            if node.text.isascii() and "  " not in node.text:
                return node
            text = _plain(node.text, is_name=key in NAME_KEYS)
            warnings += (node.position.problem(code, message) for code, message in _messages(node.text, text))
            return node if text == node.text else replace(node, text=text)
        case SequenceNode():
            items = tuple(_normalized(item, key, warnings) for item in node.items)
            return node if all(map(operator.is_, items, node.items)) else replace(node, items=items)
        case MappingNode():
            values = {name: _normalized(one, name, warnings) for name, one in node.values.items()}
            is_same = all(map(operator.is_, values.values(), node.values.values()))
            return node if is_same else replace(node, values=values)


def _plain(text: str, *, is_name: bool) -> str:
    plain = text.translate(_PLAIN)
    return _TWO_BLANKS.sub(" ", _DASH_IN_WORD.sub("-", plain)) if is_name else plain


def _messages(text: str, plain: str) -> Iterator[tuple[str, str]]:
    """Yield the codes and messages of what was replaced and of words of two scripts."""
    if text != plain:
        found = sorted(
            {f"U+{ord(c):04X}" for c in text if c in _PLAIN_OF or c in DASHES} - {f"U+{ord(c):04X}" for c in plain}
        )
        what = f"Look-alike {', '.join(found)}" if found else "Repeated blank"
        yield "characters", f"{what} in {shorten(text)!r}: stored as {shorten(plain)!r}."
    for word in _WORD.findall(plain):
        if has_mixed_scripts(word) and not _is_of_two_words(word):
            shown = " ".join(f"{c} (Latin)" for c in word if is_of(c, "LATIN"))
            message = f"Mixed scripts in {shorten(word)!r}: expected one script, found {shorten(shown)} among Cyrillic letters."
            yield MIXED_SCRIPTS, message


_PLAIN_OF: Final = frozenset(map(chr, _PLAIN))


def _is_of_two_words(word: str) -> bool:
    """Whether a word is one run of letters of each script, as in a name that joins two words.

    >>> _is_of_two_words("КримSOS"), _is_of_two_words("Xоменко")
    (True, False)
    """
    latin = "".join("L" if is_of(c, "LATIN") else "C" for c in word)
    return re.fullmatch(f"L{{{_MIN_RUN},}}C{{{_MIN_RUN},}}|C{{{_MIN_RUN},}}L{{{_MIN_RUN},}}", latin) is not None
