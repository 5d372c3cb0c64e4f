"""The catalogues of the pages: which messages there are, and the files made of them.

``python -m tests.helpers.translations`` adds new messages to every ``.po`` file and compiles it to the ``.mo`` file that the pages read.
"""

from __future__ import annotations

import ast
import io
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from graph_api.web.pages.about import SECTIONS
from graph_api.web.pages.labels import LABELS
from graph_api.web.pages.languages import FOLDER, NOT_GIVEN
from graph_api.web.pages.question_fields import WORDS
from graph_api.web.pages.questions import questions
from graph_api.web.pages.routes import LISTS
from graph_api.web.pages.start import FIRST_QUESTIONS, WAYS_IN

PACKAGE: Final = FOLDER.parent
METHODS: Final = [("templates/**.html", "jinja2"), ("**.py", "python")]
KEYWORDS: Final[dict[str, Any]] = {"_": None, "text": None, "n_": (1, 2), "plural": (1, 2)}
DROPPED: Final = tuple(
    f'"{name}:'.encode()
    for name in (
        "POT-Creation-Date",
        "PO-Revision-Date",
        "Generated-By",
        "Last-Translator",
        "Language-Team",
        "Report-Msgid-Bugs-To",
    )
)
"""Lines of the head that say when, by which program and by whom a file was written."""
WRITTEN: Final = datetime(2026, 1, 1, tzinfo=UTC)
"""What every compiled file says of its day, so that the same messages give the same bytes."""
Message = str | tuple[str, str]


def messages() -> list[Message]:
    """Return every message of the pages, sorted: texts, and pairs of singular and plural."""
    found: set[Message] = {NOT_GIVEN, "alleged", "or", *_declared(), *_of_facts()}
    for _, _, message, _, _ in extract_from_dir(PACKAGE, METHODS, keywords=KEYWORDS):
        found.add(message if isinstance(message, str) else (message[0], message[1]))
    return sorted(found, key=str)


def _declared() -> Iterator[str]:
    """Yield the texts of declarations, which are translated where they are drawn."""
    for labels in LABELS.values():
        yield from labels.values()
    for page in LISTS:
        yield from (page.title, page.about, *page.columns, *(page.order or {}).values())
        for control in page.controls:
            yield from (control.words, control.otherwise)
        for facet in page.facets:
            yield facet.words
    yield from WORDS.values()
    for _, title, _, words in WAYS_IN:
        yield from (title, words)
    yield from (questions()[name].words for name in FIRST_QUESTIONS)
    for heading, texts in SECTIONS:
        yield from (heading, *texts)


def _of_facts() -> Iterator[str]:
    """Yield the titles of facts (``yield "When", …``), the kinds in the heads of records, and texts that a name is given to."""
    for file in PACKAGE.glob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            match node:
                case ast.Yield(value=ast.Tuple(elts=[ast.Constant(value=str() as words), *_])):
                    yield words
                case ast.Call(func=ast.Name(id="record_view"), args=[ast.Constant(value=str() as words), *_]):
                    yield words
                case ast.Assign(targets=[ast.Name(id="words")], value=ast.Constant(value=str() as words)):
                    yield words
                case ast.Assign(targets=[ast.Name(id="EVENT_COLUMNS")], value=ast.Tuple(elts=elts)):
                    yield from (
                        one.value for one in elts if isinstance(one, ast.Constant) and isinstance(one.value, str)
                    )
                case ast.For(iter=ast.Tuple(elts=elts)):
                    yield from _in_pairs(elts)
                case _:
                    continue


def _in_pairs(elts: Iterable[ast.expr]) -> Iterator[str]:
    for one in elts:
        if isinstance(one, ast.Tuple):
            texts = [each.value for each in one.elts if isinstance(each, ast.Constant) and isinstance(each.value, str)]
            yield from (text for text in texts if text[:1].isupper() or "%(" in text)


def forms(text: object) -> tuple[str, ...]:
    """Return the forms of a message or its translation: one, or one for each plural form."""
    return tuple(map(str, text)) if isinstance(text, tuple | list) else (str(text or ""),)


def catalogue(language: str) -> Catalog:
    """Return the translations of a language as they are written down, with every message."""
    path = FOLDER / f"{language}.po"
    found = read_po(io.BytesIO(path.read_bytes()), locale=language) if path.exists() else Catalog(locale=language)
    fresh = Catalog(
        locale=language,
        project="detention-graph",
        charset="utf-8",
        header_comment=f"# Messages of the pages: {language}.",
        fuzzy=False,
    )
    for message in messages():
        old = found.get(message[0] if isinstance(message, tuple) else message)
        fresh.add(message, old.string if old else None)
    return fresh


def written(language: str) -> tuple[bytes, bytes]:
    """Return the ``.po`` and the ``.mo`` file of a language."""
    text, compiled = io.BytesIO(), io.BytesIO()
    write_po(text, catalogue(language), omit_header=False, width=0, sort_output=False)
    lines = [line for line in text.getvalue().splitlines() if not line.startswith(DROPPED)]
    stable = b"\n".join(lines) + b"\n"
    found = read_po(io.BytesIO(stable), locale=language)
    found.creation_date = found.revision_date = WRITTEN
    write_mo(compiled, found)
    return stable, compiled.getvalue()


if __name__ == "__main__":
    for file in sorted(FOLDER.glob("*.po")):
        text, compiled = written(file.stem)
        file.write_bytes(text)
        Path(file).with_suffix(".mo").write_bytes(compiled)
