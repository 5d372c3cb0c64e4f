"""The parts of the page of a person beside the lines: stays, who was at the same site, what is about the person, and groups.

Each is a sentence of the case file, in its words, in which names lead to pages.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from graph_api.casefile.about import about_words, group_words
from graph_api.casefile.stays import companion_words, companions_note, stay_words
from graph_api.values.languages import Language
from graph_api.web.pages.event_rows import event_path
from graph_api.web.pages.languages import Locale
from graph_api.web.pages.page import Record
from graph_api.web.pages.parts import Cell, Text

Cited = Callable[[Iterable[Record]], tuple[int, ...]]
"""From citations to the numbers of their sources in the case file."""


def person_parts(file: Record, cited: Cited, locale: Locale) -> Mapping[str, Any]:
    """Return these parts of a case file, as the page shows them."""
    language = Language[locale.language.name]
    others = file["coDetainees"]
    return {
        "stays": list(_stays(file["stays"]["nodes"], cited, language, locale)),
        "companions": list(_companions(others["nodes"], cited, language, locale)),
        "companions_note": companions_note(len(others["nodes"]), others["totalCount"], language),
        "about": [*_about(file, cited, language, locale), *_groups(file, cited, language, locale)],
    }


def _stays(stays: Iterable[Record], cited: Cited, language: Language, locale: Locale) -> Iterator[Cell]:
    for one in stays:
        start, end = (one["span"][name]["edtf"] if one["span"][name] else None for name in ("start", "end"))
        words = stay_words(one["site"]["name"], start, end, language, is_stated=one["stated"])
        yield _sentence(words, [_link("sites", one["site"], locale)], cited(one["citations"]))


def _companions(others: Iterable[Record], cited: Cited, language: Language, locale: Locale) -> Iterator[Cell]:
    for one in others:
        words = companion_words(one["person"]["name"], one["site"]["name"], one["surely"], one["atMost"], language)
        links = [_link("people", one["person"], locale), _link("sites", one["site"], locale)]
        yield _sentence(words, links, cited(each for stay in one["stays"] for each in stay["citations"]))


def _about(file: Record, cited: Cited, language: Language, locale: Locale) -> Iterator[Cell]:
    for event in file["about"]["nodes"]:
        authors = event["authors"]["nodes"]
        date = event["date"]["edtf"] if event["date"] else None
        words = about_words(event["kind"], date, [one["participant"]["name"] for one in authors], language)
        links = [Text(locale.label("EventKind", event["kind"]), event_path(event, locale))]
        yield _sentence(
            words, links, cited([*event["citations"], *(each for one in authors for each in one["citations"])])
        )


def _groups(file: Record, cited: Cited, language: Language, locale: Locale) -> Iterator[Cell]:
    for group in file["groups"]["nodes"]:
        stating = [one for one in group["claims"] if file["person"]["id"] in one["value"]]
        references = cited(each for one in stating for each in one["citations"])
        yield _sentence(group_words(group["name"], language), [_link("groups", group, locale)], references)


def _link(path: str, record: Record, locale: Locale) -> Text:
    return Text(record["name"], f"{locale.prefix}/{path}/{record['id']}")


def _sentence(words: str, links: Iterable[Text], references: tuple[int, ...]) -> Cell:
    """Return a sentence in which each name leads to its page; one that does not stand in it follows it."""
    texts: list[Text] = []
    rest, behind = words, []
    for link in links:
        before, name, after = rest.partition(link.text)
        if name:
            texts += [Text(before), link]
            rest = after
        else:
            behind += [Text(" "), link]
    return Cell((*texts, Text(rest), *behind), references, separator="")
