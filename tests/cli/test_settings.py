"""Settings: each is documented; unknown names are errors, former names work; the password is given itself or in a file, and never shown."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from pydantic import ValidationError

from graph_api.errors import InvalidSettings
from graph_api.settings import RENAMED, Settings, deprecation_warnings
from tests.architecture.source import ROOT

NAME = "DETENTION_GRAPH_NEO4J_PASSWORD"


def test_the_documentation_has_every_setting_and_the_default_of_numbers() -> None:
    page = (
        (ROOT / "docs" / "settings.md")
        .read_text(encoding="utf-8")
        .partition("| setting | default |")[2]
        .partition("\n\n")[0]
    )
    documented: dict[str, str] = {}
    for names, defaults in re.findall(r"^\| (`.*?) \| (.*?) \|", page, re.MULTILINE):
        every = re.findall(r"`(\w+)`", names)
        documented |= dict(zip(every, [*defaults.split(", "), *every], strict=False))
    fields = Settings.model_fields
    assert {name.lower() for name in documented} == set(fields)
    numbers = {name: one.default for name, one in fields.items() if one.annotation in (int, float)}
    assert len(numbers) > 10
    assert {name: float(documented[name.upper()].replace(",", "")) for name in numbers} == numbers


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
    ("name", "expected"),
    [("not-there", "No such file"), (".", "Is a directory"), ("empty", "the file is empty"), ("latin", "can't decode")],
)
def test_a_file_that_cannot_be_used_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, expected: str
) -> None:
    (tmp_path / "empty").write_text("\n")
    (tmp_path / "latin").write_bytes(b"\xff\xfe")
    monkeypatch.setenv(f"{NAME}_FILE", str(tmp_path / name))
    with pytest.raises(ValidationError, match=expected):
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
    assert "not both" in done.stderr
    assert not {word for word in ("horse", "staple") if word in done.stdout + done.stderr}


@pytest.mark.parametrize(
    ("name", "nearest"),
    [
        ("ONLY_PERSISTD", "PERSISTED_ONLY"),
        ("PERSISTED_ONYL", "PERSISTED_ONLY"),
        ("PROT", "PORT"),
        ("NEO4J_URL", "NEO4J_URI"),
        ("MAX_CONCURRENT_OPERATION", "MAX_CONCURRENT_OPERATIONS"),
        ("GRAPHQL", "GRAPHIQL"),
    ],
)
def test_a_misspelt_setting_is_an_error_that_names_the_nearest(
    monkeypatch: pytest.MonkeyPatch, name: str, nearest: str
) -> None:
    monkeypatch.setenv(f"DETENTION_GRAPH_{name}", "yes")
    expected = f"^Unknown setting DETENTION_GRAPH_{name}: did you mean DETENTION_GRAPH_{nearest}\\?$"
    with pytest.raises(InvalidSettings, match=expected):
        Settings()


def test_variables_of_the_tests_and_of_the_compose_file_are_no_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("TEST_URI", "TEST_ANYTHING", "PUBLISH", "PASSWORD_FILE"):
        monkeypatch.setenv(f"DETENTION_GRAPH_{name}", "x")
    assert Settings() == Settings.model_construct(**Settings().model_dump())


FORMER = {
    "AT_ONCE": ("7", 7),
    "WAITING": ("8", 8),
    "WAIT_SECONDS": ("1.5", 1.5),
    "LEAN": ("no", False),
    "ONLY_PERSISTED": ("yes", True),
    "HOME": ("/elsewhere", Path("/elsewhere")),
    "IDE": ("no", False),
}


@pytest.mark.parametrize("name", RENAMED)
def test_a_former_name_works_with_a_warning_and_the_current_one_takes_precedence(
    monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    text, value = FORMER[name]
    former, current = f"DETENTION_GRAPH_{name}", f"DETENTION_GRAPH_{RENAMED[name]}"
    default = getattr(Settings(), RENAMED[name].lower())
    assert default != value
    monkeypatch.setenv(former, text)
    assert getattr(Settings(), RENAMED[name].lower()) == value
    assert deprecation_warnings(os.environ) == [f"{former} is deprecated: use {current}."]
    monkeypatch.setenv(current, str(default))
    assert getattr(Settings(), RENAMED[name].lower()) == default


def test_the_command_line_warns_once_and_reports_unknown_settings(tmp_path: Path) -> None:
    def status(**env: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "graph_api", "engine", "status"],
            env={**os.environ, "NO_COLOR": "1", **{f"DETENTION_GRAPH_{name}": value for name, value in env.items()}},
            capture_output=True,
            text=True,
            check=False,
        )

    former = status(HOME=str(tmp_path), SHARE="no")
    assert former.returncode == 3
    assert str(tmp_path) in former.stdout
    assert former.stderr.splitlines() == [
        "detention-graph: DETENTION_GRAPH_HOME is deprecated: use DETENTION_GRAPH_DATA_DIR.",
        "detention-graph: DETENTION_GRAPH_SHARE is deprecated and has no effect.",
    ]
    unknown = status(DATADIR=str(tmp_path))
    assert unknown.returncode == 78
    assert "Unknown setting DETENTION_GRAPH_DATADIR: did you mean DETENTION_GRAPH_DATA_DIR?" in unknown.stderr
