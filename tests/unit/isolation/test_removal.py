"""What a program has left behind is removed, whatever it looks like; nothing outside of it is touched."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from grader.isolation.removal import remove


def test_a_tree_deeper_than_paths_and_calls_go(tmp_path: Path) -> None:
    (place := tmp_path / "place").mkdir()
    folder = os.open(place, os.O_RDONLY)
    for _ in range(3000):
        os.mkdir("deeper", dir_fd=folder)
        inner = os.open("deeper", os.O_RDONLY, dir_fd=folder)
        os.close(folder)
        folder = inner
    os.mkdir("locked", 0, dir_fd=folder)
    os.close(folder)
    remove(place)
    assert os.listdir(tmp_path) == []


def test_locked_directories_that_are_full(tmp_path: Path) -> None:
    place = tmp_path / "place"
    (place / "a" / "b" / "c").mkdir(parents=True)
    (place / "a" / "b" / "file").write_text("x")
    for path in (place / "a" / "b", place / "a", place):
        path.chmod(0)
    remove(place)
    assert os.listdir(tmp_path) == []


def test_the_same_names_at_every_depth(tmp_path: Path) -> None:
    place = tmp_path / "place"
    for first in "abc":
        for second in "abc":
            (place / first / second / "a").mkdir(parents=True)
            (place / first / second / "b").touch()
    remove(place)
    assert os.listdir(tmp_path) == []


def test_nothing_is_followed(tmp_path: Path) -> None:
    (place := tmp_path / "place").mkdir()
    (kept := tmp_path / "kept").mkdir()
    (kept / "file").write_text("x")
    (place / "to-a-directory").symlink_to(kept)
    (place / "to-a-file").symlink_to(kept / "file")
    os.mkfifo(place / "fifo")
    remove(place)
    assert os.listdir(tmp_path) == ["kept"]
    assert os.listdir(kept) == ["file"]


@pytest.mark.parametrize("name", ["missing", "file", "link"])
def test_what_is_no_directory_stays(tmp_path: Path, name: str) -> None:
    (tmp_path / "file").write_text("x")
    (tmp_path / "link").symlink_to(tmp_path)
    remove(tmp_path / name)
    assert sorted(os.listdir(tmp_path)) == ["file", "link"]
