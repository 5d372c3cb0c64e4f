"""Free text."""

from __future__ import annotations

from typing import Final

from graph_api.values.value_type import ValueType, parse_text

TEXT: Final = ValueType("text", "text", "String", parse_text, is_free_text=True)
