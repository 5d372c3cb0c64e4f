"""Functions IR → IR, one file and one name each; PASSES is their order.

``simplify_filters`` gives filters that say the same the same shape.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from graph_api.compiler.ir import Root
from graph_api.compiler.passes.simplify_filters import simplify_filters

Pass = Callable[[Root], Root]

PASSES: Final[tuple[Pass, ...]] = (simplify_filters,)
