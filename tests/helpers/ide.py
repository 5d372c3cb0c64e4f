"""The questions of the page at ``/graphiql``: five as tabs, and the whole cookbook by who asks."""

from __future__ import annotations

import json
import re
import textwrap
from pathlib import Path
from typing import Any, Final

from tests.helpers.cookbook import ASKERS, Recipe, recipes

ROOT: Final = Path(__file__).parents[2]
PAGE: Final = ROOT / "graph_api" / "web" / "graphiql"
COOKBOOK: Final = PAGE / "assets" / "cookbook.json"
GROUPS: Final = dict(zip(ASKERS, ("Investigators ask", "Lawyers ask", "Data stewards ask"), strict=True))


def cookbook() -> dict[str, Any]:
    """Return what ``cookbook.json`` is to hold: ``tabs``, open from the start, and ``groups`` with every question."""
    first = [shown(question, operation, {}) for question, operation in first_questions()]
    groups = [{"key": "first", "title": "First questions", "questions": first}]
    for asker, title in GROUPS.items():
        asked = [shown(one.question, body(one), one.variables) for one in recipes() if one.asker == asker]
        groups.append({"key": asker.replace(" ", "-"), "title": title, "questions": asked})
    return {"tabs": first, "groups": groups}


def first_questions() -> list[tuple[str, str]]:
    """Return the five questions of the documentation with their operations."""
    text = (ROOT / "docs" / "first-questions.md").read_text(encoding="utf-8")
    return re.findall(r"\*\*\d\. (.*?)\*\*\n\n```graphql\n(.*?)```", text, re.DOTALL)


def body(recipe: Recipe) -> str:
    """Return the operation of a file without the comments on top."""
    lines = recipe.text.splitlines(keepends=True)
    return "".join(lines[next(at for at, line in enumerate(lines) if not line.startswith("#")) :])


def shown(question: str, operation: str, variables: dict[str, Any]) -> dict[str, str]:
    """Return a question as the page has it: in words, the operation below those words, the variables as text."""
    comment = textwrap.indent(textwrap.fill(question, 90), "# ", lambda _: True)
    return {
        "question": question,
        "query": f"{comment}\n{operation}",
        "variables": json.dumps(variables, ensure_ascii=False, indent=2) if variables else "",
    }


def written() -> str:
    """Return the text of ``cookbook.json``."""
    return json.dumps(cookbook(), ensure_ascii=False, indent=1) + "\n"
