"""Directives of operations. They are read when an operation is planned, never resolved."""

from typing import Annotated, Any, Final

import strawberry
from strawberry.directive import DirectiveLocation, StrawberryDirective

from graph_api.compiler.selection import AS_OF, IN_LANGUAGE
from graph_api.schema.scalars import Date
from graph_api.values.languages import Language


@strawberry.directive(
    locations=[DirectiveLocation.QUERY],
    name=IN_LANGUAGE,
    description=(
        "Language of labels, titles, displays of dates and sentences, texts of a status, and explanations. In Ukrainian a name is the Ukrainian one "
        "where a source gives it, that of a group is translated, and the title of an event is made of its kind, its people and its date. Numbers that "
        "sources state in words stay in their words, in quotation marks."
    ),
)
def in_language(
    language: Annotated[Language, strawberry.argument("The language.")],
) -> None:
    """Take a language."""
    raise NotImplementedError


@strawberry.directive(
    locations=[DirectiveLocation.QUERY],
    name=AS_OF,
    description=(
        "Fixes what is known: only claims whose source was known on that day count, in every field, filter, order and count of the operation."
    ),
)
def as_of(
    known: Annotated[Date, strawberry.argument("The day; sources that were known by then count.")],
) -> None:
    """Take a day."""
    raise NotImplementedError


DIRECTIVES: Final[tuple[StrawberryDirective[Any], ...]] = (in_language, as_of)
"""Every directive that operations may have."""
