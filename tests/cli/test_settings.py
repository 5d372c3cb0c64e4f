"""Settings: each is told of; the password of the database is given itself or in a file, as containers do, and never shown."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from pydantic import ValidationError

from graph_api.settings import Settings
from tests.architecture.source import ROOT

NAME = "DETENTION_GRAPH_NEO4J_PASSWORD"


def test_the_readme_tells_of_every_setting_and_of_numbers_with_their_default() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8").partition("| setting | default |")[2].partition("\n\n")[0]
    told: dict[str, str] = {}
    for names, defaults in re.findall(r"^\| (`.*?) \| (.*?) \|", readme, re.MULTILINE):
        every = re.findall(r"`(\w+)`", names)
        told |= dict(zip(every, [*defaults.split(", "), *every], strict=False))
    fields = Settings.model_fields
    assert {name.lower() for name in told} == set(fields)
    numbers = {name: one.default for name, one in fields.items() if one.annotation in (int, float)}
    assert len(numbers) > 10
    assert {name: float(told[name.upper()].replace(",", "")) for name in numbers} == numbers


def test_the_password_is_read_from_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "password"
    file.write_text("correct-horse\n")
    monkeypatch.setenv(f"{NAME}_FILE", str(file))
    settings = Settings()
    assert settings.password.get_secret_value() == "correct-horse"
    assert "horse" not in repr(settings)


def test_without_a_file_it_is_the_one_that_was_given(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(NAME, "correct-horse")
    assert Settings().password.get_secret_value() == "correct-horse"


@pytest.mark.parametrize(
    ("name", "said"),
    [("not-there", "No such file"), (".", "Is a directory"), ("empty", "the file is empty"), ("latin", "can't decode")],
)
def test_a_file_that_cannot_be_used_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, said: str
) -> None:
    (tmp_path / "empty").write_text("\n")
    (tmp_path / "latin").write_bytes(b"\xff\xfe")
    monkeypatch.setenv(f"{NAME}_FILE", str(tmp_path / name))
    with pytest.raises(ValidationError, match=said):
        Settings()


def test_both_at_once_are_refused_and_neither_is_shown(tmp_path: Path) -> None:
    file = tmp_path / "password"
    file.write_text("correct-horse")
    done = subprocess.run(
        [sys.executable, "-m", "graph_api", "migrate"],
        env={**os.environ, NAME: "battery-staple", f"{NAME}_FILE": str(file)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 78
    assert "right would be one of the two" in done.stderr
    assert not {word for word in ("horse", "staple") if word in done.stdout + done.stderr}
