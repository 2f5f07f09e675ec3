"""`grade book --export`: the scores of a kept class, as gradebooks have them."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from grader.book.store import open_book
from grader.commands.entry import run
from grader.errors import MachineError
from grader.intake.given import Student
from grader.jobs.handed_in import handed_in
from tests.unit.jobs.told_class import ToldClass

CANVAS = (
    "Student,ID,SIS Login ID,Section,HTTP server (7)\r\n"
    "    Points Possible,,,,10.00\r\n"
    '"Lovelace, Ada",101,ada@uni.edu,Lab,\r\n'
    '"Müller, Bob",102,bob,Lab,3.00\r\n'
    '"Dora, E",103,dora,Lab,7.00\r\n'
    '"New, Nina",104,nina,Lab,\r\n'
).encode()


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> ToldClass:
    """Ada passes, bob fails one check of four, dora is errored, zed is in no gradebook."""
    found = ToldClass(tmp_path_factory.mktemp("class"))
    found.put(ada=". .", bob=". F", dora="grade: no terminal", zed=". .")
    found.grade(seed=3)
    return found


@pytest.fixture(scope="module")
def downloaded(tmp_path_factory: pytest.TempPathFactory) -> ToldClass:
    """The same from a download of a platform, which says whose they are, and which is late. What
    the first run has said of ada holds in the second one, too."""
    found = ToldClass(tmp_path_factory.mktemp("download"))
    found.put(ada=". .", bob=". F", zed=". .")
    nina = {"students": (Student("104", name="Nina New"),), "late": True}
    pair = {"students": (Student("101"), Student(login="bob")), "late": False}
    found.grade(seed=3, handed_in={"ada": nina})
    found.grade(seed=3, handed_in={"zed": pair})
    return found


@pytest.fixture
def book(told: ToldClass, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of its book, next to the gradebook that the teacher has exported."""
    monkeypatch.chdir(tmp_path)
    (path := tmp_path / "class.sqlite").write_bytes((told.root / "class.sqlite").read_bytes())
    Path("exported.csv").write_bytes(CANVAS)
    return path


def said(capsys: pytest.CaptureFixture[str], *arguments: str | Path, code: int = 0) -> str:
    """What it says on standard error."""
    assert run(["book", *map(str, arguments)]) == code
    return " ".join(capsys.readouterr().err.split())


def test_a_gradebook_is_filled_and_who_has_no_row_is_named(
    book: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    filling = ("--export", "canvas:filled.csv", "--fill", "exported.csv", "--scale", "10")
    text = said(capsys, book, *filling, code=1)
    assert Path("filled.csv").read_bytes() == CANVAS.replace(b"edu,Lab,", b"edu,Lab,10").replace(
        b"3.00", b"7.5"
    )
    assert "2 scores in 'HTTP server (7)': 1 new, 1 replaced, 0 unchanged" in text
    assert "no score, so their cell stays as it was: Dora, E (errored)" in text
    assert "no result, so their cell stays as it was: New, Nina" in text
    assert "nobody there is that student: zed" in text
    again = ("--export", "canvas:again.csv", "--fill", "filled.csv", "--scale", "10")
    assert "0 new, 0 replaced, 2 unchanged" in said(capsys, book, *again, code=1)
    assert Path("again.csv").read_bytes() == Path("filled.csv").read_bytes()
    assert "out of 10, and the score of ada out of 4: use --scale 10" in said(
        capsys, book, *filling[:-2], code=2
    )


def test_students_and_lateness_come_from_the_intake(
    downloaded: ToldClass, book: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = said(
        capsys, downloaded.root / "class.sqlite", "--export", "canvas:filled.csv",
        "--fill", "exported.csv", "--scale", "10", "--only", "ada", "--only", "zed",
        "--export", "jsonl:out.jsonl", "--export", "csv:out.csv",
    )  # fmt: skip
    rows = Path("filled.csv").read_bytes().splitlines()
    assert [row.rpartition(b",")[2] for row in rows[2:]] == [b"10", b"10", b"7.00", b"10"]
    assert "late, and nothing is subtracted for it: ada" in text
    lines = map(json.loads, Path("out.jsonl").read_text(encoding="utf-8").splitlines())
    assert {it["submission"]: it["late"] for it in lines} == {"ada": True, "zed": False}
    table = csv.DictReader(io.StringIO(Path("out.csv").read_text(encoding="utf-8")))
    assert [(it["submission"], it["id"], it["login"], it["late"]) for it in table] == [
        ("ada", "104", "", "late"), ("zed", "101", "", "in time"), ("zed", "", "bob", "in time"),
    ]  # fmt: skip


def test_the_summary_of_a_book_says_whose_they_are(
    downloaded: ToldClass, capsys: pytest.CaptureFixture[str]
) -> None:
    """As that of the class does, with a row for each student."""
    assert run(["book", str(downloaded.root / "class.sqlite"), "--summary", "-"]) == 0
    rows = csv.DictReader(io.StringIO(capsys.readouterr().out))
    assert [(it["name"], it["late"], it["id"], it["login"], it["student"]) for it in rows] == [
        ("ada", "late", "104", "", "Nina New"),
        ("bob", "", "", "", ""),
        ("zed", "in time", "101", "", ""),
        ("zed", "in time", "", "bob", ""),
    ]


def test_the_rows_go_to_standard_output_and_nothing_else_does(
    book: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    policy = ("--points", "ok=30", "--advice", "echo/a")
    assert run(["book", str(book), *policy, "--export", "csv", "--weights", "ok=50,echo=50"]) == 0
    ada, bob, *_ = csv.DictReader(io.StringIO(capsys.readouterr().out))
    assert [ada[it] for it in ("score", "max_score", "points_ok")] == ["100", "100", "30"]
    assert (bob["score"], bob["points"]) == ("75", "16")
    assert {ada["policy"], bob["policy"]} == {"advice echo/a; points ok 30"}
    assert ada["counting"].startswith("weights: ok 50, echo 50; nothing else counts")


def test_damage_is_one_sentence(book: Path) -> None:
    with open_book(book, writes=True) as opened:
        opened.set("handed in", '{"ada": 5}')
        with pytest.raises(MachineError, match="what it knows of the students is damaged"):
            handed_in(opened)
