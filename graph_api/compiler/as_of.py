"""Rewrites a statement, so that it answers as of a day: over the versions of nodes that hold on that day instead of the nodes of today.

::

    MATCH (n0:Person {id: $p0})-[n2:TOOK_PART]->(n1:Event) WHERE n1:Conviction

    MATCH (n0:PersonAsOf {id: $p0} WHERE n0.as_of_from <= $known < n0.as_of_until)
          -[n2:TOOK_PART]->(n1:EventAsOf WHERE n1.as_of_from <= $known < n1.as_of_until) WHERE (n1:ConvictionAsOf AND …)

A version has the labels of its node, each with a suffix, its properties and the day numbers between which it holds; relationships join
versions that hold on a common day (``ingest.versions``). So nothing but labels and the days in which a node holds differs, and every field,
filter, order and count follows without code of its own. The pass works on the text: all emitting modules and the named queries share it.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import count
from typing import Any, Final

from graph_api.ontology.names import AS_OF_FROM, AS_OF_LABELS, AS_OF_UNTIL, Index, as_of_label
from graph_api.statement import Statement

KNOWN: Final = "known"
"""The parameter of the day number."""

_LABEL: Final = f"(?:{'|'.join(sorted(AS_OF_LABELS, key=len, reverse=True))})"
_LABELS: Final = rf":{_LABEL}(?:[|:]{_LABEL})*(?!\w)"
_TOKEN: Final = re.compile(
    rf"(?P<hint>USING INDEX (?:SEEK )?\w+)(?P<hinted>{_LABELS})"
    r"|(?P<shortest>allShortestPaths\(\(\w+\)-\[[^\]]*\]-\(\w+\)\))"
    rf"|(?P<node>(?<!\w)\((?P<variable>[a-z]\w*)?(?P<labels>{_LABELS})?(?P<map> ?\{{[^{{}}]*\}})?\))"
    r"|(?P<many>(?P<left><?)-\[(?P<types>:[A-Z_|]+)\*(?P<least>\d+)\.\.(?P<most>\d+)\]-(?P<right>>?))"
    rf"|(?P<condition>(?P<row>\b[a-z]\w*)(?P<is>{_LABELS}))"
)
_BEFORE_NODE: Final = re.compile(r"(?:-|->|\bMATCH\s)$")
_AFTER_NODE: Final = re.compile(r"<?-[\[>-]")


def statement_as_of(statement: Statement, day: Any) -> Statement:
    """Return the statement as of a day number, or of a value that will be one when parameters are bound."""
    parameters = {name: _index(value) for name, value in statement.parameters.items()}
    return Statement(as_of_text(statement.text), {**parameters, KNOWN: day}, statement.name)


def _index(value: Any) -> Any:
    return Index.SPELLINGS_AS_OF.value if value == Index.SPELLINGS.value else value


@lru_cache(maxsize=2000)
def as_of_text(text: str) -> str:
    """Return the text of a statement over versions; ``$known`` is the day number."""
    numbers = count()

    def rewritten(token: re.Match[str]) -> str:
        found = token.groupdict()
        if found["hint"] is not None:
            return f"{found['hint']}{_versions(found['hinted'])}"
        if found["shortest"] is not None:
            return token[0]  # both ends are matched before, and a condition on the path checks the nodes between
        if found["condition"] is not None:
            return f"({found['row']}{_versions(found['is'])} AND {_holds(found['row'])})"
        if found["many"] is not None:
            between = f"v{next(numbers)}"
            hop = f"{found['left']}-[{found['types']}]-{found['right']}"
            return f" ((){hop}({between} WHERE {_holds(between)})){{{found['least']},{found['most']}}} "
        is_pattern = (
            found["map"] is not None or _BEFORE_NODE.search(text[max(0, token.start() - 6) : token.start()]) is not None
        )
        if not is_pattern and _AFTER_NODE.match(text, token.end()) is None:
            return f"({_conditions(token)})" if found["labels"] else token[0]
        variable = found["variable"] or f"v{next(numbers)}"
        return f"({variable}{_versions(found['labels'] or '')}{found['map'] or ''} WHERE {_holds(variable)})"

    return _TOKEN.sub(rewritten, text)


def _conditions(token: re.Match[str]) -> str:
    """Return a condition on labels that stands in brackets of its own."""
    return f"{token['variable']}{_versions(token['labels'])} AND {_holds(token['variable'])}"


def _versions(labels: str) -> str:
    return re.sub(r"\w+", lambda label: as_of_label(label[0]), labels)


def _holds(variable: str) -> str:
    return f"{variable}.{AS_OF_FROM} <= ${KNOWN} < {variable}.{AS_OF_UNTIL}"
