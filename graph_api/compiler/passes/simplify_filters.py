"""Simplifies predicates: flattens nested ``and`` and ``or``, removes double ``not`` and repeated parts.

::

    AllOf((AllOf((a, b)), Not(Not(c)), a))  ──▶  AllOf((a, b, c))
"""

from __future__ import annotations

from dataclasses import fields, is_dataclass, replace
from typing import Any, TypeVar

from graph_api.compiler.ir import AllOf, AnyOf, Not, Predicate

Node = TypeVar("Node")


def simplify_filters(node: Node) -> Node:
    """Return an equivalent tree with simplified predicates.

    >>> simplify_filters(AllOf((AllOf(()), AllOf((AnyOf(()),)))))
    AnyOf(of=())
    """
    inner: Node = _inside(node)
    match inner:
        case AllOf():
            return _joined(inner, AllOf)  # type: ignore[return-value]
        case AnyOf():
            return _joined(inner, AnyOf)  # type: ignore[return-value]
        case Not(of=Not(of=one)):
            return one  # type: ignore[return-value]
        case _:
            return inner


def _inside(node: Any) -> Any:
    if isinstance(node, tuple):
        return tuple(simplify_filters(one) for one in node)
    if not is_dataclass(node) or isinstance(node, type):
        return node
    changed = {one.name: simplify_filters(getattr(node, one.name)) for one in fields(node)}
    same = all(changed[one.name] is getattr(node, one.name) for one in fields(node))
    return node if same else replace(node, **changed)


def _joined(node: AllOf | AnyOf, kind: type[AllOf | AnyOf]) -> Predicate:
    parts: list[Predicate] = []
    for one in node.of:
        parts += one.of if isinstance(one, kind) else [one]
    kept = tuple(dict.fromkeys(parts))
    return kept[0] if len(kept) == 1 else kind(kept)
