"""The key ``accept`` of an entry: warnings and decisions that a steward has looked at, each with the reason why it stands."""

from __future__ import annotations

from typing import Final

from graph_api.errors import Problem
from graph_api.ingest.codes import ACCEPTABLE
from graph_api.ingest.nodes import Node, SequenceNode, describe_node, raw_value

ACCEPT: Final = "accept"


def accepted_codes(node: Node, problems: list[Problem]) -> dict[str, str]:
    """Return the reasons of an entry by the codes that it accepts; what is wrong is added to the problems."""
    found: dict[str, str] = {}
    for one in node.items if isinstance(node, SequenceNode) else (node,):
        values = raw_value(one)
        if not isinstance(values, dict) or set(values) != {"code", "why"} or not all(values.values()):
            message = f"Invalid entry of accept {describe_node(one)}: expected a list such as [{{code: …, why: …}}]."
            problems.append(one.position.problem("accept", message))
        elif values["code"] not in ACCEPTABLE:
            message = f"Unknown code {values['code']!r}: expected that of a warning or decision, one of {', '.join(sorted(ACCEPTABLE))}."
            problems.append(one.position.problem("accept", message))
        else:
            found[str(values["code"])] = str(values["why"])
    return found
