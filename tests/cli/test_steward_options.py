"""Options of a steward's commands that are wrong, missing or exclude each other: each ends with a message that says what is expected."""

from __future__ import annotations

import shutil
import signal
from collections.abc import Sequence
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from graph_api.cli import app, signals
from graph_api.cli.common import telling_of_a_stop
from graph_api.cli.review import Review
from graph_api.errors import DatabaseError, InvalidInput
from graph_api.ingest.saved_plan import SavedPlan, write_saved_plan
from tests.ingest.test_tables import TABLES

RUN = CliRunner()


@pytest.fixture
def mapping(tmp_path: Path) -> Path:
    for name in ("incidents.csv", "incidents.map.yaml"):
        shutil.copy(TABLES / name, tmp_path / name)
    return tmp_path / "incidents.map.yaml"


def refusal(*words: str) -> str:
    """Return the message with which a command refuses what it was given."""
    error = RUN.invoke(app, list(words)).exception
    assert isinstance(error, InvalidInput), error
    return str(error)


@pytest.mark.parametrize(
    "words",
    [
        ("plan", "a-folder", "--markdown", "--json"),
        ("validate", "a-folder", "--json", "--sarif"),
        ("table", "ids", "MAPPING", "--renamed", "--new"),
    ],
)
def test_of_two_options_that_exclude_each_other_none_is_chosen(mapping: Path, words: tuple[str, ...]) -> None:
    given = [str(mapping) if one == "MAPPING" else one for one in words]
    assert refusal(*given) == f"Invalid options {words[-2]} and {words[-1]}: expected one of them."
    assert not mapping.with_name("incidents.ids.csv").exists()


def test_a_plan_is_kept_under_a_name_that_apply_knows() -> None:
    """The plan of another name was written, and then refused by ``apply`` as no seed file."""
    message = "Invalid --out 'plan.txt': expected a name that ends in .plan, by which `apply` knows a plan."
    assert refusal("plan", "a-folder", "--out", "plan.txt") == message


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("--collection", "b"), "Invalid --collection 'b': expected 'a', with which the plan was made."),
        (("--audience", "public"), "Invalid --audience 'public': expected 'restricted', with which the plan was made."),
    ],
)
def test_an_option_that_is_not_that_of_the_plan_is_refused(
    tmp_path: Path, words: tuple[str, ...], message: str
) -> None:
    """The plan decided without a word, whatever the option."""
    kept = tmp_path / "kept.plan"
    write_saved_plan(SavedPlan(("seeds",), "a", "RESTRICTED", {}, {}, 0), kept)
    assert refusal("apply", str(kept), *words) == message


def test_an_unknown_audience_names_the_option() -> None:
    message = refusal("validate", "a-folder", "--audience", "everybody")
    assert message == "Invalid --audience 'everybody': expected one of public, restricted."


def test_a_table_is_converted_only_to_a_file_that_can_be_read_again(mapping: Path, tmp_path: Path) -> None:
    """A folder that does not exist ended in a stack trace, and a file of another name could not be loaded."""
    missing = tmp_path / "nowhere" / "list.jsonl"
    assert refusal("table", "convert", str(mapping), "-o", str(missing)) == (
        f"Cannot write {missing}: No such file or directory."
    )
    message = refusal("table", "convert", str(mapping), "-o", str(tmp_path / "list.yaml"))
    assert message.endswith("list.yaml': expected a name that ends in .jsonl.")


def test_codes_are_listed_without_one_and_a_misspelt_one_names_the_closest() -> None:
    lines = RUN.invoke(app, ["explain"]).output.splitlines()
    assert "same-person: Two people of one name in any script, whose births may be one." in lines
    assert refusal("explain", "same-persons").endswith("(closest: same-person, same-event, same-source).")


def test_a_review_without_a_terminal_says_so(mapping: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It was said that the file of judgements could not be written."""

    def no_terminal() -> str:
        raise OSError(6, "No such device or address")

    monkeypatch.setattr(typer, "getchar", no_terminal)
    monkeypatch.setattr(Review, "_show", lambda *_: None)
    text = mapping.with_name("incidents.csv").read_text("utf-8")
    mapping.with_name("incidents.csv").write_text(text.replace("Макетова Олена", "Іван Прикладенко"), "utf-8")
    assert refusal("candidates", str(mapping), "--review", "--judgements", str(mapping.parent / "judged")) == (
        "No terminal for --review: expected one, whose keys judge. `candidates` alone lists the pairs."
    )


def stopped_after(steps: Sequence[str], *, by_error: bool = False) -> None:
    with telling_of_a_stop() as progress:
        for one in steps:
            progress(one)
        try:
            signals.exit_on_signal(signal.SIGINT, None)
        finally:
            if by_error:  # closing what the signal interrupted fails as well
                raise DatabaseError("The database rejected a statement")


@pytest.fixture
def received(monkeypatch: pytest.MonkeyPatch) -> None:
    """No signal came before the test."""
    monkeypatch.setattr(signals, "_received", [])


@pytest.mark.parametrize(
    ("last", "words"),
    [
        ("comparing with the graph", "stopped: nothing was changed"),
        ("committing", "stopped while the load was committed: `detention-graph loads` lists it if it is applied"),
        (
            "replacing the present graph",
            "stopped while the load was committed: `detention-graph loads` lists it if it is applied",
        ),
    ],
)
@pytest.mark.parametrize("by_error", [False, True])
@pytest.mark.usefixtures("received")
def test_a_load_that_a_signal_stops_says_what_became_of_it(
    last: str, words: str, by_error: bool, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as stop:
        stopped_after(["reading files", last], by_error=by_error)
    assert stop.value.code == 130
    assert capsys.readouterr().err.splitlines() == ["reading files", last, f"detention-graph: {words}"]


@pytest.mark.usefixtures("received")
@pytest.mark.parametrize("error", [SystemExit(65), DatabaseError("The database rejected a statement")])
def test_an_error_of_a_load_is_no_stop(error: BaseException, capsys: pytest.CaptureFixture[str]) -> None:
    def failing() -> None:
        with telling_of_a_stop() as progress:
            progress("reading files")
            raise error

    with pytest.raises(type(error)):
        failing()
    assert capsys.readouterr().err.splitlines() == ["reading files"]
