"""What everything rests on: sources, the places in them, and what each of them says."""

import strawberry

from graph_api.ontology.registry import ONTOLOGY
from graph_api.schema.arguments import claims_arguments, events_arguments
from graph_api.schema.decorators import described_by, field, graphql_interface, graphql_type
from graph_api.schema.enums import Modality, SourceKind
from graph_api.schema.scalars import JSON, Date
from graph_api.schema.types.connections import EventConnection
from graph_api.schema.types.lazy_types import ActorRef, CitationRef, ClaimRef, OrganizationRef, SourceRef
from graph_api.schema.types.values import When


@graphql_interface
class Node:
    """A record with an id."""

    id: strawberry.ID = field("The id, which is that of the seed files and is never used again for another record.")
    label: str = field(
        "What to call the record in a list or a link: the name of a person or site, the title of an event or source, measure and quantity "
        "of a figure."
    )


@graphql_interface
class Documented:
    """Anything that rests on sources."""

    citations: list[CitationRef] = field(
        "Every place in a source that this rests on, in the order in which it became known.", estimated_length=5
    )
    disputed: list[str] = field(
        "The properties on which sources cannot all be right, by the names that they have in seed files."
    )
    claims: list[ClaimRef] = field(
        "What each source says, property by property, the opposing ones included.",
        arguments_from=claims_arguments,
        estimated_length=20,
    )


@graphql_type
class Claim:
    """What one source says of one property of one record."""

    id: strawberry.ID = field("The id of the claim.")
    subject: Node = field("The record of which it is said.")
    property: str = field("The property, by the name that it has in seed files, such as in-absentia.")
    value: JSON | None = field("What is said of it, as JSON with the keys of seed files, such as months-low.")
    object: Node | None = field("The record that the value names, where it names one.")
    modality: Modality = field("How the source stands behind it.")
    said_by: ActorRef | None = field("Who is said to have said it, where the source reports somebody else's words.")
    said_by_role: str | None = field(
        "The role of whoever is said to have said it, where a name must not be shown: lawyer, relative, witness."
    )
    preferred: bool = field(
        "Whether it is what the graph shows where sources differ. Where no rule decides between dates, all are shown as one of them, and none is "
        "preferred."
    )
    preferred_because: str | None = field(
        "By which rule it is shown, or that no rule decides; null where it is not shown, or where nothing differs."
    )
    citations: list[CitationRef] = field("The places in the source where it is said.", estimated_length=5)


@graphql_type
class Citation:
    """A place in a source."""

    source: SourceRef = field("The source.")
    locator: str | None = field("Where in the source: '¶17', 'p. 4', '00:12:30'.")
    quote: str | None = field("The words of the source at that place.")
    quote_language: str | None = field("The language of the quote, as a BCP-47 tag.")
    said_by: ActorRef | None = field("Whose words the source reports at that place.")
    note: str | None = field("A remark of whoever read the source.")


@graphql_type
@described_by(ONTOLOGY.kind("source").properties)
class Source(Node):
    """A publication, record or recording that somebody of the project has read."""

    title: str
    kind: SourceKind
    publisher: OrganizationRef | None
    author: str | None
    url: str | None
    language: str | None
    published: When | None
    retrieved: Date | None
    known_from: Date = field(
        "From when its claims count for what was known on a day: the last possible day of published, else retrieved."
    )
    sha256: str | None
    carried_by: str | None
    archived: str | None
    note: str | None
    derived_from: list[SourceRef]
    origin_checked: bool
    events: EventConnection = field(
        "The events that rest on it, perhaps among other sources.", arguments_from=events_arguments
    )
