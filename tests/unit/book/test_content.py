"""The hash of a submission: it changes with what the program sees, and with nothing else."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from grader.book import content
from grader.book.content import content_hash

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


@pytest.fixture
def submission(tmp_path: Path) -> Path:
    place = tmp_path / "ada"
    (place / "pages").mkdir(parents=True)
    (place / "main.py").write_text("print()\n")
    (place / "pages" / "index.html").write_text("hello")
    (place / "link").symlink_to("main.py")
    return place


def _changed_text(place: Path) -> None:
    (place / "pages" / "index.html").write_text("hellO")


def _moved(place: Path) -> None:
    (place / "pages" / "index.html").rename(place / "pages" / "index.htm")


def _executable(place: Path) -> None:
    (place / "main.py").chmod(0o755)


def _other_link(place: Path) -> None:
    (place / "link").unlink()
    (place / "link").symlink_to("pages")


def _empty_folder(place: Path) -> None:
    (place / "new").mkdir()


def _file_for_a_link(place: Path) -> None:
    (place / "link").unlink()
    (place / "link").write_text("main.py")


def _saved_case(place: Path) -> None:
    (place / ".grade" / "cases").mkdir(parents=True)
    (place / ".grade" / "cases" / "one.yaml").write_text("x")


CHANGES = [
    _changed_text, _moved, _executable, _other_link, _empty_folder, _file_for_a_link, _saved_case,
]  # fmt: skip


@pytest.mark.parametrize("change", CHANGES)
def test_what_the_program_sees_counts(submission: Path, change: Callable[[Path], None]) -> None:
    before = content_hash(str(submission))
    assert len(before) == 64
    change(submission)
    assert content_hash(str(submission)) not in (before, "")


def test_what_it_does_not_see_does_not_count(submission: Path) -> None:
    (report := submission / "report.json").write_text("{}")
    before = content_hash(str(submission), hidden=[str(report)])
    report.write_text("{ }")
    (submission / ".git").mkdir()
    (submission / ".git" / "index").write_text("x")
    (submission / ".grade").mkdir()
    os.utime(submission / "main.py", (1, 1))
    os.mkfifo(submission / "pipe")
    after = content_hash(str(submission), hidden=[str(report)])
    (submission / ".grade" / "progress.json").write_text("x")
    assert content_hash(str(submission), hidden=[str(report)]) == after
    (submission / ".grade" / "progress.json").unlink()
    (submission / ".grade").rmdir()
    assert content_hash(str(submission), hidden=[str(report)]) == before


def test_where_it_lies_does_not_count(submission: Path, tmp_path: Path) -> None:
    before = content_hash(str(submission))
    submission.rename(tmp_path / "bob")
    assert content_hash(str(tmp_path / "bob")) == before


def test_a_file_is_more_than_its_directory(submission: Path) -> None:
    whole, file = content_hash(str(submission)), content_hash(str(submission / "main.py"))
    alone = content_hash(str(submission / "main.py"), alone="main.py")
    assert len({whole, file, alone}) == 3
    _changed_text(submission)
    assert content_hash(str(submission / "main.py")) != file
    assert content_hash(str(submission / "main.py"), alone="main.py") == alone
    (submission / "package.json").write_text("{}")
    assert content_hash(str(submission / "main.py"), alone="main.py") != alone


def test_what_is_not_known_is_never_the_same(
    submission: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert content_hash(str(submission / "absent")) == content_hash(str(submission / "absent"))
    assert content_hash(str(submission / "absent" / "more")) == ""
    monkeypatch.setattr(content, "_MOST_BYTES", 10)
    assert content_hash(str(submission)) == ""
    monkeypatch.setattr(content, "_MOST_BYTES", 100)
    monkeypatch.setattr(content, "_MOST_NAMES", 3)
    assert content_hash(str(submission)) == ""


def test_names_that_are_not_utf_8(submission: Path) -> None:
    before = content_hash(str(submission))
    (submission / os.fsdecode(b"\xff\n")).write_text("")
    assert content_hash(str(submission)) not in (before, "")
