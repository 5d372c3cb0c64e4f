"""The closed word lists of the model. Values are the GraphQL names; seed files write them in lower case with hyphens.

Terms follow HURIDOCS Events Standard Formats (acts and involvement), the Third Geneva Convention and the Rome Statute.
"""

from __future__ import annotations

from enum import StrEnum


class Modality(StrEnum):
    """How a source stands behind a claim."""

    STATED = "STATED"
    ATTRIBUTED = "ATTRIBUTED"
    IMPLIED = "IMPLIED"
    DERIVED = "DERIVED"


class SourceKind(StrEnum):
    """What sort of publication a source is."""

    COURT_RECORD = "COURT_RECORD"
    OFFICIAL = "OFFICIAL"
    INTERGOVERNMENTAL = "INTERGOVERNMENTAL"
    NGO = "NGO"
    MEDIA = "MEDIA"
    STATE_MEDIA = "STATE_MEDIA"
    RESEARCH = "RESEARCH"
    AGGREGATOR = "AGGREGATOR"
    SOCIAL = "SOCIAL"
    OTHER = "OTHER"


class PersonCategory(StrEnum):
    """Civilian or prisoner of war, as sources say."""

    CIVILIAN = "CIVILIAN"
    PRISONER_OF_WAR = "PRISONER_OF_WAR"
    UNKNOWN = "UNKNOWN"


class Sex(StrEnum):
    """As sources say; UNKNOWN where they are silent."""

    FEMALE = "FEMALE"
    MALE = "MALE"
    UNKNOWN = "UNKNOWN"


class OrganizationKind(StrEnum):
    """What an organization is."""

    COURT = "COURT"
    DETAINING_AUTHORITY = "DETAINING_AUTHORITY"
    GOVERNMENT = "GOVERNMENT"
    DE_FACTO_AUTHORITY = "DE_FACTO_AUTHORITY"
    INTERGOVERNMENTAL = "INTERGOVERNMENTAL"
    NGO = "NGO"
    MEDIA = "MEDIA"
    CAMPAIGN = "CAMPAIGN"
    RESEARCH = "RESEARCH"
    MILITARY = "MILITARY"
    OTHER = "OTHER"


class Standing(StrEnum):
    """On whose ground a court or authority acts; recording its act recognises neither it nor its findings."""

    OWN_TERRITORY = "OWN_TERRITORY"
    OCCUPYING_POWER = "OCCUPYING_POWER"
    SELF_PROCLAIMED = "SELF_PROCLAIMED"
    INTERNATIONAL = "INTERNATIONAL"
    UNSTATED = "UNSTATED"


class PlaceKind(StrEnum):
    """How large a place is; AREA where a source gives no more than that."""

    SETTLEMENT = "SETTLEMENT"
    DISTRICT = "DISTRICT"
    REGION = "REGION"
    COUNTRY = "COUNTRY"
    AREA = "AREA"


class SiteKind(StrEnum):
    """What a detention site is used as."""

    SIZO = "SIZO"
    PENAL_COLONY = "PENAL_COLONY"
    PRISON = "PRISON"
    POLICE_STATION = "POLICE_STATION"
    CAMP = "CAMP"
    IMPROVISED = "IMPROVISED"
    HOSPITAL = "HOSPITAL"
    ORPHANAGE = "ORPHANAGE"
    OTHER = "OTHER"


class EventKind(StrEnum):
    """What happened."""

    DISAPPEARANCE = "DISAPPEARANCE"
    DETENTION = "DETENTION"
    CONFINEMENT = "CONFINEMENT"
    TRANSFER = "TRANSFER"
    SIGHTING = "SIGHTING"
    PROOF_OF_LIFE = "PROOF_OF_LIFE"
    ILL_TREATMENT = "ILL_TREATMENT"
    CHARGE = "CHARGE"
    REMAND = "REMAND"
    TRIAL = "TRIAL"
    CONVICTION = "CONVICTION"
    ACQUITTAL = "ACQUITTAL"
    COMPULSORY_MEASURE = "COMPULSORY_MEASURE"
    APPEAL = "APPEAL"
    EXCHANGE = "EXCHANGE"
    RELEASE = "RELEASE"
    REUNIFICATION = "REUNIFICATION"
    DEPORTATION = "DEPORTATION"
    ADOPTION = "ADOPTION"
    DEATH = "DEATH"
    BODY_RETURN = "BODY_RETURN"
    BURIAL = "BURIAL"
    NEGOTIATION = "NEGOTIATION"
    AGREEMENT = "AGREEMENT"
    RESOLUTION = "RESOLUTION"
    WARRANT = "WARRANT"
    STATEMENT = "STATEMENT"
    CAMPAIGN = "CAMPAIGN"
    REPORT = "REPORT"
    OTHER = "OTHER"


class Role(StrEnum):
    """What part somebody had in an event."""

    SUBJECT = "SUBJECT"
    DETAINING_AUTHORITY = "DETAINING_AUTHORITY"
    COURT = "COURT"
    JUDGE = "JUDGE"
    PROSECUTOR = "PROSECUTOR"
    COUNSEL = "COUNSEL"
    WITNESS = "WITNESS"
    PERPETRATOR = "PERPETRATOR"
    MEDIATOR = "MEDIATOR"
    FACILITATOR = "FACILITATOR"
    OBSERVER = "OBSERVER"
    PARTY = "PARTY"
    HOST = "HOST"
    SIGNATORY = "SIGNATORY"
    ISSUER = "ISSUER"
    AUTHOR = "AUTHOR"
    ADDRESSEE = "ADDRESSEE"
    ORGANIZER = "ORGANIZER"
    OTHER = "OTHER"


class AppealResult(StrEnum):
    """What a higher court did to a judgment."""

    UPHELD = "UPHELD"
    REDUCED = "REDUCED"
    INCREASED = "INCREASED"
    QUASHED = "QUASHED"
    RETRIAL = "RETRIAL"
    UNSTATED = "UNSTATED"


class ReleaseGround(StrEnum):
    """Why somebody was let go without an exchange."""

    TERM_SERVED = "TERM_SERVED"
    EARLY = "EARLY"
    PARDON = "PARDON"
    PENDING_TRIAL = "PENDING_TRIAL"
    NEGOTIATED = "NEGOTIATED"
    LET_GO = "LET_GO"
    ESCAPE = "ESCAPE"
    UNSTATED = "UNSTATED"


class Sensitivity(StrEnum):
    """For whose eyes a record or claim is; a graph is loaded for an audience of the same name."""

    PUBLIC = "PUBLIC"
    RESTRICTED = "RESTRICTED"


class Holds(StrEnum):
    """What a comparison of inexact dates means."""

    FOR_ALL_DATES = "FOR_ALL_DATES"
    FOR_SOME_DATES = "FOR_SOME_DATES"


class Basis(StrEnum):
    """Which claims a filter looks at."""

    SHOWN = "SHOWN"
    ANY_SOURCE = "ANY_SOURCE"
    UNDISPUTED = "UNDISPUTED"
