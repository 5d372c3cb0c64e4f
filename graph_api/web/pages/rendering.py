"""Draws pages: the templates, one environment a language, with escaping on and undefined names an error."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any, Final

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from graph_api.web.pages.languages import PageLanguage, locale

FOLDER: Final = Path(__file__).parent / "templates"


@cache
def environment(language: PageLanguage) -> Environment:
    """Return the templates in a language."""
    found = Environment(
        loader=FileSystemLoader(FOLDER),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    words = locale(language)
    found.globals.update(_=words.text, n_=words.plural, locale=words, number=words.number, label=words.label)
    return found


def render(template: str, language: PageLanguage, values: Mapping[str, Any]) -> str:
    """Return a page as HTML."""
    return environment(language).get_template(f"{template}.html").render(values)
