"""A class is graded, interrupted, changed and graded again: what holds is taken from the book, what
does not is graded, and nothing is ever taken for something else."""

from __future__ import annotations

import csv
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from grader.book.store import open_book
from grader.errors import MachineError, UsageError
from grader.jobs import class_opening
from grader.jobs.class_book import policy_of
from grader.report.codec import from_json
from tests.unit.jobs.told_class import ToldClass

HELD = "were graded before and have not changed"


@pytest.fixture
def told(tmp_path: Path) -> ToldClass:
    found = ToldClass(tmp_path)
    found.put(ada=". .", bob=". F", carl="no program", dora="grade: uv is not on this machine, and "
              "submissions/dora/run.sh needs it: install uv")  # fmt: skip
    return found


@pytest.fixture
def ids(monkeypatch: pytest.MonkeyPatch) -> None:
    """The checks that the course has, as far as a policy asks."""
    known = ["bind-port/a", "ok/a", "ok/b", "echo/a", "echo/b"]
    monkeypatch.setattr(class_opening, "check_ids", lambda _: known)


def rows(told: ToldClass, name: str = "class.csv") -> list[dict[str, str]]:
    with open(told.root / name, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def column(told: ToldClass, name: str) -> list[str]:
    return [row[name] for row in rows(told)]


def test_the_same_command_again_grades_only_what_is_new_or_changed(told: ToldClass) -> None:
    code, said = told.grade()
    assert code == 3
    assert " book: " in said
    assert HELD not in said
    assert told.graded == ["ada", "bob", "carl", "dora"]
    first = rows(told)
    assert [row["verdict"] for row in first] == ["passed", "failed", "not_graded", "errored"]
    assert (first[1]["kind"], first[1]["problem"]) == ("exit", "b ended.")
    _, said = told.grade()
    assert f"3 of 4 {HELD}" in said
    assert told.graded == ["dora"]  # what could not be judged is graded again
    assert rows(told) == first
    told.put(bob=". .", erin=". .", dora=". .")
    code, said = told.grade(resume=True)
    assert code == 1
    assert told.graded == ["bob", "dora", "erin"]
    assert column(told, "was") == ["", "was 3/4", "", "was errored", ""]
    assert " was 3/4" in said


def test_the_seed_is_drawn_once(told: ToldClass) -> None:
    told.grade()
    seed = column(told, "seed")[0]
    told.graded  # noqa: B018
    told.grade()
    assert column(told, "seed")[0] == seed
    told.grade(seed=5)
    assert column(told, "seed")[0] == "5"
    assert told.graded[1:] == ["ada", "bob", "carl", "dora"]


def test_other_options_are_another_grading(told: ToldClass) -> None:
    told.grade()
    told.grade(strict=True)
    assert told.graded[4:] == ["ada", "bob", "carl", "dora"]
    told.grade()
    assert told.graded == ["dora"]


def test_only_some_again(told: ToldClass) -> None:
    told.grade("ada", "bob", "dora")
    told.graded  # noqa: B018
    _, said = told.grade(only=("failed",))
    assert told.graded == ["bob"]
    assert "1 of 3 are graded again, 2 keep their last result" in said
    assert "1 more have no result yet, and are left out (--only)" in said
    assert column(told, "name") == ["ada", "bob", "dora"]
    told.grade(only=("errored", "ada"))
    assert told.graded == ["ada", "dora"]
    with pytest.raises(UsageError, match=r"no submission is called 'adda'; did you mean 'ada'"):
        told.grade(only=("adda",))


def test_regrade_keeps_the_earlier_result(told: ToldClass) -> None:
    told.grade()
    told.grade(regrade=True)
    assert told.graded == ["ada", "bob", "carl", "dora"] * 2
    with open_book(told.root / "class.sqlite", writes=False) as book:
        assert [run.graded for run in book.runs()] == [4, 4]


def test_without_a_book_all_is_graded(told: ToldClass) -> None:
    for _ in range(2):
        _, said = told.grade(no_book=True)
        assert "book" not in said
    assert told.graded == ["ada", "bob", "carl", "dora"] * 2
    assert not (told.root / "class.sqlite").exists()
    told.grade(summaries=(), jobs=1)
    assert sorted(os.listdir(told.root)) == ["class.csv", "log", "submissions"]
    for options in ({"regrade": True}, {"only": ("ada",)}, {"advice": ("ok/a",)}):
        with pytest.raises(UsageError, match="need the book of the class"):
            told.grade(summaries=(), jobs=1, **options)
        with pytest.raises(UsageError, match="--no-book keeps nothing"):
            told.grade(no_book=True, **options)


def test_where_the_book_lies(told: ToldClass) -> None:
    told.grade(book=str(told.root / "kept"))
    told.grade(summaries=(), reports=(f"json:{told.root}/reports/",))
    told.grade(summaries=("-",), jobs=1)
    assert sorted(os.listdir(told.root)) == ["class.csv", "kept", "log", "reports", "submissions"]
    assert "class.sqlite" in os.listdir(told.root / "reports")
    with pytest.raises(UsageError, match="the book needs a file for itself"):
        told.grade(book=str(told.root / "class.csv"))


def test_a_file_of_somebody_else_stays_as_it_is(told: ToldClass) -> None:
    (other := told.root / "class.sqlite").write_text("my notes")
    with pytest.raises(UsageError, match="is not the book of a class"):
        told.grade()
    assert other.read_text() == "my notes"
    assert told.graded == []


def test_a_second_command_on_the_same_book(told: ToldClass) -> None:
    told.grade()
    with (
        open_book(told.root / "class.sqlite", writes=True),
        pytest.raises(MachineError, match="another grade command is using it"),
    ):
        told.grade()


def test_a_grading_that_breaks_the_grader_is_tried_once_more(told: ToldClass) -> None:
    told.put(ada="broken")
    code, said = told.grade("ada", "bob")
    assert code == 3
    assert told.graded == ["ada", "bob", "ada"]
    assert said.count("an error in the grader itself: Oops") == 2  # as it ends, and in the table
    with open_book(told.root / "class.sqlite", writes=False) as book:
        found = book.newest("ada")
        assert found is not None
        assert (found.outcome, found.traceback) == ("errored", "Traceback: it broke")
        kept = from_json(book.report(found.number))
        assert kept.reason == found.reason == "an error in the grader itself: Oops"


def test_equal_reasons_are_one_line(told: ToldClass) -> None:
    told.put(erin="grade: uv is not on this machine, and submissions/erin/x needs it: install uv")
    _, said = told.grade()
    assert "2 submissions need uv, which this machine does not have: dora, erin." in said


def test_an_interrupted_row_has_no_score(told: ToldClass) -> None:
    told.put(ada="interrupted")
    told.grade("ada", "bob")
    (ada, _) = rows(told)
    assert (ada["verdict"], ada["score"], ada["max_score"], ada["stages_passed"]) == (
        "errored", "", "", "",
    )  # fmt: skip
    assert "points" not in next(line for line in told.shown.splitlines() if "ada" in line)
    told.graded  # noqa: B018
    told.grade("ada", "bob")
    assert told.graded == ["ada"]


def test_what_changes_while_it_is_graded_is_graded_again(
    told: ToldClass, monkeypatch: pytest.MonkeyPatch
) -> None:
    from grader.jobs import records

    told.grade("ada")
    monkeypatch.setattr(records, "content_of", lambda *_, **__: "another")
    told.put(ada=". F")
    told.grade("ada")
    monkeypatch.undo()
    told.graded  # noqa: B018
    told.grade("ada")
    assert told.graded == ["ada"]


def test_reports_of_earlier_are_moved_aside(told: ToldClass) -> None:
    asked = (f"json:{told.root}/reports/", f"html:{told.root}/reports/")
    told.grade(reports=asked)
    reports = told.root / "reports"
    before = (reports / "ada.json").stat()
    assert from_json((reports / "bob.json").read_bytes()).header.submission_path == "class/ada"
    _, said = told.grade(reports=asked)
    assert "earlier reports were moved to" in said
    (day,) = os.listdir(reports / "earlier")
    assert sorted(os.listdir(reports / "earlier" / day)) == ["dora.html", "dora.json"]
    assert (reports / "ada.json").stat() == before  # it holds: it is not even written again
    (reports / "ada.json").write_text("old")
    (reports / "bob.html").unlink()
    told.grade(reports=asked)
    assert from_json((reports / "ada.json").read_bytes()).score == 4
    assert "b ended." in (reports / "bob.html").read_text(encoding="utf-8")
    assert sorted(os.listdir(reports / "earlier" / day)) == [
        "dora-2.html", "dora-2.json", "dora.html", "dora.json",
    ]  # fmt: skip


@pytest.mark.usefixtures("ids")
def test_a_policy_is_kept_and_shown_without_grading_again(told: ToldClass) -> None:
    reports = (f"json:{told.root}/reports/",)
    told.grade(seed=1, reports=reports)
    told.graded  # noqa: B018
    code, said = told.grade(
        "ada", "bob", advice=("ok/b",), points=("echo=10",), seed=1, reports=reports
    )
    assert code == 0
    assert told.graded == []
    assert "class policy: advice ok/b; points echo 10" in said
    assert column(told, "score") == ["11", "11"]
    told.grade("ada", "bob", seed=1, reports=reports)
    assert column(told, "policy") == ["advice ok/b; points echo 10"] * 2
    report = from_json((told.root / "reports" / "bob.json").read_bytes())
    assert report.header.environment.policy == "advice ok/b; points echo 10"
    assert report.score == 11
    with pytest.raises(UsageError, match="there is no check or stage 'ok/nothing'"):
        told.grade(advice=("ok/nothing",))
    with pytest.raises(UsageError, match="leaves nothing to grade"):
        told.grade(without=("bind-port", "ok"))


def test_rows_of_all_checks(told: ToldClass) -> None:
    told.put(ada=". F", bob="F s .a")
    checks = f"checks:{told.root}/checks.csv"
    for options in ({}, {}, {"no_book": True}):
        told.grade("ada", "bob", summaries=(checks,), **options)
        found = rows(told, "checks.csv")
        assert [(row["name"], row["stage"], row["check"], row["verdict"]) for row in found] == [
            ("ada", "ok", "a", "passed"), ("ada", "ok", "b", "failed"),
            ("ada", "echo", "a", "passed"), ("ada", "echo", "b", "passed"),
            ("bob", "ok", "a", "failed"), ("bob", "ok", "b", "skipped"),
            ("bob", "ok", "c", "passed"), ("bob", "echo", "a", "passed"),
            ("bob", "echo", "b", "passed"),
        ]  # fmt: skip
        assert (found[1]["kind"], found[1]["problem"], found[1]["points"]) == (
            "exit", "b ended.", "0",
        )  # fmt: skip
    assert (told.root / "checks.sqlite").exists()


def test_a_full_disk_ends_no_class(told: ToldClass, monkeypatch: pytest.MonkeyPatch) -> None:
    from grader.book.store import Book

    def full(*_: object) -> int:
        raise MachineError("the book x: there is no space left for it; what it holds is kept")

    monkeypatch.setattr(Book, "keep", full)
    with pytest.raises(
        MachineError, match=r"no space left.*2 results are not kept, and are graded"
    ):
        told.grade("ada", "bob")
    assert column(told, "verdict") == ["passed", "failed"]
    monkeypatch.undo()
    told.graded  # noqa: B018
    told.grade("ada", "bob")
    assert told.graded == ["ada", "bob"]


@pytest.mark.parametrize("after", [1, 7])
def test_kill_9_and_the_same_command_again(tmp_path: Path, after: int) -> None:
    calm, killed = ToldClass(tmp_path / "calm"), ToldClass(tmp_path / "killed")
    for whose in (calm, killed):
        whose.put(**{f"n{number:02}": ". ." if number % 3 else ". F" for number in range(12)})
    calm.grade(seed=99)
    log = killed.root / "log"
    os.mkfifo(log)  # each grading waits until its line is read
    with subprocess.Popen(
        [sys.executable, "-m", "tests.unit.jobs.told_class", killed.root],
        cwd=Path(__file__).parents[3], stdout=subprocess.DEVNULL,
    ) as command:  # fmt: skip
        begun = 0
        while begun < after:
            with open(log, encoding="utf-8") as lines:
                begun += len(lines.readlines())
        command.send_signal(signal.SIGKILL)
    log.unlink()
    killed.grade(seed=99)
    again = killed.graded
    assert 12 - after <= len(again) <= 13 - after
    path = str(killed.root)
    assert [{**row, "path": ""} for row in rows(killed)] == [
        {**row, "path": ""} for row in rows(calm)
    ], path


@pytest.mark.usefixtures("ids")
def test_what_was_skipped_for_a_check_that_does_not_count_is_graded_again(told: ToldClass) -> None:
    told.put(ada="F s")
    told.grade("ada", "bob", without=("ok/a",))
    assert told.graded == ["ada", "bob"]
    with open_book(told.root / "class.sqlite", writes=False) as book:
        assert policy_of(book).without == ("ok/a",)
    _, said = told.grade("ada", "bob")
    assert told.graded == ["ada by policy"]
    assert f"1 of 2 {HELD}" in said
