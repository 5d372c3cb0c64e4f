"""The data dictionary: all that ONTOLOGY says exists, as a page of tables. ``docs/data-dictionary.md`` is its text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Final

from graph_api.ontology import vocabulary
from graph_api.ontology.event_types import EVENT_TYPES, KINDS_OF_EVENTS, EventType, event_type
from graph_api.ontology.kinds import Kind
from graph_api.ontology.names import Label, Rel, event_label
from graph_api.ontology.properties import NestedRecord, Property
from graph_api.ontology.registry import ONTOLOGY
from graph_api.ontology.vocabulary import EventKind
from graph_api.values.offences import OFFENCE_CODES
from graph_api.values.quantities import Operator, Unit
from graph_api.values.sentences import SentenceKind
from graph_api.values.words import WordList, seed_word

LISTS: Final[tuple[type[WordList], ...]] = (
    vocabulary.SourceKind,
    vocabulary.PersonCategory,
    vocabulary.Sex,
    vocabulary.OrganizationKind,
    vocabulary.Standing,
    vocabulary.Custody,
    vocabulary.LegalState,
    vocabulary.PlaceKind,
    vocabulary.SiteKind,
    vocabulary.Role,
    vocabulary.AppealResult,
    vocabulary.ReleaseGround,
    SentenceKind,
    Operator,
    Unit,
    vocabulary.Modality,
    vocabulary.Sensitivity,
)
"""The closed word lists that seed files use, event kinds apart, which have a table of their own."""

_HEAD: Final = """# Data dictionary

