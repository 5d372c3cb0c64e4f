"""Files to entries: every record of every section, with the place where it stands. No judgement beyond what is readable."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from graph_api.errors import Problem
from graph_api.ingest.characters import find_forbidden_character
from graph_api.ingest.nodes import (
    Entry,
    MappingNode,
    Node,
    ScalarNode,
    SeedSyntaxError,
    SequenceNode,
    SourcePosition,
    parse_json_line,
    parse_yaml,
)
from graph_api.ontology.registry import ONTOLOGY
from graph_api.values.raw import shorten

SUFFIXES = (".yaml", ".yml", ".jsonl")
SECTIONS = (*ONTOLOGY.sections, "claims", "choices", "withheld")


@dataclass(frozen=True, slots=True)
class SeedEntries:
    """All that could be read of some files, and what could not."""

    entries: tuple[Entry, ...]
    problems: tuple[Problem, ...]
    files: tuple[str, ...]


def read_files(paths: Sequence[Path]) -> SeedEntries:
    """Read seed files, and those in folders, in the order of their names.

    A file that cannot be read is a problem with its position, never an exception.
    """
    entries: list[Entry] = []
    problems: list[Problem] = []
    files: list[str] = []
    for path, name in _files(paths, problems):
        files.append(name)
        try:
            text = _text(path, name)
            found = _json_lines(text, name) if path.suffix == ".jsonl" else _yaml(text, name)
            for one in found:
                (entries if isinstance(one, Entry) else problems).append(one)  # type: ignore[arg-type]
        except SeedSyntaxError as unreadable:
            problems.append(unreadable.problem)
    if not files and not problems:
        shown = ", ".join(str(path) for path in paths)
        problems.append(Problem(shown, 1, 1, "no-files", f"no seed file here; right would be {', '.join(SUFFIXES)}"))
    return SeedEntries(tuple(entries), tuple(problems), tuple(files))


def _files(paths: Iterable[Path], problems: list[Problem]) -> Iterator[tuple[Path, str]]:
    """Return every file once, also where a folder and a file in it are given."""
    seen: set[Path] = set()
    for path, name in _named_files(paths, problems):
        if (real := path.resolve()) not in seen:
            seen.add(real)
            yield path, name


def _named_files(paths: Iterable[Path], problems: list[Problem]) -> Iterator[tuple[Path, str]]:
    for path in paths:
        if path.is_dir():
            yield from ((one, str(one)) for one in sorted(path.rglob("*")) if one.suffix in SUFFIXES and one.is_file())
        elif path.is_file() and path.suffix in SUFFIXES:
            yield path, str(path)
        elif path.exists():
            problems.append(
                Problem(
                    str(path),
                    1,
                    1,
                    "suffix",
                    f"saw {path.suffix or 'no suffix'!r}; right would be {', '.join(SUFFIXES)}",
                )
            )
        else:
            problems.append(Problem(str(path), 1, 1, "no-file", "there is no such file or folder"))


def _text(path: Path, name: str) -> str:
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise SeedSyntaxError(Problem(name, 1, 1, "unreadable", f"cannot be read: {error.strerror}")) from None
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise SeedSyntaxError(
            Problem(name, 1, 1, "encoding", "saw UTF-16; right would be UTF-8 without a byte order mark")
        )
    if raw.startswith(b"\xef\xbb\xbf"):
        raise SeedSyntaxError(
            Problem(name, 1, 1, "encoding", "saw a byte order mark; right would be UTF-8 without one")
        )
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        before = raw[: error.start]
        line, column = before.count(b"\n") + 1, error.start - (before.rfind(b"\n") + 1) + 1
        saw = f"the byte 0x{raw[error.start]:02x}"
        raise SeedSyntaxError(
            Problem(name, line, column, "encoding", f"saw {saw}, which is not UTF-8; save the file as UTF-8")
        ) from None
    _reject_forbidden_characters(text, name)
    return text


def _reject_forbidden_characters(text: str, name: str) -> None:
    for number, line in enumerate(text.split("\n"), 1):
        found = find_forbidden_character(line)
        if found is not None:
            raise SeedSyntaxError(Problem(name, number, found[0] + 1, "characters", found[1]))


def _yaml(text: str, name: str) -> Iterator[Entry | Problem]:
    root = parse_yaml(text, name)
    if root is None:
        yield Problem(name, 1, 1, "empty", "the file holds no record")
        return
    if not isinstance(root, MappingNode):
        yield root.position.problem("sections", f"right would be sections at the top: {', '.join(SECTIONS)}")
        return
    for section, node in root.values.items():
        if section not in SECTIONS:
            hint = _closest(section)
            yield root.keys[section].problem(
                "sections",
                f"saw the section {shorten(section)!r}; right would be one of {', '.join(SECTIONS)}"
                + (f" ({hint})" if hint else ""),
            )
        elif isinstance(node, SequenceNode):
            yield from (Entry(section, item) for item in node.items)
        elif not (isinstance(node, ScalarNode) and node.is_null):
            yield node.position.problem(
                "sections", f"the section {section!r} must be a list of records (lines that begin with '- ')"
            )


def _json_lines(text: str, name: str) -> Iterator[Entry | Problem]:
    if not text.strip():
        yield Problem(name, 1, 1, "empty", "the file holds no record")
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        try:
            node = parse_json_line(line, name, number)
        except SeedSyntaxError as unreadable:
            yield unreadable.problem
            continue
        yield _json_entry(node, SourcePosition(name, number, 1))


def _json_entry(node: Node, position: SourcePosition) -> Entry | Problem:
    section = node.values.get("section") if isinstance(node, MappingNode) else None
    if not isinstance(node, MappingNode) or not isinstance(section, ScalarNode) or section.text not in SECTIONS:
        saw = "no record" if not isinstance(node, MappingNode) else "no section"
        hint = ""
        if isinstance(section, ScalarNode):
            saw, hint = f"the section {shorten(section.text)!r}", _closest(section.text)
        right = f'each line is a record with "section": one of {", ".join(SECTIONS)}'
        return position.problem("sections", f"saw {saw}; {right}" + (f" ({hint})" if hint else ""))
    values = {key: value for key, value in node.values.items() if key != "section"}
    if section.text == "withheld" and "id" in values:
        return Entry("withheld", values["id"])
    return Entry(section.text, MappingNode(node.position, values, node.keys))


def _closest(section: str) -> str:
    """Return the sections most like a word, which may be the name of the kind whose records stand there."""
    names = {kind.name: kind.section for kind in ONTOLOGY.kinds}
    near = difflib.get_close_matches(shorten(section), [*SECTIONS, *names], n=3, cutoff=0.5)
    found = dict.fromkeys(names.get(one, one) for one in near)
    return f"closest: {', '.join(found)}" if found else ""
