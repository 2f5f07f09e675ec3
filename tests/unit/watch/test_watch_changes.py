"""Changes below a directory are gathered: the system tells of them, or they are looked for."""

from __future__ import annotations

import os
import select
from typing import TYPE_CHECKING

import pytest

from grader.watch import changes
from grader.watch.changes import Changes, is_written

if TYPE_CHECKING:
    from pathlib import Path

_AT_MOST_S = 20


def next_names(watched: Changes) -> set[str]:
    assert select.select([watched], [], [], _AT_MOST_S)[0], "no change was seen"
    return set(watched.names())


@pytest.mark.parametrize("polling", [False, True])
def test_a_file_that_changes_at_once_is_seen(tmp_path: Path, *, polling: bool) -> None:
    with Changes(tmp_path, polling=polling) as watched:
        (tmp_path / "server.py").write_text("a = 1")
        assert next_names(watched) == {"server.py"}
        assert watched.note == ("looking for changes every 300 ms" if polling else "")


@pytest.mark.parametrize("error", [OSError("no space"), RuntimeError("no more watches")])
def test_where_the_system_cannot_tell_it_is_looked_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    def watch(*_: object, **__: object) -> object:
        raise error

    monkeypatch.setattr(changes, "watch", watch)
    with Changes(tmp_path, polling=False) as watched:
        (tmp_path / "server.py").write_text("a = 1")
        assert next_names(watched) == {"server.py"}
        assert "the system cannot report" in watched.note


def test_a_file_is_written_once_nobody_writes_it_any_more(tmp_path: Path) -> None:
    path, link = tmp_path / "server.py", tmp_path / "link.py"
    link.symlink_to(path)
    with path.open("w") as file:
        file.write("a = ")
        assert not is_written(path)
    assert is_written(path)
    with path.open():  # who reads it changes nothing
        assert is_written(path)
    assert not is_written(link)
    assert not is_written(tmp_path)
    assert not is_written(tmp_path / "nowhere.py")


def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    assert not is_written(tmp_path / "pipe")


@pytest.mark.parametrize("polling", [False, True])
def test_what_is_gone_was_written_to_another_place(tmp_path: Path, *, polling: bool) -> None:
    (tmp_path / "server.py").touch()
    (tmp_path / "more.py").touch()
    with Changes(tmp_path, polling=polling) as watched:
        assert watched.are_written(["server.py", "draft"]) is not polling
        assert not watched.are_written(["draft"])
        with (tmp_path / "more.py").open("w"):
            assert not watched.are_written(["server.py", "more.py"])
