"""The vocabularies of the ontology as GraphQL enums, with a description of each value.

Enums that only queries use (orders, dimensions of totals) are in ``query_enums``.
"""

from graph_api.ontology.event_types import KINDS_OF_EVENTS, describe_event_kinds
from graph_api.ontology.vocabulary import (
    AppealResult,
    Basis,
    EventKind,
    Holds,
    Modality,
    OrganizationKind,
    PersonCategory,
    PlaceKind,
    ReleaseGround,
    Role,
    Sex,
    SiteKind,
    SourceKind,
    Standing,
)
from graph_api.schema.decorators import graphql_enum
from graph_api.values.quantities import Operator, Unit
from graph_api.values.sentences import SentenceKind

__all__ = [
    "AppealResult",
    "Basis",
    "EventKind",
    "Holds",
    "Modality",
    "Operator",
    "OrganizationKind",
    "PersonCategory",
    "PlaceKind",
    "ReleaseGround",
    "Role",
    "SentenceKind",
    "Sex",
    "SiteKind",
    "SourceKind",
    "Standing",
    "Unit",
]

graphql_enum(
    Holds,
    "What a comparison of inexact dates means. Neither value is a finding of fact: both speak of the dates that "
    "sources give.",
    FOR_ALL_DATES="True whatever the days are, out of those that the dates allow.",
    FOR_SOME_DATES="True for some choice of days that the dates allow; nobody is lost who may belong to the answer.",
)

graphql_enum(
    Basis,
    "Which claims a filter looks at where sources differ.",
    SHOWN="The value that the graph shows.",
    ANY_SOURCE="At least one claim says so, whether or not it is the value shown.",
    UNDISPUTED="The value that the graph shows, and no claim opposes it.",
)

graphql_enum(
    Modality,
    "How a source stands behind a claim.",
    STATED="The source says so in its own voice.",
    ATTRIBUTED="The source reports that somebody else says so; see saidBy and saidByRole.",
    IMPLIED="The source does not say it in words, but what it says cannot be read otherwise.",
    DERIVED="Worked out from other claims by a written rule, and stated by no source.",
)

graphql_enum(
    SourceKind,
    "What sort of publication a source is.",
    COURT_RECORD="A judgment, ruling, court card or other record that a court made.",
    OFFICIAL="A publication of a state or one of its bodies, whichever side it is on.",
    INTERGOVERNMENTAL="A publication of an intergovernmental organization, such as the United Nations or the OSCE.",
    NGO="A publication of a non-governmental organization.",
    MEDIA="A report of a news medium that no state directs.",
    STATE_MEDIA="A report of a news medium that a state owns or directs.",
    RESEARCH="A scholarly or investigative study.",
    AGGREGATOR="A collection that repeats what other sources say; it never adds an origin of its own.",
    SOCIAL="A post on a social network or messenger channel.",
    OTHER="Any other publication.",
)

graphql_enum(
    PersonCategory,
    "Whether sources speak of a civilian or of a prisoner of war.",
    CIVILIAN="A civilian, according to the sources.",
    PRISONER_OF_WAR="A prisoner of war, according to the sources.",
    UNKNOWN="No loaded source says which.",
)

graphql_enum(
    Sex,
    "Sex as sources give it.",
    FEMALE="Female, according to the sources.",
    MALE="Male, according to the sources.",
    UNKNOWN="No loaded source says which.",
)

graphql_enum(
    OrganizationKind,
    "What an organization is.",
    COURT="A court or tribunal, of whatever standing.",
    DETAINING_AUTHORITY="An authority that takes or holds people.",
    GOVERNMENT="A body of the government of a recognised state.",
    DE_FACTO_AUTHORITY="A body that governs in fact, without being recognised.",
    INTERGOVERNMENTAL="An organization of states.",
    NGO="A non-governmental organization.",
    MEDIA="A news medium.",
    CAMPAIGN="A campaign or initiative, such as one of relatives of detained people.",
    RESEARCH="A research body.",
    MILITARY="An armed force or one of its units.",
    OTHER="Any other organization.",
)

graphql_enum(
    Standing,
    "On whose ground a court or authority acts. Recording its act recognises neither it nor its findings.",
    OWN_TERRITORY="It acts on the internationally recognised territory of its own state.",
    OCCUPYING_POWER="It acts for an occupying power on occupied territory.",
    SELF_PROCLAIMED="It belongs to a self-proclaimed entity that is not a recognised state.",
    INTERNATIONAL="It was set up by several states or by an international organization.",
    UNSTATED="No loaded source says so.",
)

