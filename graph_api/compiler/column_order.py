"""The canonical order of the columns of a row: the same for every way of writing a selection.

::

    { person(id: "a") { name born { edtf } } }  and  { person(id: "a") { born { edtf } name } }

    Projection((PropertyColumn("born"), PropertyColumn("name")))
"""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from functools import cache
from typing import Any, Final

from graph_api.compiler.ir import (
    AllOf,
    AnyOf,
    AnyText,
    ByForeignKey,
    ByIdScan,
    CitationScan,
    ClaimCitation,
    ClaimExists,
    ClaimObject,
    ClaimScan,
    ClaimSpeaker,
    Compare,
    ComputedColumn,
    Exists,
    HasLabel,
    InOrder,
    LabelScan,
    Not,
    Page,
    ParameterColumn,
    ParticipationScan,
    Projection,
    PropertyColumn,
    ReachesScope,
    ScopeVar,
    StatusCitationScan,
    SubqueryMany,
    SubqueryOne,
    Traverse,
)
from graph_api.compiler.ir_facts import (
    CoDetentionScan,
    ComparedStayScan,
    DifferenceClaimScan,
    DifferenceScan,
    FactsColumn,
    PathCitationScan,
    PathNodeScan,
    PathScan,
)
from graph_api.compiler.placeholders import DeferredCall, DeferredValue

_RANKED: Final = (
    *(ComputedColumn, FactsColumn, SubqueryMany, SubqueryOne, Page, PropertyColumn, ParameterColumn),
    *(
        ScopeVar,
        CitationScan,
        ClaimCitation,
        ClaimObject,
        ClaimSpeaker,
        ClaimScan,
        StatusCitationScan,
        DifferenceClaimScan,
    ),
    *(PathScan, PathNodeScan, PathCitationScan),
    *(CoDetentionScan, ComparedStayScan),
    *(DifferenceScan, ByIdScan, ByForeignKey, LabelScan, Traverse, ParticipationScan),
    *(
        AllOf,
        AnyText,
        Compare,
        Exists,
        HasLabel,
        InOrder,
        type(None),
        Not,
        ReachesScope,
        ClaimExists,
        AnyOf,
        Projection,
    ),
)
_RANKS: Final = {kind: f"{rank:02}" for rank, kind in enumerate(_RANKED)}


def column_key(node: Any) -> str:
    """Return the text that columns are sorted by. It depends on the structure of a node, not on names that a caller chose.

    >>> column_key(SubqueryOne(ScopeVar("who"), Projection((PropertyColumn("id"),)))) < column_key(PropertyColumn("id"))
    True
    """
    rank = _RANKS.get(type(node), "")
    if isinstance(node, tuple):
        return "(" + ", ".join(map(column_key, node)) + (",)" if len(node) == 1 else ")")
    if not is_dataclass(node) or isinstance(node, DeferredCall | DeferredValue):
        return f"{rank}{node!r}"
    return f"{rank}({', '.join(column_key(getattr(node, name)) for name in _field_names(node.__class__))})"


@cache
def _field_names(kind: Any) -> tuple[str, ...]:
    return tuple(one.name for one in fields(kind))
