"""The codes of problems: what each means, one example that has it and one that has not. A code that was printed once keeps its meaning.

``detention-graph explain CODE`` prints an entry, ``docs/problems.md`` has them all.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Final, NamedTuple


class Severity(StrEnum):
    """What a code does to a load."""

    ERROR = "error"
    """Stops it."""
    DECISION = "decision"
    """Stops it, unless the record accepts the code with a reason."""
    WARNING = "warning"
    """Stops nothing, unless ``--strict`` is asked for; the record may accept it with a reason."""


class ProblemCode(NamedTuple):
    """A code, what it does to a load, what it means, one example that has it and one that has not."""

    code: str
    severity: Severity
    meaning: str
    wrong: str
    right: str


def _error(code: str, meaning: str, wrong: str, right: str) -> ProblemCode:
    return ProblemCode(code, Severity.ERROR, meaning, wrong, right)


def _decision(code: str, meaning: str, wrong: str, right: str) -> ProblemCode:
    return ProblemCode(code, Severity.DECISION, meaning, wrong, right)


def _warning(code: str, meaning: str, wrong: str, right: str) -> ProblemCode:
    return ProblemCode(code, Severity.WARNING, meaning, wrong, right)


CODES: Final[Mapping[str, ProblemCode]] = MappingProxyType(
    {
        one.code: one
        for one in (
            _error(
                "accept",
                "An entry of `accept:` that names no warning or decision, or gives no reason.",
                "accept: [same-name]",
                "accept: [{code: same-name, why: two courts of one name in two towns}]",
            ),
            _error(
                "characters",
                "An invisible or unassigned character, or a letter in two characters; look-alike blanks and hyphens are a warning and are replaced.",
                'name: "Kher\\u200bson"',
                "name: Kherson",
            ),
            _error(
                "choices",
                "An entry of `choices:` that chooses nothing that a source says.",
                "{id: c, about: a-person}",
                "{id: c, about: a-person, property: born, value: 1980, reason: the court says so}",
            ),
            _error("circle", "Records that lie in one another.", "{id: a, within: b}, {id: b, within: a}", "{id: b}"),
            _error(
                "cite",
                "Something without a source.",
                "{id: a-person, name: A Person}",
                "{id: a-person, name: A Person, cite: {source: a-report, at: ¶ 3}}",
            ),
            _error(
                "claims",
                "An entry of `claims:` about no record, or about a source.",
                "{id: c, values: {born: 1980}}",
                "{id: c, about: a-person, values: {born: 1980}, cite: …}",
            ),
            _error(
                "collection",
                "A declaration `collection.yaml` without what it needs: who answers for the collection, and for real people why their data is processed.",
                "{id: ours, title: Our records}",
                "{id: ours, title: Our records, steward: olena, licence: CC-BY-4.0, subjects: synthetic}",
            ),
            _error("column", "A column that the table does not have.", 'name: "{Nmae}"', 'name: "{Name}"'),
            _error("country", "No code of a country.", "country: Ukraine", "country: UA"),
            _error("date", "No date in EDTF.", "date: 15 March 2025", "date: 2025-03-15"),
            _error("day", "No single day.", "retrieved: 2025", "retrieved: 2025-03-15"),
            _error("depth", "Values nested too deep.", "a list in a list in a list …", "at most 12 levels"),
            _error(
                "do-no-harm",
                "What must not be public: counsel, or a judge or perpetrator on the word of a source that may not name them.",
                "{who: a-lawyer, role: counsel}",
                "{who: a-lawyer, role: counsel, sensitivity: restricted}",
            ),
            _error("duplicate-key", "One key twice.", "{id: a, id: b}", "{id: a}"),
            _error("empty", "A file without records.", "(nothing)", "people: […]"),
            _error(
                "encoding",
                "A file that is not in UTF-8, or a table in another encoding than its mapping states.",
                "a file in cp1251",
                "a file in UTF-8",
            ),
            _error("flag", "Neither true nor false.", "in-absentia: maybe", "in-absentia: true"),
            _error("formula", "A formula of a workbook whose result was not stored.", "=A1", "2012-02-01"),
            _error("header", "Columns without a name, or with one name twice.", "Name,Name", "Name,Other name"),
            _error("id", "No valid id.", "id: Ivan_Testenko", "id: ivan-testenko"),
            _error("identity", "Judgements that contradict each other.", "a = b, b = c, and a and c differ", "a = b"),
            _error(
                "kind",
                "A record that changes its kind while others refer to it.",
                "a site becomes a person",
                "a new record",
            ),
            _error(
                "known-from",
                "A source of which no day tells when it was known.",
                "{id: a-report, title: …}",
                "{id: a-report, title: …, published: 2025}",
            ),
            _error(
                "judgements",
                "An entry of `judgements:` that judges nothing, or without its author, day and reason.",
                "{id: j-1, records: [a-person], verdict: unsure}",
                "{id: j-1, records: [a-person, b-person], verdict: unsure, by: olena, on: 2026-11-28, why: no birth is known}",
            ),
            _error("language", "No BCP-47 language.", "language: English", "language: en"),
            _error(
                "link", "A reference that is no id.", "court: Kherson regional court", "court: kherson-regional-court"
            ),
            _error("look-up", "A cell that a table of `values` does not list.", "Prison No. 9", "add it under values:"),
            _error("mapping", "A mapping of a table that cannot be read.", "records: people", "records: [people: {…}]"),
            _error(
                "merged-cells", "Cells of a workbook that are one.", "a name over three rows", "the name in each row"
            ),
            _error(
                "moved",
                "A former id that is in use, or about which other entries still say something.",
                "moved: [{from: a-source, to: another-source}]",
                "moved: [{from: org-former, to: org-present}]",
            ),
            _error("name", "No name.", "names: [{language: uk}]", "names: [{text: Ірина, language: uk}]"),
            _error("no-anchors", "Anchors and aliases of YAML.", "cite: *cite", "the value written out"),
            _error("no-file", "A path without a file.", "seeds/nothing.yaml", "seeds/articles"),
            _error("no-files", "A folder without seed files.", "an empty folder", "a folder of .yaml files"),
            _error(
                "later-load",
                "A load that cannot be reverted by itself: a later one changed the same entries, or a record was withdrawn.",
                "detention-graph revert 4",
                "detention-graph revert 4 --with-later",
            ),
            _error(
                "no-reader",
                "A workbook, and nothing installed that reads it.",
                "list.xlsx",
                "install detention-graph[tables]",
            ),
            _error("no-tags", "Tags of YAML.", "!!python/name:os.system", "the value alone"),
            _error(
                "offence", "No offence.", "offences: [espionage]", "offences: [{code: espionage, article: RU-UK 276}]"
            ),
            _error(
                "order",
                "Events that follow each other in a circle, or without a possible day.",
                "{id: a, after: [b]}, {id: b, after: [a]}",
                "{id: b, after: [a]}",
            ),
            _error(
                "owner",
                "An id of another collection. What one collection states is corrected by its steward; others add entries of `claims:`.",
                "people: [{id: somebody-elses, name: Another Name}]",
                "claims: [{id: ours-on-them, about: somebody-elses, values: {born: 1980}}]",
            ),
            _error("quantity", "No quantity.", "quantity: many", 'quantity: "about 50"'),
            _error(
                "reference",
                "The id of no record, or of one of another kind.",
                "places: [kherson] without such a place",
                "places: [kherson-city]",
            ),
            _error(
                "required",
                "A key that has to be there.",
                "{id: an-event, date: 2022}",
                "{id: an-event, kind: detention, date: 2022}",
            ),
            _error("row", "A row of a table with more cells than columns.", "a,b,c under two columns", "a,b"),
            _error("row-ids", "A file of ids of a table that cannot be read.", "another header", "record,row,key,id"),
            _error(
                "row-key",
                "Two rows of one key, or a key that changed in its row.",
                "a corrected name",
                "detention-graph table ids MAPPING --renamed",
            ),
            _error(
                "said-by",
                "A speaker that is neither a record nor a role.",
                "said-by: somebody",
                "said-by: {role: relative}",
            ),
            _error("sections", "A part of a file that is no list of records.", "persons: […]", "people: […]"),
            _error("sentence", "No sentence.", "sentence: 12 years", "sentence: {years: 12}"),
            _error("sha256", "No SHA-256.", "sha256: abc", "64 hexadecimal digits"),
            _error("sheet", "A sheet that the workbook does not have.", "sheet: Lists", "sheet: List"),
            _error(
                "span", "An end before its beginning.", "date: 2022-08, until: 2022-05", "date: 2022-05, until: 2022-08"
            ),
            _error(
                "still-named",
                "A record that goes while stored records refer to it.",
                "a removed site",
                "remove the references in the same batch",
            ),
            _error(
                "resembles-withheld",
                "A record that stewards have to review.",
                "a new record",
                "--not-the-same a-person",
            ),
            _error("suffix", "A file of another type.", "list.toml", "list.yaml"),
            _error("syntax", "A file that is not YAML, JSON, CSV or XLSX.", "{id: a", "{id: a}"),
            _error("text", "A text that is empty or too long.", 'name: ""', "name: Iryna Example"),
            _error(
                "type",
                "A list where one value is expected, or the other way round.",
                "nationalities: UA",
                "nationalities: [UA]",
            ),
            _error(
                "unique-id",
                "One id twice.",
                "two records with the id a-person",
                "what another source says stands under claims:",
            ),
            _error("unknown-key", "A key that the kind does not have.", "type: detention", "kind: detention"),
            _error("unreadable", "A file that may not be read.", "a file without permission", "a readable file"),
            _error("unused-column", "A column of a table that no record uses.", "a column of notes", "unused: [Notes]"),
            _error("url", "No address.", "url: www.example.org", 'url: "https://www.example.org/"'),
            _error(
                "withheld", "A record or reference that is withheld.", "an id under withheld: in use", "take it out"
            ),
            _error("word", "A word that the list does not have.", "kind: arrest", "kind: detention"),
            _warning(
                "address",
                "The address of a source that nobody else can open.",
                'url: "http://localhost/a"',
                'url: "https://example.org/a"',
            ),
            _error(
                "after-death",
                "An event that somebody lives through, after their death.",
                "death 2022, detention 2024",
                "check whose death it is",
            ),
            _warning(
                "age", "A birth in the future or after an event, or an age over 110 years.", "born: 2030", "born: 1980"
            ),
            _warning(
                "data-protection",
                "A collection that does not say whether the people in it are real.",
                "{id: ours, title: Our records, steward: olena, licence: CC-BY-4.0}",
                "{id: ours, title: Our records, steward: olena, licence: CC-BY-4.0, subjects: synthetic}",
            ),
            _warning(
                "first-of-month",
                "Dates of a table on the first of a month, read as the month.",
                "2012-02-01",
                "2012-02",
            ),
            _warning(
                "first-of-year",
                "A birth on a first of January, as lists write a year.",
                "born: 1980-01-01",
                "born: 1980",
            ),
            _error(
                "harm",
                "A public claim that must be restricted: a minor's day of birth, a compulsory measure, or where somebody within reach is held.",
                "{id: a-minor, born: 2010-03-04}",
                "{id: a-minor, born: 2010}",
            ),
            _decision(
                "suspected-harm",
                "A public text that seems to tell of contacts, health, sexual violence, relatives, counsel, cells, pressure, service or exchange lists.",
                "description: has diabetes",
                "a restricted entry, or accept: [{code: suspected-harm, why: a group of whom nobody is named}]",
            ),
            _warning("locator", "A place in a source that nobody can find.", "at: lorem ipsum", "at: ¶ 3"),
            _warning("long-term", "A term of more than 35 years.", "sentence: {years: 200}", "sentence: {years: 20}"),
            _warning(
                "no-match",
                "Rows of a table that no pattern of the mapping matches.",
                "Арест. without a day",
                "another pattern",
            ),
            _warning("no-name", "A name that names nobody.", 'name: "?"', "a group of unnamed people"),
            _warning(
                "no-side",
                "Somebody handed over to a side that the exchange does not have.",
                "{who: a, side: ukraine} without sides:",
                "sides: [{to: ukraine}]",
            ),
            _error(
                "nobody",
                "An event of nobody.",
                "{kind: conviction, participants: []}",
                "participants: [{who: a-person}]",
            ),
            _error("published-ahead", "A source published after today.", "published: 2031", "published: 2021"),
            _decision(
                "read-before-published",
                "A source read before it was published.",
                "published: 2024, retrieved: 2020-01-01",
                "retrieved: 2024-06-01",
            ),
            _warning(
                "release-first",
                "A return before every known detention.",
                "exchange 2023, detention 2024",
                "the detention before it",
            ),
            _warning(
                "same-event",
                "Two events of one kind, person and day.",
                "two detentions on 2022-08-01",
                "one, with claims: of the second source",
            ),
            _warning(
                "same-name",
                "Two organizations, places or sites of one name.",
                "Synthetic court, Synthetic Court",
                "one record",
            ),
            _warning(
                "same-person",
                "Two people of one name in any script, whose births may be one.",
                "Ivan Testenko, Іван Тестенко",
                "one record, or accept: with a reason",
            ),
            _warning("same-site", "A transfer from a site to itself.", "from-site: a, to-site: a", "two sites"),
            _warning("same-source", "Two sources with one address.", "url of another source", "one source"),
            _error("twice", "Somebody twice in one role of one event.", "[{who: a}, {who: a}]", "[{who: a}]"),
            _warning(
                "undated-verdict",
                "A judgment without date and order.",
                "{kind: conviction}",
                "date: 2023-03 or after: […]",
            ),
            _error(
                "verdict-order",
                "A trial after its outcome, or an appeal before its decision or of somebody else's.",
                "trial 2023-02, outcome 2023-01",
                "the right dates",
            ),
            _error(
                "who",
                "A court or other body as the one to whom something happened.",
                "participants: [{who: a-court}]",
                "court: a-court",
            ),
            _warning("year", "A source published before 1900.", "published: 1023", "published: 2023"),
        )
    }
)
ACCEPTABLE: Final = frozenset(code for code, one in CODES.items() if one.severity is not Severity.ERROR)
"""The codes that a record may accept with a reason."""


def is_warning(code: str) -> bool:
    """Whether a code stops no load. A code that is not listed stops it.

    >>> is_warning("same-name"), is_warning("suspected-harm"), is_warning("reference")
    (True, False, False)
    """
    return code in CODES and CODES[code].severity is Severity.WARNING


def code_text(one: ProblemCode) -> str:
    """Return an entry as text."""
    return f"{one.code} ({one.severity}): {one.meaning}\n  wrong: {one.wrong}\n  right: {one.right}"


def problems_document() -> str:
    """Return docs/problems.md."""
    head = """# Problems

What `validate` and `load` report: file, line and column, a message, and a code in brackets. An error stops the load of the
whole batch. A decision stops it as well, until its record accepts it with a reason. A warning stops nothing, unless
`validate --strict` is asked for; a record accepts one with `accept: [{code: same-name, why: two courts of one name}]`.
`detention-graph explain CODE` prints an entry. This page is generated: `detention-graph explain --all > docs/problems.md`.

| code | severity | meaning | wrong | right |
|---|---|---|---|---|
"""
    return head + "".join(
        f"| `{one.code}` | {one.severity} | {one.meaning} | `{one.wrong}` | `{one.right}` |\n" for one in CODES.values()
    )
