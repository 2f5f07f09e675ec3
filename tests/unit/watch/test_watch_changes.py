"""Changes below a directory are gathered: the system tells of them, or they are looked for."""

from __future__ import annotations

import select
from typing import TYPE_CHECKING

import pytest

from grader.watch import changes
from grader.watch.changes import Changes

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
