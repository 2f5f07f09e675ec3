"""What is tried in a child, and what is done meanwhile."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, BinaryIO

import pytest

from grader.isolation.try_in_child import reason

if TYPE_CHECKING:
    from pathlib import Path


def test_what_fails_there_is_told_here() -> None:
    def trial() -> None:
        raise OSError(0, "no such luck")

    assert reason(trial) == "no such luck"
    assert reason(lambda: None) == ""


def test_what_is_done_meanwhile_is_done_by_us_and_beside_it() -> None:
    """The trial ends only when we have done our part."""
    read, write = os.pipe()
    with open(read, "rb") as ours, open(write, "wb") as theirs:
        why = reason(lambda: _fails_unless(ours.read(1)), lambda: _tells(theirs))
    assert why == ""


def _tells(theirs: BinaryIO) -> None:
    theirs.write(b"x")
    theirs.flush()


def _fails_unless(told: bytes) -> None:
    if not told:
        raise OSError(0, "nothing was done beside it")


def _note_who(place: Path) -> None:
    place.write_text(str(os.getpid()))


def test_what_fails_meanwhile_leaves_no_child(tmp_path: Path) -> None:
    place = tmp_path / "pid"

    def fails() -> None:
        raise LookupError

    with pytest.raises(LookupError):
        reason(lambda: _note_who(place), fails)
    assert not os.path.exists(f"/proc/{place.read_text()}")
