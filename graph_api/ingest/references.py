"""Checks that what a batch refers to is there, and is a record of a kind that may stand there; pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from graph_api.errors import Problem
from graph_api.ingest.batch import ParsedBatch, Reference, display_kind
from graph_api.ingest.moved_ids import moved_to
from graph_api.ingest.stored_state import StoredContext
from graph_api.values.value_type import closest


def missing_references(parsed: ParsedBatch, context: StoredContext) -> Iterator[Problem]:
    """Yield a problem for each id that no record has, that is of a wrong kind, or that is the record's own."""
    withheld = context.withheld | parsed.withheld.keys()
    kinds = {one: kind for one, kind in context.kinds.items() if one not in parsed.removed_units}
    kinds |= {record: definition.kind for record, definition in parsed.definitions.items()}
    for reference in parsed.references:
        if reference.target in withheld:
            continue  # a problem of its own
        kind = kinds.get(reference.target)
        if kind is None or kind == "claims":
            hint = moved_to(parsed, context.moved, reference.target)
            message = _not_found(reference, kinds, hint, is_unneeded=reference.target in context.unneeded)
        elif not fits(kind, reference.kinds):
            message = (
                f"Invalid reference {reference.target!r} in {reference.name}: {_expected(reference)}, "
                f"it is {with_article(kind)}."
            )
        elif reference.target == reference.record and reference.name != "said-by":
            message = f"Invalid reference {reference.target!r} in {reference.name}: a record cannot refer to itself."
        else:
            continue
        yield reference.position.problem("reference", message)


def _not_found(reference: Reference, kinds: Mapping[str, str], moved: str, *, is_unneeded: bool) -> str:
    found = f"Record {reference.target!r} in {reference.name} not found"
    if is_unneeded:
        return (
            f"{found}: expected its entry in this load; an earlier load left it out, since nothing public needed it. "
            "Load the file that states it together with this one."
        )
    hint = moved or closest(reference.target, [one for one, of in kinds.items() if fits(of, reference.kinds)])
    return f"{found}: {_expected(reference)} ({hint})." if hint else f"{found}: {_expected(reference)}."


def _expected(reference: Reference) -> str:
    return f"expected the id of {one_of_kinds(reference.kinds) or 'a record'}"


def one_of_kinds(kinds: Sequence[str]) -> str:
    """Return kinds as a message lists them.

    >>> one_of_kinds(["person", "organization", "event/TRIAL"])
    'a person, an organization or a trial'
    """
    *first, last = [with_article(kind) for kind in kinds] or [""]
    return f"{', '.join(first)} or {last}" if first else last


def with_article(kind: str) -> str:
    """Return a kind with its article."""
    shown = display_kind(kind)
    return f"{'an' if shown[0] in 'aeio' else 'a'} {shown}"


def fits(kind: str, expected: Sequence[str]) -> bool:
    """Return whether a kind is one of those that are expected; any is where none are named."""
    return not expected or kind in expected or kind.partition("/")[0] in expected
