"""The filters of single values, which the filters of records are made of. An explicit null means the same as leaving a field out."""

import strawberry

from graph_api.schema.decorators import default_field, graphql_input, optional_field
from graph_api.schema.enums import ClaimScope, DateCertainty, PersonCategory
from graph_api.schema.scalars import Date


@graphql_input
class TextFilter:
    """
    Asks for a text. Of a name, every spelling in every script counts.

    Names and titles are compared without regard to case, and whichever
    apostrophes, hyphens and blanks they are written with.
    """

    eq: str | None = optional_field("The text is exactly this.")
    in_: list[str] | None = optional_field("The text is exactly one of these.", name="in")
    contains: str | None = optional_field("The text contains this.")
    starts_with: str | None = optional_field("The text begins with this.")


@graphql_input
class IDFilter:
    """Asks for a record by its id, which is that of the seed files."""

    eq: strawberry.ID | None = optional_field("The id is exactly this.")
    in_: list[strawberry.ID] | None = optional_field("The id is exactly one of these.", name="in")


@graphql_input
class WhenFilter:
    """
    Asks whether the record's day lies between from and until, for all or some of the days that it allows.

    One rule for records without a date: with FOR_SOME_DATES an undated event, source, figure or birth matches
    a window that its bounds allow; with FOR_ALL_DATES it does not. `known: true` leaves the undated ones out.
    """

    from_: Date | None = optional_field(
        "The first day that counts, included; without it, any day up to until.", name="from"
    )
    until: Date | None = optional_field("The last day that counts, included; without it, any later day.")
    holds: DateCertainty | None = default_field(
        DateCertainty.FOR_SOME_DATES, "Whether it has to be true whatever the days are, or for some choice of days."
    )
    known: bool | None = optional_field("Whether any source states a date at all.")


@graphql_input
class NumberFilter:
    """Asks for a number. Of an inexact one it is enough that some number which it allows passes all tests."""

    eq: float | None = optional_field("The number is exactly this.")
    gt: float | None = optional_field("The number is more than this.")
    gte: float | None = optional_field("The number is this or more.")
    lt: float | None = optional_field("The number is less than this.")
    lte: float | None = optional_field("The number is this or less.")


@graphql_input
class CategoryFilter:
    """Asks whether somebody is a civilian or a prisoner of war."""

    eq: PersonCategory | None = optional_field("The category is exactly this.")
    in_: list[PersonCategory] | None = optional_field("The category is one of these.", name="in")
    basis: ClaimScope | None = default_field(ClaimScope.SHOWN, "Which claims count where sources differ.")
