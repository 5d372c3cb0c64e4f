"""The JSON Schema of seed files: every example is valid, and what it refuses ``validate`` refuses as well."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator
from typer.testing import CliRunner

from graph_api.cli import app
from graph_api.ingest.evidence_parser import CITATION_KEYS, EVIDENCE_KEYS
from graph_api.ingest.seed_schema import CITATION, EVIDENCE, VALUES, seed_schema
from graph_api.ontology.vocabulary import EventKind, SiteKind
from graph_api.values.registry import VALUE_TYPES
from graph_api.values.words import seed_word
from tests.architecture.source import ROOT
from tests.ingest import cases

SCHEMA = Draft202012Validator(seed_schema())
EXAMPLES = sorted(path for path in (ROOT / "seeds").rglob("*.yaml") if path.name != "collection.yaml")


class Yaml12(yaml.CSafeLoader):
    """Reads YAML as editors do, by the core schema of 1.2: true and false are the only flags, dates are text."""


Yaml12.yaml_implicit_resolvers = {
    letter: [(tag, pattern) for tag, pattern in found if tag.rpartition(":")[2] not in ("timestamp", "bool", "merge")]
    for letter, found in yaml.CSafeLoader.yaml_implicit_resolvers.items()
}
Yaml12.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile("true|false"), list("tf"))


def read(text: str) -> Any:
    return yaml.load(text, Yaml12)  # noqa: S506 - a subclass of CSafeLoader


def test_the_schema_is_one_and_is_printed() -> None:
    Draft202012Validator.check_schema(seed_schema())
    assert json.loads(CliRunner().invoke(app, ["schema", "--seeds"]).output) == seed_schema()


def test_an_editor_offers_every_kind_of_event_and_of_site() -> None:
    """A language server completes ``kind:`` with the words of the printed schema."""
    definitions = json.loads(CliRunner().invoke(app, ["schema", "--seeds"]).output)["$defs"]
    event, site = (definitions[name]["properties"]["kind"] for name in ("event", "site"))
    assert event["enum"] == [seed_word(one) for one in EventKind]
    assert site["anyOf"][0]["enum"] == [seed_word(one) for one in SiteKind]


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_every_seed_file_is_valid(path: Path) -> None:
    assert [error.message for error in SCHEMA.iter_errors(read(path.read_text("utf-8")))] == []


def test_the_example_of_the_manual_is_valid() -> None:
    blocks = re.findall(r"```yaml\n(.*?)```", (ROOT / "seeds" / "README.md").read_text("utf-8"), re.DOTALL)
    files = [one for one in map(read, blocks) if isinstance(one, dict) and set(one) <= set(seed_schema()["properties"])]
    assert files
    assert [error.message for one in files for error in SCHEMA.iter_errors(one)] == []


def refused(name: str) -> bool:
    """Return whether the schema refuses a file of a bad case that YAML can read."""
    for path in (cases.BAD / name / "in").glob("*.yaml"):
        try:
            content = read(path.read_text("utf-8"))
        except (yaml.YAMLError, UnicodeDecodeError):
            continue
        if not SCHEMA.is_valid(content):
            return True
    return False


def test_more_than_forty_wrong_files_are_refused() -> None:
    found = [name for name in cases.bad_cases() if refused(name)]
    assert len(found) >= 40
    assert [name for name in found if not cases.expected(name)] == []


def test_every_type_of_values_and_every_key_of_evidence_has_a_form() -> None:
    assert {*VALUE_TYPES} - {"word"} == set(VALUES)
    assert set(EVIDENCE) == set(EVIDENCE_KEYS)
    assert set(CITATION["properties"]) == set(CITATION_KEYS)
