"""What a grading leaves for its class: an outline at its end, and a traceback where it broke."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from grader.errors import GraderError, MachineError, own_fault
from grader.jobs.left_behind import OUTLINE, TRACEBACK, LeftBehind
from grader.report.codec import from_json
from grader.report.model import RunFinished, RunStarted
from grader.reporters.brief import brief_of
from tests.unit.book.reports import of_marks

if TYPE_CHECKING:
    from pathlib import Path


def _oops() -> GraderError:
    try:
        raise ZeroDivisionError("by \udcff")
    except ZeroDivisionError as error:
        return own_fault(error)


def test_a_grading_that_ends_leaves_its_outline_alone(tmp_path: Path) -> None:
    left, report = LeftBehind(str(tmp_path)), of_marks(ok=". F")
    left.handle(RunFinished(report))
    left.close()
    assert [path.name for path in tmp_path.iterdir()] == [OUTLINE]
    assert brief_of(from_json((tmp_path / OUTLINE).read_bytes())) == brief_of(report)


def test_one_that_breaks_leaves_a_traceback(tmp_path: Path) -> None:
    left = LeftBehind(str(tmp_path))
    left.handle(RunStarted(of_marks(ok=".").header, ()))
    left.close(_oops())
    assert 'raise ZeroDivisionError("by' in (tmp_path / TRACEBACK).read_text()
    reason = from_json((tmp_path / OUTLINE).read_bytes()).reason
    assert reason is not None
    assert reason.startswith("an error in the grader itself: ZeroDivisionError")


def test_one_that_breaks_before_it_begins_too(tmp_path: Path) -> None:
    def breaks() -> int:
        raise RecursionError("too deep")

    with pytest.raises(RecursionError):
        LeftBehind(str(tmp_path)).around(breaks)
    assert "too deep" in (tmp_path / TRACEBACK).read_text()
    with pytest.raises(RecursionError):
        LeftBehind("").around(breaks)


def test_what_the_machine_lacks_has_no_traceback(tmp_path: Path) -> None:
    left = LeftBehind(str(tmp_path))
    left.handle(RunStarted(of_marks(ok=".").header, ()))
    left.close(MachineError("no memory"))
    assert [path.name for path in tmp_path.iterdir()] == [OUTLINE]
