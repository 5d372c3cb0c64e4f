"""The closed word lists of the ontology, each word with the description that the API and the data dictionary print.

Values are the GraphQL names; seed files write them in lower case with hyphens.
Terms follow HURIDOCS Events Standard Formats (acts and involvement), the Third Geneva Convention and the Rome Statute.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from typing import Final

from graph_api.values.words import WordList


class Modality(WordList):
    """How a source stands behind a claim."""

    STATED = "STATED", "The source says so in its own voice."
    ATTRIBUTED = "ATTRIBUTED", "The source reports that somebody else says so; see saidBy and saidByRole."
    IMPLIED = "IMPLIED", "The source does not say it in words, but what it says cannot be read otherwise."
    DERIVED = "DERIVED", "Worked out from other claims by a written rule, and stated by no source."


_DISTANCE: Final = {one: number for number, one in enumerate(Modality)}
"""How far each modality is from a source's own words."""


def weakest(modalities: Iterable[Modality]) -> Modality:
    """Return the modality that is furthest from a source's own words; STATED without any."""
    return max(modalities, key=_DISTANCE.__getitem__, default=Modality.STATED)


def strongest(modalities: Iterable[Modality]) -> Modality:
    """Return the modality that is nearest to a source's own words; STATED without any."""
    return min(modalities, key=_DISTANCE.__getitem__, default=Modality.STATED)


class SourceKind(WordList):
    """What sort of publication a source is."""

    COURT_RECORD = "COURT_RECORD", "A judgment, ruling, court card or other record that a court made."
    OFFICIAL = "OFFICIAL", "A publication of a state or one of its bodies, whichever side it is on."
    INTERGOVERNMENTAL = (
        "INTERGOVERNMENTAL",
        "A publication of an intergovernmental organization, such as the United Nations or the OSCE.",
    )
    NGO = "NGO", "A publication of a non-governmental organization."
    MEDIA = "MEDIA", "A report of a news medium that no state directs."
    STATE_MEDIA = "STATE_MEDIA", "A report of a news medium that a state owns or directs."
    RESEARCH = "RESEARCH", "A scholarly or investigative study."
    AGGREGATOR = "AGGREGATOR", "A collection that repeats what other sources say; it never adds an origin of its own."
    SOCIAL = "SOCIAL", "A post on a social network or messenger channel."
    OTHER = "OTHER", "Any other publication."


class PersonCategory(WordList):
    """Whether sources speak of a civilian or of a prisoner of war."""

    CIVILIAN = "CIVILIAN", "A civilian, according to the sources."
    PRISONER_OF_WAR = "PRISONER_OF_WAR", "A prisoner of war, according to the sources."
    UNKNOWN = "UNKNOWN", "No loaded source says which."


class Sex(WordList):
    """Sex as sources give it."""

    FEMALE = "FEMALE", "Female, according to the sources."
    MALE = "MALE", "Male, according to the sources."
    UNKNOWN = "UNKNOWN", "No loaded source says which."


class OrganizationKind(WordList):
    """What an organization is."""

    COURT = "COURT", "A court or tribunal, of whatever standing."
    DETAINING_AUTHORITY = "DETAINING_AUTHORITY", "An authority that takes or holds people."
    GOVERNMENT = "GOVERNMENT", "A body of the government of a recognised state."
    DE_FACTO_AUTHORITY = "DE_FACTO_AUTHORITY", "A body that governs in fact, without being recognised."
    INTERGOVERNMENTAL = "INTERGOVERNMENTAL", "An organization of states."
    NGO = "NGO", "A non-governmental organization."
    MEDIA = "MEDIA", "A news medium."
    CAMPAIGN = "CAMPAIGN", "A campaign or initiative, such as one of relatives of detained people."
    RESEARCH = "RESEARCH", "A research body."
    MILITARY = "MILITARY", "An armed force or one of its units."
    OTHER = "OTHER", "Any other organization."


