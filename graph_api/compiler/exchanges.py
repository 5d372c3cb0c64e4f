"""Binds the fields of exchanges and of their sides: who was handed over to whom, and how many.

::

    exchange(id: "a") { sides { totals { quantity { text } } } }

    SubqueryMany(Traverse((Hop((Rel.ABOUT,), forward=False, label="Figure"),), start="parent"), …, where=AllOf((…)))

In the scope of a side ``self`` is the actor to whom people were handed over, and ``parent`` the exchange.
"""

from __future__ import annotations

from typing import Final

from graph_api.compiler.binder import BY_ID, FieldBinder, connection, outgoing, to_many, to_one
from graph_api.compiler.filters import participants
from graph_api.compiler.ir import (
    AllOf,
    ByForeignKey,
    Comparator,
    Compare,
    Exists,
    Hop,
    Not,
    ReachesScope,
    ScopeVar,
    Traverse,
)
from graph_api.ontology.names import MAX_PLACE_DEPTH, Label, Rel
from graph_api.ontology.vocabulary import Role
from graph_api.values.quantities import Unit

_FREED: Final = Traverse(
    (
        Hop((Rel.PART_OF,), forward=False, label="Event", min_length=0, max_length=MAX_PLACE_DEPTH),
        Hop((Rel.TOOK_PART,), forward=False, label="Person", match=(("role", Role.SUBJECT.value),)),
    ),
    distinct=True,
)


def _handed_over(label: str) -> Traverse:
    """Return the traversal to those handed over to the side in scope, in the exchange above or its parts."""
    subject = Hop((Rel.TOOK_PART,), forward=False, label=label, match=(("role", Role.SUBJECT.value),))
    return Traverse((_FREED.hops[0], subject), distinct=True, start="parent")


_FIGURES_OF_EXCHANGE: Final = Traverse((Hop((Rel.ABOUT,), forward=False, label="Figure"),), start="parent")
_OF_THIS_SIDE: Final = ReachesScope(Rel.FIGURE_SIDE, "parent")
_IS_TOTAL: Final = AllOf(
    (
        _OF_THIS_SIDE,
        Compare("measure", Comparator.EQUAL, "freed"),
        Compare("quantity_unit", Comparator.EQUAL, Unit.PEOPLE.value),
        *(Compare(key, Comparator.IS_NULL) for key in ("category", "sex", "nationality")),
        Not(Exists(Traverse((*outgoing(Rel.TOTAL, "Figure").hops, *outgoing(Rel.FIGURE_SIDE).hops)))),
        Exists(outgoing(Rel.ABOUT, "Exchange"), count=((Comparator.EQUAL, 1),)),
    )
)
"""A figure is the number of all who were handed over to a side in one exchange, and no part of another figure of a side."""
_HANDED_TO_THIS_SIDE: Final = Compare("side", Comparator.EQUAL, ScopeVar("parent"), of="link")


def _acting(role: Role) -> FieldBinder:
    return to_many(Traverse((participants(role.value, Label.ACTOR),), distinct=True), BY_ID)


EXCHANGE: Final[dict[str, FieldBinder]] = {
    "mediators": _acting(Role.MEDIATOR),
    "parties": _acting(Role.PARTY),
    "sides": to_many(outgoing(Rel.SIDE), BY_ID),
    "freed": connection(_FREED),
}
SIDE: Final[dict[str, FieldBinder]] = {
    "to": to_one(ScopeVar("self")),
    "from": to_one(ByForeignKey("from", of="link")),
    "freed": connection(_handed_over(Label.PERSON), where=_HANDED_TO_THIS_SIDE),
    "groups": connection(_handed_over(Label.GROUP), where=_HANDED_TO_THIS_SIDE),
    "figures": connection(_FIGURES_OF_EXCHANGE, where=_OF_THIS_SIDE),
    "totals": to_many(_FIGURES_OF_EXCHANGE, BY_ID, _IS_TOTAL),
}
