"""`grade similar`, from the command line to the page; and submissions that mean harm."""

from __future__ import annotations

import json
import os
import re
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from grader.commands.similar import similar
from grader.errors import UsageError
from grader.similarity import reading
from grader.similarity.comparison import HINT
from tests.unit.similarity.disguises import renamed

if TYPE_CHECKING:
    from collections.abc import Sequence

ROOT = Path(__file__).parents[3]
TEXT = (ROOT / "tests/submissions/select_server.py").read_text(encoding="utf-8")
OTHER = (ROOT / "examples/routing.py").read_text(encoding="utf-8")
HOSTILE = "'<script>alert(1)</script> \x1b[31m \u202e ::error::x ##[error]y'"


def _grade_similar(*arguments: str | Path) -> int:
    found: int = similar.main([*map(str, arguments)], standalone_mode=False)
    return found


@pytest.fixture
def a_class(tmp_path: Path) -> Path:
    """ann, and bob who has copied; carl by himself; dora, who hands in a zip; links and papers."""
    folder = tmp_path / "class"
    for name, text in (
        ("ann", f"x = {HOSTILE}\n{TEXT}"),
        ("bob", f"y = {HOSTILE}\n{renamed(TEXT)}"),
        ("carl", OTHER),
        ("eve", "print('hello')\n"),
    ):
        (folder / name).mkdir(parents=True)
        (folder / name / "server.py").write_text(text, encoding="utf-8")
    with zipfile.ZipFile(folder / "dora.zip", "w") as archive:
        archive.writestr("project/main.py", renamed(renamed(TEXT)))
        archive.writestr("project/node_modules/it/index.js", "f(1);\n" * 500)
    (folder / "fay").mkdir()
    (folder / "fay" / "server.py").symlink_to(folder / "ann" / "server.py")
    (folder / "gil").symlink_to(folder / "ann")
    return folder


def _members(folder: Path) -> Sequence[Path]:
    return sorted(folder.iterdir())


