"""What a program has left behind is removed, whatever it looks like; nothing outside of it is
touched."""

from __future__ import annotations

import os
import stat
from typing import TYPE_CHECKING

import pytest

from grader.isolation import removal
from grader.isolation.removal import remove
from grader.system import untrusted_files

if TYPE_CHECKING:
    from pathlib import Path


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


def test_a_link_in_the_place_of_a_locked_directory(tmp_path: Path) -> None:
    """As it may come between two looks, while something of the dead run still runs: chmod(2) would
    follow it."""
    (kept := tmp_path / "kept").mkdir(mode=0o500)
    (tmp_path / "link").symlink_to(kept)
    with pytest.raises(NotADirectoryError):
        untrusted_files.unlock(str(tmp_path / "link"))
    assert stat.S_IMODE(kept.stat().st_mode) == 0o500


def test_what_makes_new_directories_for_ever_is_left(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(removal, "_MOST_DIRECTORIES", 5)
    (place := tmp_path / "place").mkdir()
    for number in range(8):
        (place / str(number)).mkdir()
    remove(place)
    assert len(os.listdir(place)) == 3
    remove(place)
    assert not place.exists()


@pytest.mark.parametrize("name", ["missing", "file", "link"])
def test_what_is_no_directory_stays(tmp_path: Path, name: str) -> None:
    (tmp_path / "file").write_text("x")
    (tmp_path / "link").symlink_to(tmp_path)
    remove(tmp_path / name)
    assert sorted(os.listdir(tmp_path)) == ["file", "link"]
