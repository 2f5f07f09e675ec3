"""What is handed over to another user, and when it is too much."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from grader.errors import NotGraded
from grader.isolation.overlays import adopt, weigh
from grader.isolation.user import User

Look = Callable[[Path], None]
OURSELVES = User(os.geteuid(), os.getegid())

LOOKS = pytest.mark.parametrize(
    "look",
    [lambda place: weigh(place, ()), lambda place: adopt(place, OURSELVES)],
    ids=("weigh", "adopt"),
)


@LOOKS
def test_a_directory_as_it_should_be(look: Look, tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder" / "file").write_text("x")
    (tmp_path / "link").symlink_to("nowhere")
    look(tmp_path)


@LOOKS
@pytest.mark.parametrize(("limit", "most"), [("_MOST_DIRECTORIES", 3), ("_MOST_NAMES", 4)])
def test_many(
    look: Look, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, limit: str, most: int
) -> None:
    monkeypatch.setattr(f"grader.isolation.overlays.{limit}", most)
    (tmp_path / "file").write_text("x")
    for number in range(3):
        (tmp_path / str(number)).mkdir()
    look(tmp_path)
    (tmp_path / "one more").mkdir()
    with pytest.raises(NotGraded, match="too large to give"):
        look(tmp_path)


@LOOKS
def test_deep(look: Look, tmp_path: Path) -> None:
    folder = os.open(tmp_path, os.O_RDONLY)
    for _ in range(60):
        os.mkdir(name := "d" * 200, dir_fd=folder)
        inner = os.open(name, os.O_RDONLY, dir_fd=folder)
        os.close(folder)
        folder = inner
    os.close(folder)
    with pytest.raises(NotGraded, match="too large to give"):
        look(tmp_path)
