"""The names of a record in all spellings of its claims, and the properties that the search reads."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from graph_api.evidence.claims import Claim
from graph_api.ontology.kinds import Kind
from graph_api.values.normalization import literal_words, normalize_name, normalized_words


def spellings(kind: Kind, claims: Iterable[Claim], shown: Any) -> list[str]:
    """Return the name that is shown, then all others that claims give, each once; titles where a kind has no names."""
    main = "name" if kind.find("name") else "title" if kind.find("title") else ""
    found = [shown[main].value] if main in shown else []
    for claim in claims:
        found += [claim.values[main]] if main in claim.values else []
        found += [one["text"] for one in claim.values.get("names", ())]
    return list(dict.fromkeys(" ".join(one.split()) for one in found))


def search_properties(names: Iterable[str]) -> dict[str, Any]:
    r"""Return the properties that the search reads: the names as lines, their keys, and every word normalized; none without a name.

    >>> search_properties(["Oleh Sentsov", "Олег Сенцов"])
    {'name_text': 'Oleh Sentsov\nОлег Сенцов', 'fold': ['oleg sencov'], 'fold_tokens': ['oleg', 'sencov']}
    """
    forms = list(names)
    if not forms:
        return {}
    return {
        "name_text": "\n".join(forms),
        "fold": list(dict.fromkeys(normalize_name(form) for form in forms)),
        "fold_tokens": sorted({word for form in forms for word in (*normalized_words(form), *literal_words(form))}),
    }
