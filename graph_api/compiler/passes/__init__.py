"""Functions from IR to IR, one in each module; ``PASSES`` is their order.

``simplify_filters`` gives equivalent predicates the same form.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from graph_api.compiler.ir import Root
from graph_api.compiler.passes.simplify_filters import simplify_filters

Pass = Callable[[Root], Root]

PASSES: Final[tuple[Pass, ...]] = (simplify_filters,)
