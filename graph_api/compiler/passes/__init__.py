"""Functions IR → IR, one file and one name each; PASSES is their order."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from graph_api.compiler.ir import One, Page, Sequences
from graph_api.compiler.passes.simplify_filters import simplify_filters

Root = One | Page | Sequences
Pass = Callable[[Root], Root]

PASSES: Final[tuple[Pass, ...]] = (simplify_filters,)
