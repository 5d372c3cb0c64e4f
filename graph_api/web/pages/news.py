"""What became known since a day: publications by the day from which they count, and the events that rest on them.

Only publications that state a date: the day on which somebody read a page is no news. Publications on which no event rests, only numbers, names or
places, are counted apart.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Any, Final
from urllib.parse import urlencode

from graph_api.errors import InvalidQuery
from graph_api.web.pages.event_rows import date_cells, event_name, event_path, named_of
from graph_api.web.pages.languages import Locale
from graph_api.web.pages.listing import ROWS_ON_A_PAGE, parse_start
from graph_api.web.pages.notices import ALL_LINES
from graph_api.web.pages.page import FileRow, QueryPage, Record
from graph_api.web.pages.parts import Cell, Row, Table, Text, plain, record_link
from graph_api.web.pages.responses import too_long

RECENT: Final = timedelta(days=180)
"""What is shown without a day being asked for, before the last day on which sources were read."""
ROWS_IN_A_FILE: Final = 200


def news_variables(given: Mapping[str, str], known_to: str | None) -> Mapping[str, Any]:
    """Return the day from which publications count, and which part of them is shown. Raises InvalidQuery."""
    return {"since": _since(given.get("since"), known_to), "first": ROWS_ON_A_PAGE, "after": given.get("after")}


def _since(since: str | None, known_to: str | None) -> str:
    if since is None:
        return str((date.fromisoformat(known_to) if known_to else datetime.now(UTC).date()) - RECENT)
    try:
        return str(date.fromisoformat(since))
    except ValueError:
        raise InvalidQuery(f"Invalid since '{since[:60]}': expected a day such as 2025-01-31.") from None


SHOWN_EVENTS: Final = 8
"""How many of the events that rest on a publication the page names; the file names all."""


def news_view(data: Record | None, given: Mapping[str, Any], locale: Locale) -> Mapping[str, Any]:
    """Return what the page shows of one part of the publications, from the newest."""
    sources = (data or {})["sources"]
    total, shown = sources["totalCount"], len(sources["nodes"])
    start = parse_start(given)
    rows = tuple(_row(one, locale) for one in _with_events(sources))
    caption = locale.plural("%(n)s publication", "%(n)s publications", len(rows))
    if shown < total:
        last = start + shown - 1
        caption = locale.text("Publications %(first)s to %(last)s of %(total)s", first=start, last=last, total=total)
    columns = (locale.text("Known from"), locale.text("Publication"), locale.text("Events that rest on it"))
    whole = f"?{urlencode({'since': given['since']})}"
    following = None
    if sources["pageInfo"]["hasNextPage"]:
        part = {"since": given["since"], "after": sources["pageInfo"]["endCursor"], "start": start + shown}
        following = f"?{urlencode(part)}"
    return {
        "since": given["since"],
        "is_part": shown < total,
        "others": shown - len(rows),
        "following": following,
        "file_query": whole,
        "beginning": whole if given["after"] else None,
        "table": Table(caption, columns, rows),
    }


def _with_events(sources: Record) -> list[Record]:
    """Return the publications of a part on which events rest."""
    return [one for one in sources["nodes"] if one["events"]["totalCount"]]


def _row(source: Record, locale: Locale) -> Row:
    title = Text(source["title"], f"{locale.prefix}/sources/{source['id']}")
    publisher = tuple(
        Text(one.text, one.href, one.lang, note=True)
        for one in record_link(locale, "organizations", source["publisher"])
    )
    return Row(
        (plain(locale.date(source["published"])), Cell((title, *publisher)), Cell(tuple(_events(source, locale))))
    )


def _events(source: Record, locale: Locale) -> Iterator[Text]:
    events = source["events"]
    for event in events["nodes"][:SHOWN_EVENTS]:
        people = [next(_subject(one["participant"], locale)).text for one in event["subjects"]["nodes"]]
        more = event["subjects"]["totalCount"] - len(people)
        words = event_name(event, locale)
        if people and people[0] in words:
            people, more = [], 0
        people += [locale.plural("and %(n)s more", "and %(n)s more", more)] if more > 0 else []
        yield Text(f"{words}: {', '.join(people)}" if people else words, event_path(event, locale), note=True)
    n = events["totalCount"] - SHOWN_EVENTS
    if n > 0:
        yield Text(
            locale.plural("and %(n)s more", "and %(n)s more", n), f"{locale.prefix}/sources/{source['id']}", note=True
        )


def _subject(participant: Record, locale: Locale) -> Iterator[Text]:
    yield from record_link(locale, "people" if participant["__typename"] == "Person" else "groups", participant)


def news_file_rows(data: Record) -> list[FileRow]:
    """Return the publications as lines of a file; a cell says how many events more there are than it names.

    Raises HttpError where not all publications were sent.
    """
    sources = data["sources"]
    if sources["pageInfo"]["hasNextPage"]:
        raise too_long(sources["totalCount"], len(sources["nodes"]))
    return [
        {
            "source": one["id"],
            "title": one["title"],
            "publisher": one["publisher"]["name"] if one["publisher"] else None,
            **date_cells("published", one["published"]),
            "events": named_of([event["id"] for event in one["events"]["nodes"]], one["events"]["totalCount"]),
            "events_total": one["events"]["totalCount"],
            "url": one["url"],
        }
        for one in _with_events(sources)
    ]


NEWS: Final = QueryPage(
    name="news",
    path="/news",
    parameters=("since", "after", "start"),
    rows_in_a_file=ROWS_IN_A_FILE,
    variables=news_variables,
    view=news_view,
    file_rows=news_file_rows,
    notice=ALL_LINES,
)
