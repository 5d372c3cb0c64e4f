"""Filters of what happened and of what was only announced: every list, count and order of events has one of them."""

from __future__ import annotations

from typing import Final

from graph_api.compiler.ir import Comparator, Compare

REPORTED: Final = Compare("announced", Comparator.EQUAL, value=False)
ANNOUNCED: Final = Compare("announced", Comparator.EQUAL, value=True)
