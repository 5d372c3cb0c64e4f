"""Seed formats: the registry of readers, and the reading of files and folders through it.

A format is a module with ``read(text, file)``, which yields the entries of a file and its problems, and a line in ``FORMATS``.
``yaml``, ``jsonl`` and ``table`` are the formats of today.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from graph_api.errors import Problem
from graph_api.ingest.characters import normalize_characters
from graph_api.ingest.collections import FILE_NAME, Collection, CollectionFolders, parse_collection
from graph_api.ingest.formats import jsonl, table, yaml
from graph_api.ingest.nodes import (
    Entry,
    SeedPart,
    SeedSyntaxError,
    SeedWarning,
    SourcePosition,
    find_forbidden_character,
)


@dataclass(frozen=True, slots=True)
class SeedFormat:
    """A format of seed files. ``read`` takes the text and the name of a file; it may raise SeedSyntaxError.

    The format with the longest suffix that ends the name of a file reads it.
    """

    suffixes: tuple[str, ...]
    read: Callable[[str, str], Iterable[Entry | Problem | SeedWarning | SeedPart]]


FORMATS: Final[tuple[SeedFormat, ...]] = (
    SeedFormat((".yaml", ".yml"), yaml.read),
    SeedFormat((".jsonl",), jsonl.read),
    SeedFormat((".map.yaml",), table.read),
)


@dataclass(frozen=True, slots=True)
class SeedEntries:
    """The entries of some files, the problems of what could not be read, and the names of the files.

    ``warnings`` are about characters that look like others; they stop nothing. ``collections`` are those to which the files belong.
    ``parts`` are the other files that were read with them: tables, files of ids, declarations of collections.
    """

    entries: tuple[Entry, ...]
    problems: tuple[Problem, ...]
    files: tuple[str, ...]
    warnings: tuple[Problem, ...] = ()
    collections: CollectionFolders = field(default_factory=CollectionFolders)
    parts: tuple[str, ...] = ()


def read_files(paths: Sequence[Path], formats: Sequence[SeedFormat] = FORMATS) -> SeedEntries:
    """Read seed files, and those in folders, in the order of their names.

    A file that cannot be read is a problem with its position, never an exception.
    """
    readers = {suffix: one.read for one in formats for suffix in one.suffixes}
    entries: list[Entry] = []
    problems: list[Problem] = []
    warnings: list[Problem] = []
    files: list[str] = []
    parts: set[str] = set()
    found = list(_unique(_find_files(paths, tuple(readers), problems)))
    collections = _collections(paths, found, problems, warnings, parts)
    for path in (one for one in found if one.name != FILE_NAME):
        files.append(str(path))
        try:
            suffix = max((one for one in readers if path.name.endswith(one)), key=len)
            for one in readers[suffix](_read_text(path), str(path)):
                match one:
                    case Entry():
                        entries.append(normalize_characters(one, warnings))
                    case SeedWarning():
                        warnings.append(one.problem)
                    case SeedPart():
                        parts.add(one.file)
                    case Problem():
                        problems.append(one)
        except SeedSyntaxError as error:
            problems.append(error.problem)
    if not files and not problems:
        where = SourcePosition(", ".join(map(str, paths)), 1, 1)
        problems.append(where.problem("no-files", f"No seed files found: expected {', '.join(readers)}."))
    return SeedEntries(
        tuple(entries), tuple(problems), tuple(files), tuple(sorted(warnings)), collections, tuple(sorted(parts))
    )


def _collections(
    paths: Sequence[Path],
    files: Sequence[Path],
    problems: list[Problem],
    warnings: list[Problem],
    parts: set[str],
) -> CollectionFolders:
    """Return the collections of the files: a folder with a declaration is one, its folders included, up to the next declaration.

    ``parts`` gets the declarations.
    """
    folder_of = {path: _collection_folder(path.resolve().parent) for path in files}
    given = [path.resolve() for path in paths if path.is_dir()]
    declared: dict[str, Collection] = {}
    folders: dict[str, Path] = {}
    for folder in sorted({one for one in folder_of.values() if one is not None}):
        file = folder / FILE_NAME
        parts.add(str(file))
        try:
            one, found, doubtful = parse_collection(yaml.parse_yaml(_read_text(file), str(file)), str(file))
        except SeedSyntaxError as error:
            one, found, doubtful = None, [error.problem], []
        problems += found
        warnings += doubtful
        if one is not None and one.id in declared:
            message = f"Duplicate collection {one.id!r}: expected one folder for it, {folders[one.id]} is another."
            problems.append(SourcePosition(str(file), 1, 1).problem("collection", message))
        elif one is not None:
            declared[one.id], folders[one.id] = one, folder
    ids = {folder: id_ for id_, folder in folders.items()}
    of_file = {str(path): ids[folder] for path, folder in folder_of.items() if folder in ids}
    whole = frozenset(id_ for id_, folder in folders.items() if any(folder.is_relative_to(one) for one in given))
    names = {str(path): path.resolve().relative_to(of).as_posix() for path, of in folder_of.items() if of in ids}
    return CollectionFolders(declared, of_file, names, whole)


def _collection_folder(folder: Path) -> Path | None:
    return next((one for one in (folder, *folder.parents) if (one / FILE_NAME).is_file()), None)


def _unique(paths: Iterable[Path]) -> Iterator[Path]:
    """Yield every file once, also where a folder and a file in it are given."""
    seen: set[Path] = set()
    for path in paths:
        if (real := path.resolve()) not in seen:
            seen.add(real)
            yield path


def _find_files(paths: Iterable[Path], suffixes: Sequence[str], problems: list[Problem]) -> Iterator[Path]:
    for path in paths:
        start = SourcePosition(str(path), 1, 1)
        if path.is_dir():
            yield from (one for one in sorted(path.rglob("*")) if one.name.endswith(tuple(suffixes)) and one.is_file())
        elif path.is_file() and path.name.endswith(tuple(suffixes)):
            yield path
        elif path.exists():
            message = f"Unsupported file type {path.suffix or path.name!r}: expected {', '.join(suffixes)}."
            problems.append(start.problem("suffix", message))
        else:
            problems.append(start.problem("no-file", "File not found: expected a seed file or a folder of seed files."))


def _read_text(path: Path) -> str:
    start = SourcePosition(str(path), 1, 1)
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise SeedSyntaxError(start.problem("unreadable", f"Cannot read the file: {error.strerror}.")) from None
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise SeedSyntaxError(start.problem("encoding", "Invalid encoding UTF-16: expected UTF-8."))
    if raw.startswith(b"\xef\xbb\xbf"):
        raise SeedSyntaxError(start.problem("encoding", "Byte order mark found: expected UTF-8 without one."))
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        before = raw[: error.start]
        at = SourcePosition(str(path), before.count(b"\n") + 1, error.start - (before.rfind(b"\n") + 1) + 1)
        message = f"Invalid byte 0x{raw[error.start]:02x}: expected UTF-8."
        raise SeedSyntaxError(at.problem("encoding", message)) from None
    for number, line in enumerate(text.split("\n"), 1):
        if (found := find_forbidden_character(line)) is not None:
            raise SeedSyntaxError(SourcePosition(str(path), number, found[0] + 1).problem("characters", found[1]))
    return text
