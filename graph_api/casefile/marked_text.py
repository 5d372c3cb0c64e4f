"""The text of a line with its references where they belong: behind the words that they are for."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise

from graph_api.casefile.blocks import Run, Runs


def marked_text(text: str, clauses: Iterable[tuple[int, Sequence[int]]]) -> Runs:
    """Return a text in pieces, cut where clauses end; ``clauses`` are pairs of an end in the text and the numbers of references.

    Clauses beside each other with the same references have them once, behind the last; so a reference is for the words since the one before.

    >>> marked_text("2022: taken in Kherson.", [(4, (1,)), (11, (1, 2)), (22, (1, 2))])
    (Run(text='2022', references=(1,)), Run(text=': taken in Kherson', references=(1, 2)), Run(text='.', references=()))
    """
    cuts = [(end, tuple(numbers)) for end, numbers in clauses]
    last = [one for one, following in pairwise([*cuts, (len(text), ())]) if one[1] != following[1]]
    runs, start = [], 0
    for end, numbers in last:
        runs.append(Run(text[start:end], numbers))
        start = end
    return (*runs, Run(text[start:])) if start < len(text) else tuple(runs)