class Standing(WordList):
    """On whose ground a court or authority acts. Recording its act recognises neither it nor its findings."""

    OWN_TERRITORY = "OWN_TERRITORY", "It acts on the internationally recognised territory of its own state."
    OCCUPYING_POWER = "OCCUPYING_POWER", "It acts for an occupying power on occupied territory."
    SELF_PROCLAIMED = "SELF_PROCLAIMED", "It belongs to a self-proclaimed entity that is not a recognised state."
    INTERNATIONAL = "INTERNATIONAL", "It was set up by several states or by an international organization."
    UNSTATED = "UNSTATED", "No loaded source says so."


class PlaceKind(WordList):
    """How large a place is."""

    SETTLEMENT = "SETTLEMENT", "A city, town or village."
    DISTRICT = "DISTRICT", "A district within a region."
    REGION = "REGION", "A first-level unit of a state, such as an oblast."
    COUNTRY = "COUNTRY", "A whole country."
    AREA = "AREA", "An area that fits none of these, where a source gives no more than that."


class SiteKind(WordList):
    """What a site of detention is used as."""

    SIZO = "SIZO", "A pre-trial detention centre (SIZO)."
    PENAL_COLONY = "PENAL_COLONY", "A penal colony."
    PRISON = "PRISON", "A prison."
    POLICE_STATION = "POLICE_STATION", "A police station or temporary holding facility."
    CAMP = "CAMP", "A camp, filtration camps included."
    IMPROVISED = "IMPROVISED", "A basement, garage, school or other building that is used for holding people."
    HOSPITAL = "HOSPITAL", "A hospital or psychiatric institution."
    ORPHANAGE = "ORPHANAGE", "An orphanage, boarding school or other institution for children."
    OTHER = "OTHER", "Any other site, and sites of which no source says what they are."


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


class Role(WordList):
    """What part somebody had in an event."""

    SUBJECT = "SUBJECT", "The person or group to whom it happened."
    DETAINING_AUTHORITY = "DETAINING_AUTHORITY", "The authority that took or held people."
    COURT = "COURT", "The court that decided."
    JUDGE = "JUDGE", "A judge who decided, as named by a court, official, intergovernmental or NGO source."
    PROSECUTOR = "PROSECUTOR", "The prosecutor."
    COUNSEL = "COUNSEL", "A lawyer of the person."
    WITNESS = "WITNESS", "Somebody who gave evidence or saw what happened."
    PERPETRATOR = "PERPETRATOR", "Somebody who is said to have done it; alleged until a final conviction."
    MEDIATOR = "MEDIATOR", "An actor that mediated between sides, according to at least one source."
    FACILITATOR = "FACILITATOR", "An actor that helped to carry it out, without mediating."
    OBSERVER = "OBSERVER", "An actor that watched."
    PARTY = "PARTY", "A side of an agreement, negotiation or exchange."
    HOST = "HOST", "The actor on whose ground it took place."
    SIGNATORY = "SIGNATORY", "An actor that signed."
    ISSUER = "ISSUER", "The body that issued or adopted it."
    AUTHOR = "AUTHOR", "The actor that wrote or said it."
    ADDRESSEE = "ADDRESSEE", "The actor to whom it was addressed."
    ORGANIZER = "ORGANIZER", "The actor that organized it."
    OTHER = "OTHER", "Any other part."


class AppealResult(WordList):
    """What a higher court did to a judgment."""

    UPHELD = "UPHELD", "The judgment was left as it was."
    REDUCED = "REDUCED", "The sentence was made milder."
    INCREASED = "INCREASED", "The sentence was made harsher."
    QUASHED = "QUASHED", "The judgment was set aside."
    RETRIAL = "RETRIAL", "The case was sent back for a new trial."
    UNSTATED = "UNSTATED", "No loaded source says what came of it."


class Custody(WordList):
    """Whether somebody is in custody, as last reported; absence of news is not news."""

    IN_CUSTODY = (
        "IN_CUSTODY",
        "In custody, as last reported: deprived of liberty, by whomever and whether acknowledged or not.",
    )
    FREE = "FREE", "Not held, as last reported."
    DEAD = "DEAD", "Reported to have died, and no other report can be later."
    UNKNOWN = "UNKNOWN", "Reports do not say, or are not ordered with each other."