def test_by_a_roster_programs_are_called_by_their_students(
    a_class: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Who has handed in nothing is in a line, and no program."""
    roster = tmp_path / "roster.csv"
    roster.write_text("login,name\nann,Ann Adams\nbob,Bob Brown\nzoe,Zoe Zane\n")
    names = [a_class / "ann", a_class / "bob", a_class / "carl"]
    assert _grade_similar(*names, "--roster", roster, "--report", "json:-") == 0
    said = capsys.readouterr()
    pairs = json.loads(said.out)["pairs"]
    called = [[side["name"] for side in pair["submissions"]] for pair in pairs]
    assert called == [["Ann_Adams", "Bob_Brown"]]
    assert "1 student of the roster handed in nothing" in said.err
    assert "Not in the roster" in said.err
    assert "Zoe" not in said.out


def test_pairs_are_shown_as_a_hint_and_the_exit_code_is_0(
    a_class: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    page, document = tmp_path / "page.html", tmp_path / "pairs.json"
    assert _grade_similar(
        *_members(a_class), "--report", f"html:{page}", "--report", f"json:{document}"
    ) == 0  # fmt: skip
    said = capsys.readouterr().out
    flat = " ".join(said.split())
    assert "4 programs compared (6 pairs): 3 pairs have 50 % or more in common." in flat
    assert re.search(r"\d+ % of ann +\d+ % of bob", said)
    assert re.search(r"\d+ % of ann +\d+ % of dora", said)
    assert HINT in flat
    assert "carl" not in said
    assert "eve: too short to compare" in flat
    assert "fay: there is no program text in it" in flat
    assert "another submission" in flat
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f\u202e]", said)
    _is_the_report(json.loads(document.read_text(encoding="utf-8")))
    _is_harmless(page.read_text(encoding="utf-8"))


def _is_the_report(report: dict[str, object]) -> None:
    assert report["format"] == "stage-grader/similarity"
    assert report["about"] == HINT
    pairs = report["pairs"]
    assert isinstance(pairs, list)
    assert [[side["name"] for side in pair["submissions"]] for pair in pairs].count(
        ["ann", "bob"]
    ) == 1
    assert {side["name"] for pair in pairs for side in pair["submissions"]} == {
        "ann", "bob", "dora",
    }  # fmt: skip
    places = [place for pair in pairs for match in pair["matches"] for place in match["places"]]
    assert {place["file"] for place in places} <= {"server.py", "main.py"}
    assert all(0 < place["first_line"] <= place["last_line"] for place in places)


def _is_harmless(page: str) -> None:
    assert HINT in page
    assert "<mark>" in page
    assert "&lt;script&gt;alert(1)" in page
    assert "<script" not in page
    assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f\u202e]", page)
    assert "default-src 'none'" in page
    assert not re.search(r"(?:src|href)=\"(?!#)", page)
    for target in re.findall(r'href="#([\w-]+)"', page):
        assert target == "top" or f'id="{target}"' in page


def test_a_starter_of_the_teacher_does_not_count(
    a_class: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    starter = tmp_path / "starter.py"
    starter.write_text(TEXT, encoding="utf-8")
    assert _grade_similar(a_class / "ann", a_class / "bob", "--starter", starter) == 0
    assert "too short to compare" in " ".join(capsys.readouterr().out.split())
    (tmp_path / "empty").mkdir()
    with pytest.raises(UsageError, match="there is no program text in it"):
        _grade_similar(a_class / "ann", a_class / "bob", "--starter", tmp_path / "empty")


def test_a_higher_threshold_shows_fewer(a_class: Path, capsys: pytest.CaptureFixture[str]) -> None:
    lines = TEXT.splitlines(keepends=True)
    half = "".join(lines[: len(lines) // 2])
    (a_class / "carl" / "half.py").write_text(half, encoding="utf-8")
    members = [a_class / "ann", a_class / "carl"]
    assert _grade_similar(*members, "--threshold", "20") == 0
    assert "2 programs compared (1 pair): 1 pair has 20 % or more" in capsys.readouterr().out
    assert _grade_similar(*members, "--threshold", "90") == 0
    assert "no pair has 90 % or more" in capsys.readouterr().out


def test_one_submission_is_not_compared(a_class: Path) -> None:
    with pytest.raises(UsageError, match="at least two submissions"):
        _grade_similar(a_class / "ann")
    with pytest.raises(UsageError, match="there is no report format 'pdf'"):
        _grade_similar(a_class / "ann", a_class / "bob", "--report", "pdf:x")


@pytest.mark.parametrize("expression", [r"(a+)+$", None])
def test_a_text_that_takes_for_ever_is_left_out(
    expression: str | None, a_class: Path, monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    whole = reading.tokens_of

    def for_ever(text: str, language: str, most: int) -> object:
        while "alert" in text:
            if expression is not None:
                re.match(expression, "a" * 60 + "b")
        return whole(text, language, most)

    monkeypatch.setattr(reading, "tokens_of", for_ever)
    monkeypatch.setattr(reading, "MOST_SECONDS", 0.5)
    assert _grade_similar(a_class / "ann", a_class / "carl") == 0
    assert "ann: after 0.5 s of processor time the rest of it is left out" in " ".join(
        capsys.readouterr().out.split()
    )


def test_what_is_too_much_is_left_out_and_said(
    a_class: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (a_class / "ann" / "a.py").write_text("x = 1\n" * 60_000, encoding="utf-8")
    os.mkfifo(a_class / "ann" / "pipe.py")
    (a_class / "ann" / "zeros.py").write_bytes(b"\0\xff" * 1000)
    assert _grade_similar(a_class / "ann", a_class / "bob") == 0
    said = " ".join(capsys.readouterr().out.split())
    assert "ann: not compared as a whole: a.py is left out: there is too much of it" in said
    assert re.search(r"\d+ % of ann +\d+ % of bob", said)
