"""Lints about offences: articles of the Russian criminal code beside the word of another offence, and articles that it does not have."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Final

from graph_api.ingest.lints.facts import BatchFacts, Finding
from graph_api.values.offences import OFFENCE_CODES

OPEN_CODES: Final = frozenset({"OTHER", "UNSTATED"})
"""Words that say nothing of the article."""
CODES_OF_ARTICLES: Final[Mapping[str, frozenset[str]]] = MappingProxyType(
    {
        "105": frozenset({"MURDER"}),
        "167": frozenset({"PROPERTY_DAMAGE"}),
        "205": frozenset({"TERRORISM"}),
        "205.4": frozenset({"TERRORISM", "BANNED_ORGANIZATION"}),
        "205.5": frozenset({"TERRORISM", "BANNED_ORGANIZATION"}),
        "222": frozenset({"WEAPONS"}),
        "222.1": frozenset({"EXPLOSIVES"}),
        "223": frozenset({"WEAPONS"}),
        "223.1": frozenset({"EXPLOSIVES"}),
        "226.1": frozenset({"SMUGGLING"}),
        "275": frozenset({"TREASON"}),
        "276": frozenset({"ESPIONAGE"}),
        "278": frozenset({"VIOLENT_SEIZURE_OF_POWER"}),
        "280": frozenset({"EXTREMISM"}),
        "281": frozenset({"SABOTAGE"}),
        "282": frozenset({"EXTREMISM"}),
        "282.1": frozenset({"EXTREMISM", "BANNED_ORGANIZATION"}),
        "282.2": frozenset({"EXTREMISM", "BANNED_ORGANIZATION"}),
        "321": frozenset({"DISORGANISING_INSTITUTION"}),
        "322": frozenset({"ILLEGAL_ENTRY"}),
        "356": frozenset({"ILL_TREATMENT_OF_CIVILIANS"}),
    }
)
"""The words for the articles of the Criminal Code of the Russian Federation, by the headings of the articles; of others nothing is known here."""
LAST_ARTICLE: Final = 361
"""The last article of that code."""
_ARTICLE: Final = re.compile(r"RU-UK (\d+)(\.\d+)?")


def articles(facts: BatchFacts) -> Iterator[Finding]:
    """Find offences of which the article is that of another one, or that the code does not have."""
    for one in facts.events():
        for offence in one.values("offences"):
            found = _ARTICLE.match(str(offence.get("article", "")))
            if found is None:
                continue
            words = CODES_OF_ARTICLES.get(found[0].removeprefix("RU-UK "), frozenset())
            if int(found[1]) > LAST_ARTICLE:
                message = f"The article {found[0]!r} does not exist: expected one up to {LAST_ARTICLE}."
            elif words and offence["code"] in {*OFFENCE_CODES} - OPEN_CODES - words:
                message = f"The article {found[0]!r} is that of {_shown(*words)}, not of {_shown(offence['code'])}: expected another word or article."
            else:
                continue
            yield Finding(one.id, "article-code", message, ("offences",))


def _shown(*codes: str) -> str:
    return " or ".join(sorted(one.lower().replace("_", "-") for one in codes))


RULES: Final = (articles,)