graphql_enum(
    PlaceKind,
    "How large a place is.",
    SETTLEMENT="A city, town or village.",
    DISTRICT="A district within a region.",
    REGION="A first-level unit of a state, such as an oblast.",
    COUNTRY="A whole country.",
    AREA="An area that fits none of these, where a source gives no more than that.",
)

graphql_enum(
    SiteKind,
    "What a site of detention is used as.",
    SIZO="A pre-trial detention centre (SIZO).",
    PENAL_COLONY="A penal colony.",
    PRISON="A prison.",
    POLICE_STATION="A police station or temporary holding facility.",
    CAMP="A camp, filtration camps included.",
    IMPROVISED="A basement, garage, school or other building that is used for holding people.",
    HOSPITAL="A hospital or psychiatric institution.",
    ORPHANAGE="An orphanage, boarding school or other institution for children.",
    OTHER="Any other site, and sites of which no source says what they are.",
)

graphql_enum(
    EventKind,
    describe_event_kinds(),
    **{kind.value: declared.description for kind, declared in KINDS_OF_EVENTS.items()},
)

graphql_enum(
    Role,
    "What part somebody had in an event.",
    SUBJECT="The person or group to whom it happened.",
    DETAINING_AUTHORITY="The authority that took or held people.",
    COURT="The court that decided.",
    JUDGE="A judge who decided, as named by a court, official, intergovernmental or NGO source.",
    PROSECUTOR="The prosecutor.",
    COUNSEL="A lawyer of the person.",
    WITNESS="Somebody who gave evidence or saw what happened.",
    PERPETRATOR="Somebody who is said to have done it; alleged until a final conviction.",
    MEDIATOR="An actor that mediated between sides, according to at least one source.",
    FACILITATOR="An actor that helped to carry it out, without mediating.",
    OBSERVER="An actor that watched.",
    PARTY="A side of an agreement, negotiation or exchange.",
    HOST="The actor on whose ground it took place.",
    SIGNATORY="An actor that signed.",
    ISSUER="The body that issued or adopted it.",
    AUTHOR="The actor that wrote or said it.",
    ADDRESSEE="The actor to whom it was addressed.",
    ORGANIZER="The actor that organized it.",
    OTHER="Any other part.",
)

graphql_enum(
    AppealResult,
    "What a higher court did to a judgment.",
    UPHELD="The judgment was left as it was.",
    REDUCED="The sentence was made milder.",
    INCREASED="The sentence was made harsher.",
    QUASHED="The judgment was set aside.",
    RETRIAL="The case was sent back for a new trial.",
    UNSTATED="No loaded source says what came of it.",
)

graphql_enum(
    ReleaseGround,
    "Why somebody was let go without an exchange, as sources give it.",
    TERM_SERVED="The sentence had been served.",
    EARLY="Let go before the end of the sentence.",
    PARDON="A pardon or amnesty.",
    PENDING_TRIAL="Let go until trial, for example on bail or under house arrest.",
    NEGOTIATED="Let go after talks, without anybody in return.",
    LET_GO="Let go without charge or without a reason given.",
    ESCAPE="The person got away.",
    UNSTATED="No loaded source says why.",
)

graphql_enum(
    SentenceKind,
    "What sort of sentence a court pronounced.",
    TERM="Years and months.",
    LIFE="Life.",
    DEATH="Death.",
    OTHER="Something else, such as a fine or a suspended term.",
    UNSTATED="No loaded source states the sentence.",
)

graphql_enum(
    Operator,
    "How a stated number is meant.",
    EXACTLY="Exactly this many.",
    MORE_THAN="More than this many.",
    AT_LEAST="This many or more.",
    ABOUT="About this many.",
    AT_MOST="This many or fewer.",
    RANGE="Between two numbers.",
    FRACTION="A part of a whole, such as one in three.",
    VAGUE="Words without bounds, such as 'hundreds'.",
)

graphql_enum(
    Unit,
    "What a stated number counts.",
    PEOPLE="People.",
    BODIES="Bodies of the dead.",
    EXCHANGES="Exchanges.",
    SITES="Sites of detention.",
    ORGANIZATIONS="Organizations.",
    CASES="Cases, of whatever sort the source counts.",
    DAYS="Days.",
    YEARS="Years.",
    SHARE="A part of a whole, as a fraction of 1.",
    OTHER="Anything else; see the words of the source.",
)
