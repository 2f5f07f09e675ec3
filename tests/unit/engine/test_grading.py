"""What a run does to the machine, and undoes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from grader.course import course_root, load_course
from grader.engine.run import contained
from grader.engine.settings import RunSettings
from grader.isolation import LEVELS
from grader.isolation.plain import Plain
from grader.program.find import find
from tests.temporary import scratch_place

if TYPE_CHECKING:
    from pathlib import Path


class HalfEntered(Plain):
    """Ctrl-C comes when its entering has begun, and before it is done."""

    name = "half entered"
    left = False

    def enter(self) -> None:
        raise KeyboardInterrupt

    def leave(self) -> None:
        HalfEntered.left = True
        super().leave()


def test_what_is_entered_half_is_left(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setitem(LEVELS, HalfEntered.name, HalfEntered)
    (program := tmp_path / "server.py").write_text("")
    course = load_course(course_root())
    options = RunSettings(1, sandbox=HalfEntered.name)
    with scratch_place() as place:
        monkeypatch.setenv("TMPDIR", str(place))
        with (
            pytest.raises(KeyboardInterrupt),
            contained(course, course.stages[:1], find(str(program), ()), options),
        ):
            raise AssertionError("it was entered")
        assert list(place.iterdir()) == []
    assert HalfEntered.left
