"""The codes of what the lints find: what cannot be, what is doubtful, what must not be public."""

from __future__ import annotations

from typing import Final

from graph_api.ingest.problem_code import ProblemCode, decision, error, warning

LINT_CODES: Final[tuple[ProblemCode, ...]] = (
    warning(
        "address",
        "The address of a source that nobody else can open.",
        'url: "http://localhost/a"',
        'url: "https://example.org/a"',
    ),
    error(
        "after-death",
        "An event that somebody lives through, after their death.",
        "death 2022, detention 2024",
        "check whose death it is",
    ),
    warning("age", "A birth in the future or after an event, or an age over 110 years.", "born: 2030", "born: 1980"),
    warning(
        "alone-against-many",
        "A source that differs in several values from two others or more, on a person and their events, and agrees with none: it may mean another person.",
        "born 1961, convicted in 2024, where one other source says 1983 and another 2023",
        "a record of its own for the other person, or accept: [{code: alone-against-many, why: the court names the same passport}]",
    ),
    warning(
        "article-code",
        "An article of a criminal code with the word of another offence, or of which the code has none.",
        "{code: espionage, article: RU-UK 105}",
        "{code: espionage, article: RU-UK 276}",
    ),
    warning(
        "data-protection",
        "A collection that does not say whether the people in it are real.",
        "{id: ours, title: Our records, steward: olena, licence: CC-BY-4.0}",
        "{id: ours, title: Our records, steward: olena, licence: CC-BY-4.0, subjects: synthetic}",
    ),
    warning(
        "figure-side",
        "A figure of people handed over that names no side, so that nobody knows which side's people are counted.",
        "{measure: freed, quantity: 75 people}",
        "{measure: freed, quantity: 75 people, side: ukraine}, or accept: where the source counts both sides together",
    ),
    warning(
        "first-of-month",
        "Dates of a table on the first of a month, read as the month.",
        "2012-02-01",
        "2012-02",
    ),
    warning(
        "first-of-year",
        "A birth on a first of January, as lists write a year.",
        "born: 1980-01-01",
        "born: 1980",
    ),
    error(
        "harm",
        "A public claim that must be restricted: a minor's day of birth, a compulsory measure, or where somebody within reach is held.",
        "{id: a-minor, born: 2010-03-04}",
        "{id: a-minor, born: 2010}",
    ),
    decision(
        "suspected-harm",
        "A public text that seems to tell of contacts, health, sexual violence, relatives, counsel, cells, pressure, service or exchange lists.",
        "description: has diabetes",
        "a restricted entry, or accept: [{code: suspected-harm, why: a group of whom nobody is named}]",
    ),
    warning("locator", "A place in a source that nobody can find.", "at: lorem ipsum", "at: ¶ 3"),
    warning("long-term", "A term of more than 35 years.", "sentence: {years: 200}", "sentence: {years: 20}"),
    warning(
        "mixed-scripts",
        "A word with letters of two scripts, most often a Cyrillic letter that looks like a Latin one.",
        "name: Olha Zrazоk, with a Cyrillic о",
        "name: Olha Zrazok",
    ),
    warning(
        "no-date",
        "A source without a date of publication, which counts as known from the day on which somebody read it.",
        "{title: A report, retrieved: 2026-11-22}",
        "published: 2024-03, as its words or address bound it, or accept: [{code: no-date, why: the page shows no date}]",
    ),
    warning(
        "no-match",
        "Rows of a table that no pattern of the mapping matches.",
        "Арест. without a day",
        "another pattern",
    ),
    warning("no-name", "A name that names nobody.", 'name: "?"', "a group of unnamed people"),
    warning(
        "no-publisher",
        "A source that does not say who published it.",
        "{title: A report, kind: ngo}",
        "publisher: an-organization",
    ),
    warning(
        "no-side",
        "Somebody handed over to a side that the exchange does not have.",
        "{who: a-person, side: ukraine} without sides:",
        "sides: [{to: ukraine}]",
    ),
    error(
        "nobody",
        "An event of nobody.",
        "{kind: conviction, participants: []}",
        "participants: [{who: a-person}]",
    ),
    error("published-ahead", "A source published after today.", "published: 2031", "published: 2021"),
    decision(
        "read-before-published",
        "A source read before it was published.",
        "published: 2024, retrieved: 2020-01-01",
        "retrieved: 2024-06-01",
    ),
    warning(
        "release-first",
        "A return before every known detention.",
        "exchange 2023, detention 2024",
        "the detention before it",
    ),
    warning(
        "same-event",
        "Two events of one kind, person and day.",
        "two detentions on 2022-08-01",
        "one, with claims: of the second source",
    ),
    warning(
        "same-name",
        "Two organizations, places or sites of one name.",
        "Synthetic court, Synthetic Court",
        "one record",
    ),
    warning(
        "same-person",
        "Two people of one name in any script, whose births may be one.",
        "Ivan Testenko, Іван Тестенко",
        "one record, or accept: with a reason",
    ),
    warning(
        "same-site",
        "A transfer from a site to itself.",
        "from-site: a-prison, to-site: a-prison",
        "from-site: a-prison, to-site: b-prison",
    ),
    warning("same-source", "Two sources with one address.", "url of another source", "one source"),
    error(
        "twice", "Somebody twice in one role of one event.", "[{who: a-person}, {who: a-person}]", "[{who: a-person}]"
    ),
    warning(
        "undated-verdict",
        "A judgment without date and order.",
        "{kind: conviction}",
        "date: 2023-03 or after: […]",
    ),
    error(
        "verdict-order",
        "A trial after its outcome, or an appeal before its decision or of somebody else's.",
        "trial 2023-02, outcome 2023-01",
        "the right dates",
    ),
    error(
        "who",
        "A court or other body as the one to whom something happened.",
        "participants: [{who: a-court}]",
        "court: a-court",
    ),
    warning("year", "A source published before 1900.", "published: 1023", "published: 2023"),
)
