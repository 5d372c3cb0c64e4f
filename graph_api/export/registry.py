"""Every export format by its name. A new one is a module with a ``FORMAT``, and a line here."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from graph_api.export import csv, followthemoney, geojson, graphml, jsonl
from graph_api.export.export_format import ExportFormat

EXPORT_FORMATS: Final[Mapping[str, ExportFormat]] = MappingProxyType(
    {one.name: one for one in (csv.FORMAT, jsonl.FORMAT, followthemoney.FORMAT, graphml.FORMAT, geojson.FORMAT)}
)
