"""Values without an identity: dates, names, quantities, offences and sentences. They are stored with their record and cost nothing."""

import strawberry

from graph_api.schema.decorators import field, graphql_type
from graph_api.schema.enums import Operator, SentenceKind, Unit
from graph_api.schema.scalars import EDTF, Date


@graphql_type
class When:
    """When something happened, as precisely as the sources say and no more."""

    edtf: EDTF = field("The date as written in ISO 8601-2 (EDTF); it round-trips unchanged.")
    earliest: Date | None = field("The first day on which it can have happened; null where the date is open.")
    latest: Date | None = field("The last day on which it can have happened; null where the date is open.")
    approximate: bool = field("Whether the date is written as approximate (~).")
    uncertain: bool = field("Whether the date is written as uncertain (?).")
    display: str = field("The date for people: 'May 2022', 'between August and October 2024'.")


@graphql_type
class Span:
    """A time with a beginning and an end, each as precise as the sources say."""

    start: When | None = field("When it began; null where no source says.")
    end: When | None = field("When it ended; null where no source says.")
    display: str = field("The span for people: 'from May 2022 until August 2024'.")


@graphql_type
class DayRange:
    """The first and the last possible day; null where open."""

    earliest: Date | None = field("The first possible day; null where open.")
    latest: Date | None = field("The last possible day; null where open.")


@graphql_type
class DayCount:
    """A number of days, at least and at most, whatever the days are; null where open."""

    at_least: int | None = field("The fewest days that the sources allow; null where open.")
    at_most: int | None = field("The most days that the sources allow; null where open.")


@graphql_type
class DurationStatistics:
    """Days between two neighbouring steps of a sequence over all its rows, the shown chain of each.

    Of rows with bounds on both sides, the days at the rank of each statistic, at least and at most: the lower of the two in the middle where
    their number is even. A birth, or the day on which somebody read a source, is no bound.
    """

    n: int = field("How many rows have bounds on both sides.")
    unknown: int = field("How many rows have not.")
    lower_quartile: DayCount | None = field("The days that a quarter of the rows do not exceed; null without rows.")
    median: DayCount | None = field("The days that half of the rows do not exceed; null without rows.")
    upper_quartile: DayCount | None = field(
        "The days that three quarters of the rows do not exceed; null without rows."
    )


@graphql_type
class Point:
    """A point on the earth, in WGS 84."""

    latitude: float = field("Degrees north of the equator; south of it they are negative.")
    longitude: float = field("Degrees east of Greenwich; west of it they are negative.")


@graphql_type
class Name:
    """One name of a record, in one spelling."""

    text: str = field("The name as it is written.")
    language: str | None = field("The language of the name, as a BCP-47 tag.")
    script: str | None = field("The script in which it is written, as an ISO 15924 code.")
    kind: str | None = field("What sort of name it is: official, alias, court spelling, acronym, transliteration.")


@graphql_type
class Quantity:
    """A number as a source words it. low and high are the bounds that the words give; both are null for 'hundreds'."""

    operator: Operator = field("How the number is meant.")
    unit: Unit = field("What is counted.")
    low: float | None = field(
        "The smallest number that the words allow; null where they set no lower bound. Of ABOUT, the number that is stated, which is no bound."
    )
    high: float | None = field("The largest number that the words allow; null where they set no upper bound.")
    text: str = field("The words of the source.")


@graphql_type
class Offence:
    """What somebody was accused of or sentenced for, according to the authority that acted."""

    code: str = field(
        "The controlled word: ESPIONAGE, TERRORISM, TREASON, SABOTAGE, EXPLOSIVES, EXTREMISM, OTHER and so on."
    )
    text: str = field("The offence in words.")
    article: str | None = field("The article of the code, such as 'RU-UK 276'; null where no source states it.")
    claims: list[strawberry.ID] = field(
        'The ids of the claims that state this one; the event\'s claims(property: "offences") have their citations.'
    )


@graphql_type
class Sentence:
    """What a court is reported to have pronounced. Years and months are as stated: 22 years 6 months is 22 and 6."""

    kind: SentenceKind = field("What sort of sentence it is.")
    years: int | None = field("The years of the term, as stated.")
    months: int | None = field("The months of the term beyond its years, as stated.")
    total_months_low: int | None = field("The shortest term in months that the words allow, for a filter or a range.")
    total_months_high: int | None = field("The longest term in months that the words allow, for a filter or a range.")
    regime: str | None = field("The regime in which it is to be served, such as strict.")
    extras: list[str] = field("What was added to it, such as a fine, in the words of the sources.")
    display: str = field("The sentence for people: '22 years 6 months, strict regime'.")
