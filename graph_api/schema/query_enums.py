"""Enums of answers and of queries, which no record states: orders, kinds of records to search, dimensions of totals, languages, placements."""

from enum import StrEnum

from graph_api.casefile.forms import FORM_DESCRIPTIONS, CaseFileForm
from graph_api.casefile.gaps import GAP_DESCRIPTIONS, GapKind
from graph_api.casefile.leads import KIND_DESCRIPTIONS, LeadKind
from graph_api.casefile.placement import DESCRIPTIONS, Placement
from graph_api.evidence.status_text import Language
from graph_api.schema.decorators import graphql_enum


class Direction(StrEnum):
    """Which end comes first."""

    ASC = "ASC"
    DESC = "DESC"


class PersonOrderField(StrEnum):
    """What people are ordered by."""

    NAME = "NAME"
    BORN = "BORN"
    CUSTODY_REPORTED = "CUSTODY_REPORTED"
    ID = "ID"


class SourceOrderField(StrEnum):
    """What sources are ordered by."""

    PUBLISHED = "PUBLISHED"
    ID = "ID"


class EventOrderField(StrEnum):
    """What events are ordered by."""

    DATE = "DATE"
    ID = "ID"


class SubjectKind(StrEnum):
    """Whose events a sequence is made of."""

    PEOPLE = "PEOPLE"
    GROUPS = "GROUPS"
    ALL = "ALL"


class NodeKind(StrEnum):
    """What sort of record a search looks for."""

    PERSON = "PERSON"
    GROUP = "GROUP"
    ORGANIZATION = "ORGANIZATION"
    STATE = "STATE"
    PLACE = "PLACE"
    SITE = "SITE"
    EVENT = "EVENT"
    SOURCE = "SOURCE"
    FIGURE = "FIGURE"


class Dimension(StrEnum):
    """What is counted over."""

    CATEGORY = "CATEGORY"
    CUSTODY = "CUSTODY"
    LEGAL = "LEGAL"
    SEX = "SEX"
    KIND = "KIND"
    YEAR = "YEAR"
    MONTH = "MONTH"
    MEDIATOR = "MEDIATOR"
    SIDE = "SIDE"
    SITE = "SITE"
    PLACE = "PLACE"
    COURT = "COURT"
    OFFENCE = "OFFENCE"
    ARTICLE = "ARTICLE"
    SOURCE_KIND = "SOURCE_KIND"
    REGION = "REGION"
    STANDING = "STANDING"
    SOURCE = "SOURCE"
    OCCUPATION = "OCCUPATION"
    TAG = "TAG"
    NATIONALITY = "NATIONALITY"
    FROM_SITE = "FROM_SITE"
    TO_SITE = "TO_SITE"


class TotalOrderField(StrEnum):
    """What totals are ordered by."""

    KEYS = "KEYS"
    PEOPLE = "PEOPLE"
    EVENTS = "EVENTS"


graphql_enum(
    Direction,
    "Which end comes first. Nulls come last in both directions, and ties are broken by id.",
    ASC="From the smallest or earliest to the largest or latest.",
    DESC="From the largest or latest to the smallest or earliest.",
)

graphql_enum(
    PersonOrderField,
    "What people are ordered by.",
    NAME="The name that is shown, by the Unicode collation rules for Ukrainian, whatever its script.",
    BORN="The earliest day on which the person can have been born.",
    CUSTODY_REPORTED="The last possible day of the last report of whether the person was held.",
    ID="The id.",
)

graphql_enum(
    SourceOrderField,
    "What sources are ordered by.",
    PUBLISHED="The last possible day of publication.",
    ID="The id.",
)

graphql_enum(
    EventOrderField,
    "What events are ordered by.",
    DATE="The order in which the events happened, as far as dates and stated order settle it; then the stage of a case, then the last "
    "possible day. Events without a date and an order come last, also when descending.",
    ID="The id.",
)

graphql_enum(
    SubjectKind,
    "Whose events a sequence is made of.",
    PEOPLE="People known by name; matching groups are only counted, as unnamedGroups.",
    GROUPS="Groups of people whom sources count or describe but do not name.",
    ALL="People and groups.",
)

graphql_enum(
    NodeKind,
    "What sort of record a search looks for.",
    PERSON="People.",
    GROUP="Groups of people who are not named.",
    ORGANIZATION="Organizations.",
    STATE="States.",
    PLACE="Places.",
    SITE="Sites of detention.",
    EVENT="Events, by their titles.",
    SOURCE="Sources, by their titles.",
    FIGURE="Numbers that sources state.",
)

graphql_enum(
    Dimension,
    "What is counted over. Where sources are silent, the key is null.",
    CATEGORY="Whether the people are civilians or prisoners of war.",
    CUSTODY="Whether the people were in custody, as last reported (type Status).",
    LEGAL="The last step of proceedings that sources report of the people (type Status).",
    SEX="The sex of the people.",
    KIND="The kind of the event.",
    YEAR="The year of the event, where its date allows only one.",
    MONTH="The month of the event, where its date allows only one.",
    MEDIATOR="The actor that mediated the event, according to at least one source.",
    SIDE="The side to which people were handed over.",
    SITE="The site of the event.",
    PLACE="The place of the event.",
    COURT="The court that decided.",
    OFFENCE="The controlled word of the offence.",
    ARTICLE="The article of the code, as stated.",
    SOURCE_KIND="The kind of a source that the event rests on.",
    REGION="The region of the event: of its places and sites, those of a transfer included.",
    STANDING="On whose ground the court or authority acts.",
    SOURCE="A source that the event rests on.",
    OCCUPATION="An occupation of the people, in the words of the sources.",
    TAG="A word by which the project groups people.",
    NATIONALITY="A nationality of the people, as an ISO 3166-1 alpha-2 code.",
    FROM_SITE="The site from which somebody was taken away or let go.",
    TO_SITE="The site to which somebody was taken.",
)

graphql_enum(
    TotalOrderField,
    "What totals are ordered by. Equal numbers are ordered by the keys.",
    KEYS="The keys, one after another; records by their ids.",
    PEOPLE="The number of people.",
    EVENTS="The number of events.",
)

graphql_enum(
    Language, "A language of texts.", EN="English.", UK="Ukrainian, which no native-speaking lawyer has reviewed."
)
graphql_enum(Placement, "How the place of a line in the order of a case file is known.", **DESCRIPTIONS)
graphql_enum(CaseFileForm, "Particulars in the order of what lawyers file.", **FORM_DESCRIPTIONS)
graphql_enum(GapKind, "What a gap of a case file is.", **GAP_DESCRIPTIONS)
graphql_enum(LeadKind, "What a question that the loaded sources leave open is about.", **KIND_DESCRIPTIONS)
