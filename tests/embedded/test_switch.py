"""The data of a home are replaced: whatever is interrupted, the next start finds the old data or the new ones, whole."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from graph_api.embedded import switch
from graph_api.embedded.layout import Layout
from graph_api.embedded.lock import make_folders
from graph_api.errors import DataDirectoryUnusable

FILES = [f"{folder}/{name}" for folder in ("databases", "transactions") for name in ("a", "b", "c")]
STEPS = 21
"""The changes of the file system in a switch."""


class Interrupted(BaseException):
    """What a test raises in place of the loss of power."""


def filled(layout: Layout, content: str) -> None:
    make_folders(layout)
    for name in FILES:
        file = layout.data / name
        file.parent.mkdir(exist_ok=True)
        file.write_text(content, encoding="ascii")


def found(layout: Layout) -> set[str]:
    """Return what the files say; ``missing`` where one is not there."""
    files = [layout.data / name for name in FILES]
    return {file.read_text(encoding="ascii") if file.exists() else "missing" for file in files}


@pytest.fixture
def layout(tmp_path: Path) -> Layout:
    made = Layout(tmp_path / "home")
    filled(made, "old")
    made.password.write_text("secret", encoding="ascii")
    (made.logs / "debug.log").write_text("old", encoding="ascii")
    made.password.chmod(0o600)
    return made


def interrupted_after(steps: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Interrupt after so many changes of the file system; a deleted folder counts once for each of its files."""
    left = steps

    def counted(change: Callable[..., Any]) -> Callable[..., Any]:
        def run(*arguments: Any, **options: Any) -> Any:
            nonlocal left
            if not left:
                raise Interrupted
            left -= 1
            return change(*arguments, **options)

        return run

    def remove(folder: Path, *, ignore_errors: bool = False) -> None:
        for path in sorted(folder.rglob("*"), reverse=True):
            counted(path.rmdir if path.is_dir() else path.unlink)()
        if folder.exists() or not ignore_errors:
            counted(folder.rmdir)()

    monkeypatch.setattr(shutil, "rmtree", remove)
    for name in ("rename", "mkdir"):
        monkeypatch.setattr(Path, name, counted(getattr(Path, name)))


@pytest.mark.parametrize("steps", range(STEPS + 1))
def test_an_interruption_at_any_step_leaves_the_old_data_or_the_new_ones(layout: Layout, steps: int) -> None:
    made = switch.prepare(layout)
    filled(made, "new")
    with pytest.MonkeyPatch.context() as monkeypatch:
        interrupted_after(steps, monkeypatch)
        try:
            switch.commit(layout)
            was_interrupted = False
        except Interrupted:
            was_interrupted = True
    make_folders(layout)
    switch.finish(layout)
    assert found(layout) == ({"old"} if steps == 0 else {"new"})
    assert (layout.logs / "debug.log").exists() == (steps == 0)
    assert not layout.replacement.home.exists()
    assert not layout.next_data.exists()
    assert was_interrupted == (steps < STEPS)


def test_what_an_undecided_replacement_left_is_removed(layout: Layout) -> None:
    filled(switch.prepare(layout), "new")
    switch.finish(layout)
    assert found(layout) == {"old"}
    assert not layout.replacement.home.exists()


def test_the_new_home_has_the_same_password(layout: Layout) -> None:
    assert switch.prepare(layout).password.read_text(encoding="ascii") == "secret"


def test_a_linked_data_folder_is_refused_before_anything_changes(layout: Layout, tmp_path: Path) -> None:
    layout.data.rename(tmp_path / "elsewhere")
    layout.data.symlink_to(tmp_path / "elsewhere")
    with pytest.raises(DataDirectoryUnusable, match="is a link or a mount point"):
        switch.prepare(layout)
    assert found(layout) == {"old"}
