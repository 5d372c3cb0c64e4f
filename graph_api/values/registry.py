"""Every value type, by name. The word types of the closed lists are made by ``words.word_type``, one for each list."""

from __future__ import annotations

from types import MappingProxyType
from typing import Final

from graph_api.values.checksums import SHA256
from graph_api.values.countries import COUNTRY
from graph_api.values.dates import DATE
from graph_api.values.days import DAY
from graph_api.values.flags import FLAG
from graph_api.values.languages import LANGUAGE
from graph_api.values.links import LINK
from graph_api.values.names import NAME
from graph_api.values.offences import OFFENCE
from graph_api.values.points import POINT
from graph_api.values.quantities import QUANTITY
from graph_api.values.sentences import SENTENCE
from graph_api.values.text import TEXT
from graph_api.values.urls import URL

VALUE_TYPES: Final = MappingProxyType(
    {
        one.name: one
        for one in (
            TEXT, FLAG, DATE, DAY, COUNTRY, LANGUAGE, URL, SHA256, QUANTITY, SENTENCE, OFFENCE, NAME, POINT, LINK,
        )
    }
)  # fmt: skip
