"""The codes of problems: what each means, one example that has it and one that has not. A code that was printed once keeps its meaning.

``detention-graph explain CODE`` prints an entry, ``docs/problems.md`` has them all.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from graph_api.ingest.lint_codes import LINT_CODES
from graph_api.ingest.problem_code import ProblemCode, Severity, error

CODES: Final[Mapping[str, ProblemCode]] = MappingProxyType(
    {
        one.code: one
        for one in (
            error(
                "accept",
                "An entry of `accept:` that names no warning or decision, or gives no reason.",
                "accept: [same-name]",
                "accept: [{code: same-name, why: two courts of one name in two towns}]",
            ),
            error(
                "characters",
                "An invisible or unassigned character, or a letter in two characters; look-alike blanks and hyphens are a warning and are replaced.",
                'name: "Kher\\u200bson"',
                "name: Kherson",
            ),
            error(
                "choices",
                "An entry of `choices:` that chooses nothing that a source says.",
                "{id: a-choice, about: a-person}",
                "{id: a-choice, about: a-person, property: born, value: 1980, reason: the court says so}",
            ),
            error(
                "circle",
                "Records that lie in one another.",
                "{id: a-town, within: a-region}, {id: a-region, within: a-town}",
                "{id: a-town, within: a-region}, {id: a-region}",
            ),
            error(
                "cite",
                "Something without a source.",
                "{id: a-person, name: A Person}",
                "{id: a-person, name: A Person, cite: {source: a-report, at: ¶ 3}}",
            ),
            error(
                "claims",
                "An entry of `claims:` about no record, or about a source.",
                "{id: more-on-a-person, values: {born: 1980}}",
                "{id: more-on-a-person, about: a-person, values: {born: 1980}, cite: …}",
            ),
            error(
                "collection",
                "A declaration `collection.yaml` without what it needs: who answers for the collection, and for real people why their data is processed.",
                "{id: ours, title: Our records}",
                "{id: ours, title: Our records, steward: olena, licence: CC-BY-4.0, subjects: synthetic}",
            ),
            error("column", "A column that the table does not have.", 'name: "{Nmae}"', 'name: "{Name}"'),
            error("country", "No code of a country.", "country: Ukraine", "country: UA"),
            error("date", "No date in EDTF.", "date: 15 March 2025", "date: 2025-03-15"),
            error("day", "No single day.", "retrieved: 2025", "retrieved: 2025-03-15"),
            error("depth", "Values nested too deep.", "a list in a list in a list …", "at most 12 levels"),
            error(
                "do-no-harm",
                "What must not be public: counsel, or a judge or perpetrator on the word of a source that may not name them.",
                "{who: a-lawyer, role: counsel}",
                "{who: a-lawyer, role: counsel, sensitivity: restricted}",
            ),
            error("duplicate-key", "One key twice.", "{id: a-person, id: b-person}", "{id: a-person}"),
            error("empty", "A file without records.", "(nothing)", "people: […]"),
            error(
                "encoding",
                "A file that is not in UTF-8, or a table in another encoding than its mapping states.",
                "a file in cp1251",
                "a file in UTF-8",
            ),
            error("flag", "Neither true nor false.", "in-absentia: maybe", "in-absentia: true"),
            error("formula", "A formula of a workbook whose result was not stored.", "=A1", "2012-02-01"),
            error("header", "Columns without a name, or with one name twice.", "Name,Name", "Name,Other name"),
            error("id", "No valid id.", "id: Ivan_Testenko", "id: ivan-testenko"),
            error(
                "identity",
                "Judgements that contradict each other.",
                "one-person is second-person, second-person is third-person, and one-person and third-person differ",
                "one-person is second-person",
            ),
            error(
                "kind",
                "A record that changes its kind while others refer to it.",
                "a site becomes a person",
                "a new record",
            ),
            error(
                "known-from",
                "A source of which no day tells when it was known.",
                "{id: a-report, title: …}",
                "{id: a-report, title: …, published: 2025}",
            ),
            error(
                "judgements",
                "An entry of `judgements:` that judges nothing, or without its author, day and reason.",
                "{id: j-1, records: [a-person], verdict: unsure}",
                "{id: j-1, records: [a-person, b-person], verdict: unsure, by: olena, on: 2026-11-28, why: no birth is known}",
            ),
            error("language", "No BCP-47 language.", "language: English", "language: en"),
            error(
                "link", "A reference that is no id.", "court: Kherson regional court", "court: kherson-regional-court"
            ),
            error("look-up", "A cell that a table of `values` does not list.", "Prison No. 9", "add it under values:"),
            error("mapping", "A mapping of a table that cannot be read.", "records: people", "records: [people: {…}]"),
            error(
                "merged-cells", "Cells of a workbook that are one.", "a name over three rows", "the name in each row"
            ),
            error(
                "moved",
                "A former id that is in use, or about which other entries still say something.",
                "moved: [{from: a-source, to: another-source}]",
                "moved: [{from: org-former, to: org-present}]",
            ),
            error("name", "No name.", "names: [{language: uk}]", "names: [{text: Ірина, language: uk}]"),
            error("no-anchors", "Anchors and aliases of YAML.", "cite: *cite", "the value written out"),
            error("no-file", "A path without a file.", "seeds/nothing.yaml", "seeds/articles"),
            error("no-files", "A folder without seed files.", "an empty folder", "a folder of .yaml files"),
            error(
                "later-load",
                "A load that cannot be reverted by itself: a later one changed the same entries, or a record was withdrawn.",
                "detention-graph revert 4",
                "detention-graph revert 4 --with-later",
            ),
            error(
                "no-reader",
                "A workbook, and nothing installed that reads it.",
                "list.xlsx",
                "install detention-graph[tables]",
            ),
            error("no-tags", "Tags of YAML.", "!!python/name:os.system", "the value alone"),
            error(
                "offence", "No offence.", "offences: [espionage]", "offences: [{code: espionage, article: RU-UK 276}]"
            ),
            error(
                "order",
                "Events that follow each other in a circle, or without a possible day.",
                "{id: a-trial, after: [a-charge]}, {id: a-charge, after: [a-trial]}",
                "{id: a-trial, after: [a-charge]}, {id: a-charge}",
            ),
            error(
                "owner",
                "An id of another collection. What one collection states is corrected by its steward; others add entries of `claims:`.",
                "people: [{id: somebody-elses, name: Another Name}]",
                "claims: [{id: ours-on-them, about: somebody-elses, values: {born: 1980}}]",
            ),
            error("quantity", "No quantity.", "quantity: many", 'quantity: "about 50"'),
            error(
                "reference",
                "The id of no record, or of one of another kind.",
                "places: [kherson] without such a place",
                "places: [kherson-city]",
            ),
            error(
                "required",
                "A key that has to be there.",
                "{id: an-event, date: 2022}",
                "{id: an-event, kind: detention, date: 2022}",
            ),
            error("row", "A row of a table with more cells than columns.", "a,b,c under two columns", "a,b"),
            error("row-ids", "A file of ids of a table that cannot be read.", "another header", "record,row,key,id"),
            error(
                "row-key",
                "Two rows of one key, or a key that changed in its row.",
                "a corrected name",
                "detention-graph table ids MAPPING --renamed",
            ),
            error(
                "said-by",
                "A speaker that is neither a record nor a role.",
                "said-by: somebody",
                "said-by: {role: relative}",
            ),
            error("sections", "A part of a file that is no list of records.", "persons: […]", "people: […]"),
            error("sentence", "No sentence.", "sentence: 12 years", "sentence: {years: 12}"),
            error("sha256", "No SHA-256.", "sha256: abc", "64 hexadecimal digits"),
            error("sheet", "A sheet that the workbook does not have.", "sheet: Lists", "sheet: List"),
            error(
                "span", "An end before its beginning.", "date: 2022-08, until: 2022-05", "date: 2022-05, until: 2022-08"
            ),
            error(
                "still-named",
                "A record that goes while stored records refer to it.",
                "a removed site",
                "remove the references in the same batch",
            ),
            error(
                "resembles-withheld",
                "A record that stewards have to review.",
                "a new record",
                "--not-the-same a-person",
            ),
            error("suffix", "A file of another type.", "list.toml", "list.yaml"),
            error("syntax", "A file that is not YAML, JSON, CSV or XLSX.", "{id: a-person", "{id: a-person}"),
            error("text", "A text that is empty or too long.", 'name: ""', "name: Iryna Example"),
            error(
                "type",
                "A list where one value is expected, or the other way round.",
                "nationalities: UA",
                "nationalities: [UA]",
            ),
            error(
                "unique-id",
                "One id twice.",
                "two records with the id a-person",
                "what another source says stands under claims:",
            ),
            error("unknown-key", "A key that the kind does not have.", "type: detention", "kind: detention"),
            error(
                "unknown-withheld",
                "An id to be withheld, hidden or erased that nothing in the graph has, or one to be readmitted that it does not withhold.",
                "withheld: [a-persn]",
                "withheld: [a-person], or --ahead for an id that is not loaded yet",
            ),
            error("unreadable", "A file that may not be read.", "a file without permission", "a readable file"),
            error("unused-column", "A column of a table that no record uses.", "a column of notes", "unused: [Notes]"),
            error("url", "No address.", "url: www.example.org", 'url: "https://www.example.org/"'),
            error("withheld", "A record or reference that is withheld.", "an id under withheld: in use", "take it out"),
            error("word", "A word that the list does not have.", "kind: arrest", "kind: detention"),
            *LINT_CODES,
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
