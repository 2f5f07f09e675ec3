"""The served directory while a server that knows every name writes in it: no link is followed."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from grader.cases.shelf import Shelf
from grader.failure import Failure
from grader.shared_files import SharedFiles


@pytest.fixture
def files(tmp_path: Path) -> SharedFiles:
    (root := tmp_path / "root").mkdir()
    return SharedFiles(root)


@pytest.fixture
def shelf(files: SharedFiles) -> Iterator[Shelf]:
    with Shelf(files) as opened:
        yield opened


def test_what_is_put_is_read(shelf: Shelf, files: SharedFiles) -> None:
    shelf.put("a", b"one")
    shelf.put("a", b"two")
    assert shelf.read("a") == files.read("a") == b"two"
    shelf.remove("a")
    assert shelf.read("a") is None
    shelf.put_outside("b", b"x")
    assert shelf.is_outside("b")
    shelf.remove_outside("b")
    assert not shelf.is_outside("b")


def test_a_link_is_replaced_and_not_written_through(shelf: Shelf, files: SharedFiles, tmp_path: Path) -> None:
    (victim := tmp_path / "victim").write_bytes(b"mine")
    (files.directory / "a").symlink_to(victim)
    assert shelf.read("a") is None
    shelf.put("a", b"two")
    assert victim.read_bytes() == b"mine"
    assert files.read("a") == b"two"


def test_a_pipe_or_a_directory_is_no_file(shelf: Shelf, files: SharedFiles) -> None:
    os.mkfifo(files.directory / "pipe")
    (files.directory / "folder").mkdir()
    assert shelf.read("pipe") is None
    assert shelf.read("folder") is None
    shelf.put("pipe", b"x")
    shelf.put("folder", b"x")
    assert files.read("pipe") == files.read("folder") == b"x"


def test_what_cannot_be_removed_is_a_failure(shelf: Shelf, files: SharedFiles) -> None:
    (files.directory / "full").mkdir()
    (files.directory / "full" / "inner").write_bytes(b"")
    with pytest.raises(Failure, match="cannot be used any more"):
        shelf.put("full", b"x")


def test_a_directory_that_was_replaced_by_a_link_is_not_entered(files: SharedFiles, tmp_path: Path) -> None:
    files.directory.rmdir()
    files.directory.symlink_to(tmp_path)
    with pytest.raises(Failure, match="cannot be used any more"):
        Shelf(files)
    files.directory.unlink()
    files.root.rmdir()
    with pytest.raises(Failure, match="cannot be used any more"):
        Shelf(files)


def test_a_directory_that_is_moved_away_is_still_the_one(shelf: Shelf, files: SharedFiles, tmp_path: Path) -> None:
    files.directory.rename(files.root / "moved")
    files.directory.symlink_to(tmp_path)
    shelf.put("a", b"x")
    assert not (tmp_path / "a").exists()
    assert (files.root / "moved" / "a").read_bytes() == b"x"
