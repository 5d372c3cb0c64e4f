"""Filters that say the same get the same shape: nested ``and`` and ``or`` are flattened, double ``not`` goes, empty filters go."""

from __future__ import annotations

from dataclasses import fields, is_dataclass, replace
from typing import Any, TypeVar

from graph_api.compiler.ir import All, Not, Some, Where

Node = TypeVar("Node")


def simplify_filters(node: Node) -> Node:
    """Return the same question with filters in their simplest shape.

    >>> simplify_filters(All((All(()), All((Some(()),)))))
    Some(of=())
    """
    inner: Node = _inside(node)
    match inner:
        case All():
            return _joined(inner, All)  # type: ignore[return-value]
        case Some():
            return _joined(inner, Some)  # type: ignore[return-value]
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


def _joined(node: All | Some, kind: type[All | Some]) -> Where:
    parts: list[Where] = []
    for one in node.of:
        parts += one.of if isinstance(one, kind) else [one]
    kept = tuple(dict.fromkeys(parts))
    return kept[0] if len(kept) == 1 else kind(kept)
