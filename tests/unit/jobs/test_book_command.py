"""`grade book`: the results of a class listed, filtered, compared, counted otherwise and exported,
from what is kept alone."""

from __future__ import annotations

import csv
import io
import os
from pathlib import Path

import pytest

from grader.commands.entry import run
from grader.report.codec import from_json
from grader.reporters import REPORTERS
from tests.unit.jobs.told_class import ToldClass

HOSTILE = "\x1b]0;x\x07::error::=cmd|'/c calc'!A1<script>alert(1)</script>\u202e"


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> ToldClass:
    """Two runs: in the second one, bob has mended his server and erin is new."""
    found = ToldClass(tmp_path_factory.mktemp("class"))
    found.put(ada=". .", bob=". F", carl="no program", dora=f"grade: {HOSTILE}")
    found.grade(seed=3)
    found.put(bob=". .", erin="F s", fred="broken")
    found.grade(seed=3)
    return found


@pytest.fixture
def book(told: ToldClass, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of its book, and nothing else of the class."""
    monkeypatch.chdir(tmp_path)
    (path := tmp_path / "class.sqlite").write_bytes((told.root / "class.sqlite").read_bytes())
    return path


def said(capsys: pytest.CaptureFixture[str], *arguments: str | Path, code: int = 0) -> str:
    assert run(["book", *map(str, arguments)]) == code
    done = capsys.readouterr()
    assert not done.err or code or "-" in arguments
    return " ".join((done.out if not code else done.err).split())


def csv_rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


def test_each_submission_as_it_stands(book: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = said(capsys, book)
    assert "2 runs, the last one 20" in text
    assert "ok ada 2/2 stages 4/4 points" in text
    assert "ok bob 2/2 stages 4/4 points" in text
    assert "FAIL erin 1/2 stages 2/4 points ok/a" in text
    assert "error fred an error in the grader itself: Oops" in text
    assert "6 submissions: 2 passed, 1 failed, 2 could not be judged, 1 not graded" in text


def test_only_some(book: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = said(capsys, book, "-q", "--only", "failed", "--only", "ada")
    assert text.startswith("✓ ok ada")
    assert "2 submissions: 1 passed, 1 failed" in text
    assert "1 submission: 0 passed, 1 failed" in said(capsys, book, "-q", "--check", "ok/a")
    assert said(capsys, book, "-q", "--only", "ada", "--check", "ok/a") == "No result is like that."
    assert "did you mean 'ada'" in said(capsys, book, "--only", "adda", code=2)
    assert "did you mean 'ok/a'" in said(capsys, book, "--check", "ok/aa", code=2)


def test_two_runs(book: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = said(capsys, book, "--runs")
    assert "4 submissions, 4 graded, seed 3" in text
    assert "6 submissions, 4 graded, seed 3" in text
    text = said(capsys, book, "--run", "1", "-q")
    assert "FAIL bob 2/2" not in text
    assert "4 submissions: 1 passed, 1 failed, 1 could not be judged, 1 not graded" in text
    text = said(capsys, book, "--compare", "1")
    assert text.startswith("From run 1 to now, 3 submissions changed: bob failed 3/4 -> passed 4/4")
    assert "now passes: ok/b" in text
    assert "erin not there -> failed 2/4" in text
    assert said(capsys, book, "--compare", "1", "--run", "1").startswith("Nothing is different")
    assert "the book has no run 3: it has 1 to 2" in said(capsys, book, "--run", "3", code=2)
    assert "the book has no run 9" in said(capsys, book, "--compare", "9", code=2)


def test_every_export_is_written_again(book: Path, capsys: pytest.CaptureFixture[str]) -> None:
    asked = [f"--report={name}:out/" for name in REPORTERS]
    rows = ["--summary=rows.csv", "--summary=checks:checks.csv"]
    said(capsys, book, *asked, *rows)
    names = sorted(os.listdir("out"))
    assert len(names) == 6 * len(REPORTERS)
    assert from_json(Path("out/bob.json").read_bytes()).score == 4
    assert "stages passed, 2 of 4 points" in Path("out/erin.txt").read_text(encoding="utf-8")
    for name in names:
        text = Path("out", name).read_text(encoding="utf-8")
        assert not {"\x1b", "\x07", "\u202e"} & {*text}, name
        assert "<script>alert" not in text or not name.endswith(("html", "xml", "md")), name
    found = csv_rows(Path("rows.csv").read_text(encoding="utf-8"))
    assert [row["verdict"] for row in found] == [
        "passed", "passed", "not_graded", "errored", "failed", "errored",
    ]  # fmt: skip
    assert found[4]["problem"] == "a ended."
    checks = csv_rows(Path("checks.csv").read_text(encoding="utf-8"))
    assert {row["name"] for row in checks} == {"ada", "bob", "erin"}
    assert "with several submissions the path is a directory" in said(
        capsys, book, "--report=json:one.json", code=2
    )


def test_a_policy_is_kept_until_it_is_forgotten(
    book: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = said(capsys, book, "--without", "ok", "--points", "echo=10")
    assert "class policy: without ok; points echo 10" in text
    assert "ok bob 1/1 stages 10/10 points" in text
    rows = csv_rows(_out(capsys, book, "--summary", "-"))
    assert {row["policy"] for row in rows} == {"without ok; points echo 10"}
    assert [row["score"] for row in rows] == ["10", "10", "", "", "10", ""]
    said(capsys, book, "--report=markdown:out/")
    headline = Path("out/bob.md").read_text(encoding="utf-8").splitlines()[0]
    assert "class policy" in headline
    assert "did you mean 'echo'" in said(capsys, book, "--points", "ecko=1", code=2)
    assert "as in files=20" in said(capsys, book, "--points", "echo=-1", code=2)
    assert "class policy" not in said(capsys, book, "--forget-policy")
    assert "ok bob 2/2 stages 4/4 points" in said(capsys, book)
    text = said(capsys, book, "--advice", "ok/a", "--only", "erin")
    assert "error erin ok/a does not count here" in text


def _out(capsys: pytest.CaptureFixture[str], *arguments: str | Path) -> str:
    assert run(["book", *map(str, arguments)]) == 0
    return capsys.readouterr().out


def test_failures_and_tracebacks_in_full(book: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = said(capsys, book, "-v")
    assert "a ended." in text
    assert "fred: " in text
    assert "Traceback: it broke" in text
    assert not {"\x1b", "\x07", "\u202e"} & {*text}


def test_what_is_no_book(book: Path, capsys: pytest.CaptureFixture[str]) -> None:
    book.write_text("x")
    assert "is not the book of a class" in said(capsys, book, code=2)
    assert "there is no book" in said(capsys, book.with_name("none"), code=2)