class LegalState(WordList):
    """The last step of proceedings that sources report, whatever the standing of the court; return and death never change it."""

    NOT_CHARGED = "NOT_CHARGED", "A source says that there is no charge."
    CHARGED = "CHARGED", "Accused of an offence."
    DETAINED_BY_RULING = "DETAINED_BY_RULING", "A court ordered custody before a judgment."
    ON_TRIAL = "ON_TRIAL", "Before a court."
    CONVICTED = "CONVICTED", "A judgment of guilt is reported."
    CONVICTED_IN_ABSENTIA = "CONVICTED_IN_ABSENTIA", "A judgment of guilt in the person's absence is reported."
    COMPULSORY_MEASURE = "COMPULSORY_MEASURE", "A court ordered a compulsory measure instead of a sentence."
    VERDICT_QUASHED = "VERDICT_QUASHED", "The judgment was set aside, or the case sent back for a new trial."
    SENTENCE_SERVED = "SENTENCE_SERVED", "The sentence is reported to have been served."
    ACQUITTED = "ACQUITTED", "A court found the person not guilty."
    UNKNOWN = "UNKNOWN", "No step is reported, or reports are not ordered with each other."


class ReleaseGround(WordList):
    """Why somebody was let go without an exchange, as sources give it."""

    TERM_SERVED = "TERM_SERVED", "The sentence had been served."
    EARLY = "EARLY", "Let go before the end of the sentence."
    PARDON = "PARDON", "A pardon or amnesty."
    PENDING_TRIAL = "PENDING_TRIAL", "Let go until trial, for example on bail or under house arrest."
    NEGOTIATED = "NEGOTIATED", "Let go after talks, without anybody in return."
    LET_GO = "LET_GO", "Let go without charge or without a reason given."
    ESCAPE = "ESCAPE", "The person got away."
    UNSTATED = "UNSTATED", "No loaded source says why."


class Sensitivity(WordList):
    """For whose eyes a record or claim is; a graph is loaded for an audience of the same name."""

    PUBLIC = "PUBLIC", "May be shown to everybody."
    RESTRICTED = "RESTRICTED", "In graphs for a restricted audience only."


class DateCertainty(WordList):
    """What a comparison of inexact dates means. Neither value is a finding of fact: both speak of the dates that
    sources give.
    """  # noqa: D205 - one paragraph, as the API prints it

    FOR_ALL_DATES = "FOR_ALL_DATES", "True whatever the days are, out of those that the dates allow."
    FOR_SOME_DATES = (
        "FOR_SOME_DATES",
        "True for some choice of days that the dates allow; nobody is lost who may belong to the answer.",
    )


class OrderBasis(WordList):
    """How it is known that one event came before another."""

    DATED = "DATED", "By their dates; where holds is FOR_SOME_DATES, the dates may only allow the order."
    STATED = "STATED", "A source states the order."
    IMPLIED = "IMPLIED", "It follows from what sources say, and no single source states it."
    KNOWN_BY = "KNOWN_BY", "A source knew of the earlier one before the later one can have happened."


class Occurrence(WordList):
    """Whether sources report an event as past."""

    REPORTED = "REPORTED", "Sources report it as past."
    ANNOUNCED = "ANNOUNCED", "Sources only announce, plan or expect it."
    ANY = "ANY", "Either."


class ClaimScope(WordList):
    """Which claims a filter looks at where sources differ."""

    SHOWN = "SHOWN", "The value that the graph shows."
    ANY_SOURCE = "ANY_SOURCE", "At least one claim says so, whether or not it is the value shown."
    UNDISPUTED = "UNDISPUTED", "The value that the graph shows, and no claim opposes it."


class DifferenceKind(WordList):
    """What cannot all be right."""

    VALUE = "VALUE", "Values of one property that exclude each other."
    DATE = "DATE", "Dates of one event or record that have no day in common."
    COUNT = "COUNT", "Numbers of the same people or things; the counts that two sides give of one exchange are none."
    SUM = "SUM", "A total and the parts that are said to be all of it."
    TWO_PLACES = "TWO_PLACES", "Stays of one person at two sites that overlap whatever the days are."
    ORDER = (
        "ORDER",
        "A date after the source that states it was published, or last reports of which none is known to be the later one.",
    )
    IDENTITY = "IDENTITY", "Records of people with one name, which are not known to be one person."
