"""Looking for changed files again and again: two saves in one second are two."""

from __future__ import annotations

import os
import threading
from functools import partial
from typing import TYPE_CHECKING

import pytest

from grader.watch.changes import matters
from grader.watch.polling import Polling

if TYPE_CHECKING:
    from pathlib import Path


def polling(place: Path) -> Polling:
    return Polling(place, partial(matters, directory=place))


def names(looks: Polling) -> set[str]:
    """Of the files that the next look finds changed."""
    found = next(looks.changes(threading.Event(), 0.001))
    return {os.path.basename(path) for path in found}


def test_a_save_in_the_same_second_is_seen(tmp_path: Path) -> None:
    file = tmp_path / "server.py"
    file.write_text("a = 1")
    os.utime(file, ns=(10**18, 10**18))
    looks = polling(tmp_path)
    file.write_text("a = 2")
    os.utime(file, ns=(10**18 + 1, 10**18 + 1))
    assert names(looks) == {"server.py"}


def test_what_comes_and_goes_is_seen_and_what_does_not_matter_is_not(tmp_path: Path) -> None:
    (tmp_path / "old.py").write_text("")
    looks = polling(tmp_path)
    (tmp_path / ".grade").mkdir()
    (tmp_path / ".grade" / "progress.json").write_text("{}")
    (tmp_path / "server.py~").write_text("")
    (tmp_path / "app").mkdir()
    (tmp_path / "app" / "new.py").write_text("")
    (tmp_path / "old.py").unlink()
    assert names(looks) == {"new.py", "old.py"}


def test_it_ends_when_asked_to(tmp_path: Path) -> None:
    to_stop = threading.Event()
    to_stop.set()
    assert list(polling(tmp_path).changes(to_stop, 0.001)) == []


@pytest.mark.usefixtures("removed_by_us")
def test_directories_in_one_another_deeper_than_calls_may_be(tmp_path: Path) -> None:
    folder = os.open(tmp_path, os.O_RDONLY)
    for _ in range(1500):
        os.mkdir("d", dir_fd=folder)
        inner = os.open("d", os.O_RDONLY, dir_fd=folder)
        os.close(folder)
        folder = inner
    os.close(os.open("deep.py", os.O_CREAT, dir_fd=folder))
    looks = polling(tmp_path)
    os.unlink("deep.py", dir_fd=folder)
    os.close(folder)
    assert names(looks) == {"deep.py"}