Written from `graph_api/ontology` by `dictionary()`; a test holds it fresh. The names are those of seed files. The same word in the graph has
underscores for hyphens (`origin_checked`), in GraphQL capitals (`originChecked`); relationships are in capitals. Every value rests on claims
that cite a source; of several values a property shows one, and a property of *many* values shows all of them. `seeds/README.md` has an
example of each kind.
"""


def dictionary(migrations: Sequence[str]) -> str:
    """Return the whole dictionary. ``migrations`` are the texts of the schema statements, in order."""
    parts = {part.name: part for kind in ONTOLOGY.kinds for part in kind.parts}
    parts |= {part.name: part for event in EventKind for part in ONTOLOGY.kind("event", event).parts}
    chapters = [
        _HEAD,
        "## Kinds of records\n",
        *(_kind(kind) for kind in ONTOLOGY.kinds),
        "## What kinds of events say beyond that\n",
        *(_properties(f"### {of.name}\n\n{_of_type(of)}", of.properties) for of in EVENT_TYPES),
        "## Kinds of events\n",
        _events(),
        "## Parts of records\n\nA part has evidence of its own. Two parts of one record are one where their identity is equal.\n",
        *(_part(part) for part in parts.values()),
        "## Word lists\n",
        *map(_word_list, LISTS),
        _table(
            "### Offence codes\n\nOthers may be used as well.",
            ("word",),
            ([code.lower().replace("_", "-")] for code in OFFENCE_CODES),
        ),
        "## In the graph\n",
        _table("### Labels", ("label",), ([label.value] for label in Label)),
        "An event has a label of its kind besides: "
        + ", ".join(f"`{event_label(kind)}`" for kind in EventKind)
        + ".\n",
        _table(
            "### Relationships", ("type", "stated by"), ([rel.value, _stated_by(rel, parts.values())] for rel in Rel)
        ),
        _table("### Constraints and indexes", ("name", "what"), _schema(migrations)),
    ]
    return "\n".join(chapters)


def _kind(kind: Kind) -> str:
    has = f" Has {' and '.join(f'`{part.name}`' for part in kind.parts)}." if kind.parts else ""
    actor = " Can act: mediate, hold offices, speak." if kind.is_actor else ""
    return _properties(
        f"### {kind.name}\n\nSection `{kind.section}`, label `{kind.label.value}`.{actor}{has}", kind.properties
    )


def _properties(head: str, properties: Iterable[Property]) -> str:
    return _table(head, ("property", "what", "type", "values", "required"), (_property(one) for one in properties))


def _property(prop: Property) -> list[str]:
    what = prop.value_type.description
    if prop.vocabulary is not None:
        what = f"a word of [{prop.vocabulary.__name__}](#{prop.vocabulary.__name__.lower()})"
    if prop.is_link:
        what = " or ".join(_target(target) for target in prop.targets)
    return [f"`{prop.name}`", prop.description, what, "many" if prop.many else "one", "yes" if prop.required else ""]


def _target(name: str) -> str:
    base, _, event = name.partition("/")
    return f"{base} of kind {seed_word(EventKind(event))}" if event else base


def _of_type(declared: EventType) -> str:
    kinds = ", ".join(seed_word(one.kind) for one in declared.kinds)
    return f"{declared.description} Events of the kind {kinds}." + (
        "" if declared.properties else " They have no further properties."
    )


def _events() -> str:
    rows = (
        [
            seed_word(kind),
            kind.value,
            event_type(kind),
            KINDS_OF_EVENTS[kind].description,
            "yes" if KINDS_OF_EVENTS[kind].is_lasting else "",
            "yes" if KINDS_OF_EVENTS[kind].is_at_one_place else "",
            KINDS_OF_EVENTS[kind].stage.name.lower(),
        ]
        for kind in EventKind
    )
    return _table(
        "",
        (
            "kind",
            "GraphQL",
            "GraphQL type",
            "what",
            "lasts until its stated end",
            "different places are disputed",
            "stage",
        ),
        rows,
    )


def _part(part: NestedRecord) -> str:
    return _properties(
        f"### {part.name}\n\nIdentity: {', '.join(f'`{name}`' for name in part.identity)}.", part.properties
    )


def _word_list(words: type[WordList]) -> str:
    described = " ".join((words.__doc__ or "").split())
    rows = ([seed_word(word), word.value, word.description] for word in words)
    return _table(f"### {words.__name__}\n\n{described}", ("word", "GraphQL", "what"), rows)


def _stated_by(rel: Rel, parts: Iterable[NestedRecord]) -> str:
    kinds = [*ONTOLOGY.kinds, *(ONTOLOGY.kind("event", event) for event in EventKind)]
    said = {f"`{prop.name}` of {kind.name}" for kind in kinds for prop in kind.properties if prop.rel is rel}
    said |= {
        f"`{prop.name}` of a part of `{part.name}`" for part in parts for prop in part.properties if prop.rel is rel
    }
    derived = {
        Rel.CITES: "every record and claim, to the sources it rests on",
        Rel.SAID_BY: "`said-by` of a claim or figure",
        Rel.HOLDS: "a record, to its positions",
        Rel.CONTROLLED: "a place or site, to who held it",
        Rel.NAMES: "a claim, to the records that its values name",
        Rel.DIFFERS_ON: "a difference, to the record that it is on",
        Rel.BETWEEN: "a difference, to the claims that differ",
        Rel.RELIES_ON: "a person, to the claims that the status relies on",
        Rel.STAYED: "a person or group, to their stays",
        Rel.STAY_AT: "a stay, to its site",
        Rel.FOLLOWS_FROM: "a stay, to the events that it follows from",
    }
    return ", ".join(sorted(said)) or derived.get(rel, "")


def _schema(migrations: Iterable[str]) -> Iterable[list[str]]:
    text = ";".join(migrations)
    dropped = set(re.findall(r"DROP INDEX (\w+)", text))
    for statement in text.split(";"):
        lines = [line.strip() for line in statement.splitlines() if line.strip() and not line.startswith("//")]
        head, _, rest = " ".join(lines).partition(" IF NOT EXISTS ")
        if rest and head.split()[-1] not in dropped:
            yield [f"`{head.split()[-1]}`", f"{' '.join(head.split()[1:-1]).lower()} {rest.partition(' OPTIONS')[0]}"]


def _table(head: str, columns: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [f"| {' | '.join(row)} |" for row in rows]
    if not lines:
        return f"{head}\n"
    return "\n".join(
        [*([head, ""] if head else []), f"| {' | '.join(columns)} |", "|---" * len(columns) + "|", *lines, ""]
    )
