"""Where the reports of a class go, what is refused before anything is graded, and that no older
report stays."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from grader.errors import UsageError
from grader.jobs.places import deliver, prove_writable, report_places
from grader.jobs.results import ClassOutcome, ClassResult
from grader.report.model import Environment, Isolation, RunHeader, RunStarted
from grader.reporters import parse_spec
from grader.reporters.destination import Destination

if TYPE_CHECKING:
    from pathlib import Path

STARTED = RunStarted(
    RunHeader(
        "c",
        "C",
        "class/ann",
        (),
        Environment("1", "3", "x", Isolation("plain"), 1, False),
        "2026-01-01T00:00:00Z",
    ),
    (),
)


def _paths(options: list[str], *names: str) -> list[list[str]]:
    return [
        [str(spec.destination.path) for spec in specs] for specs in report_places(options, names)
    ]


def test_the_name_stands_in_the_path() -> None:
    assert _paths(["json:r/{name}.json", "terminal:{name}/{name}.txt"], "ann", "bob") == [
        ["r/ann.json", "ann/ann.txt"],
        ["r/bob.json", "bob/bob.txt"],
    ]


def test_a_directory_gets_a_file_for_each(tmp_path: Path) -> None:
    assert _paths(["json:r/", f"terminal:{tmp_path}", "brief:r/"], "ann") == [
        ["r/ann.json", f"{tmp_path}/ann.txt", "r/ann.brief.json"]
    ]


def test_no_report_is_asked_for() -> None:
    assert _paths([], "ann", "bob") == [[], []]


@pytest.mark.parametrize(
    ("option", "sentence"),
    [
        (
            "json:all.json",
            (
                "--report json:all.json: with several submissions the path is a directory or has"
                " {name} in it"
            ),
        ),
        ("json", "as in json:reports/{name}.json"),
        ("terminal:-", "as in terminal:reports/{name}.txt"),
        ("jsno:{name}", "there is no report format 'jsno'; did you mean 'json'?"),
        ("json:", "needs a path after the colon"),
    ],
)
def test_a_path_that_would_be_the_same_for_all(option: str, sentence: str) -> None:
    with pytest.raises(UsageError) as caught:
        report_places([option], ["ann", "bob"])
    assert sentence in str(caught.value)


def test_two_reports_in_one_place(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="two reports cannot both go to"):
        report_places(["json:{name}", "terminal:{name}"], ["ann"])
    (tmp_path / "ann").symlink_to("bob")
    with pytest.raises(UsageError, match="two reports cannot both go to"):
        report_places([f"json:{tmp_path}/{{name}}"], ["ann", "bob"])
    with pytest.raises(UsageError, match="a report and the summary cannot both go to"):
        prove_writable(
            report_places([f"json:{tmp_path}/{{name}}"], ["x"]), [Destination(tmp_path / "x")]
        )


def test_a_missing_directory_is_made_but_no_path_to_it(tmp_path: Path) -> None:
    prove_writable(
        report_places([f"json:{tmp_path}/new/"], ["ann"]),
        [Destination(tmp_path / "other" / "s.csv")],
    )
    assert {path.name for path in tmp_path.iterdir()} == {"new", "other"}
    assert not list((tmp_path / "new").iterdir())
    with pytest.raises(UsageError, match="there is no directory"):
        prove_writable(report_places([f"json:{tmp_path}/a/b/{{name}}"], ["ann"]), [])


def test_what_was_written_is_taken_over(tmp_path: Path) -> None:
    (tmp_path / "written").write_bytes(b"{}\n")
    (tmp_path / "place").write_text("older")
    deliver(
        parse_spec(f"json:{tmp_path / 'place'}"),
        tmp_path / "written",
        STARTED,
        ClassResult(ClassOutcome.PASSED),
    )
    assert (tmp_path / "place").read_bytes() == b"{}\n"


@pytest.mark.parametrize("name", ["json", "terminal", "brief"])
def test_where_nothing_was_written_no_older_report_stays(tmp_path: Path, name: str) -> None:
    (tmp_path / "place").write_text("older")
    deliver(
        parse_spec(f"{name}:{tmp_path / 'place'}"),
        tmp_path / "nothing",
        STARTED,
        ClassResult(ClassOutcome.ERRORED, "it was killed"),
    )
    text = (tmp_path / "place").read_text()
    assert "older" not in text
    assert "it was killed" in text
