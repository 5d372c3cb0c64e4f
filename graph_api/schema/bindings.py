"""The bindings of the schema, which the compiler receives: how each field and root field is read, and what each filter means."""

from typing import Final

from graph_api.casefile.selection import bind_explanation
from graph_api.compiler.binder import Bindings
from graph_api.compiler.field_bindings import FIELD_BINDINGS
from graph_api.schema.inputs import FILTERS
from graph_api.schema.root_fields import ROOT_FIELDS

_FIELDS: Final = {**FIELD_BINDINGS, "Difference": {**FIELD_BINDINGS["Difference"], "explanation": bind_explanation}}
"""The binder of every field; differences are explained by the words of case files, which are in every language."""

BINDINGS: Final = Bindings(_FIELDS, {one.name: one.bind for one in ROOT_FIELDS}, FILTERS)
