"""What run_autograder starts: what becomes of the results, however the grading ends."""

from __future__ import annotations

import json
import subprocess
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import pytest

from grader.export import on_gradescope

if TYPE_CHECKING:
    from pathlib import Path

PARTIAL = {
    "output": "PARTIAL: grading goes on; this is what was judged so far.\n2 stages, 7 points",
    "score": 7,
    "tests": [{"score": 7}],
}
WHOLE = {"output": "PASSED", "score": 9, "tests": [{"score": 9}]}


@dataclass
class Grading:
    """A double for the process: what it has written when it is waited for, and how it ends.

    in_time: whether that is before the deadline. last: what it writes when it is told to end.
    stubborn: it does not listen.
    """

    root: Path
    written: dict[str, Any] | str | None
    code: int
    in_time: bool = True
    last: dict[str, Any] | None = None
    stubborn: bool = False
    told: list[str] = field(default_factory=list)

    def __call__(self, command: list[str]) -> Grading:
        assert command[-1] == str(self.root / "submission")
        assert not (self.root / "results" / "results.json").exists()
        return self

    def _write(self, document: dict[str, Any] | str | None) -> None:
        if document is not None:
            text = document if isinstance(document, str) else json.dumps(document)
            (self.root / "results" / "results.json").write_text(text)

    def wait(self, timeout: float | None = None) -> int:
        if not self.told:
            self._write(self.written)
        if (not self.told and not self.in_time) or (self.stubborn and "kill" not in self.told):
            raise subprocess.TimeoutExpired("grade", timeout or 0)
        return self.code

    def terminate(self) -> None:
        self.told.append("terminate")
        self._write(self.last)

    def kill(self) -> None:
        self.told.append("kill")


def graded(
    root: Path, monkeypatch: pytest.MonkeyPatch, *how: object, **more: object
) -> tuple[int, dict[str, Any]]:
    (root / "results").mkdir()
    (root / "results" / "results.json").write_text('{"score": 1000}')  # of another run
    monkeypatch.setattr(on_gradescope.subprocess, "Popen", Grading(root, *how, **more))  # type: ignore[arg-type]
    code = on_gradescope.grade(root, 540, ["--all"])
    return code, json.loads((root / "results" / "results.json").read_text())


@pytest.mark.parametrize(("written", "code"), [(WHOLE, 0), (WHOLE, 1), ({"score": 0}, 2)])
def test_a_grading_that_ends_in_time_is_left_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, written: dict[str, Any], code: int
) -> None:
    assert graded(tmp_path, monkeypatch, written, code) == (0, written)


@pytest.mark.parametrize("stubborn", [False, True])
def test_at_the_deadline_what_was_judged_counts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, stubborn: bool
) -> None:
    interrupted = {"output": "ERRORED"}
    code, results = graded(
        tmp_path, monkeypatch, PARTIAL, 130, in_time=False, last=interrupted, stubborn=stubborn
    )
    assert code == 0
    assert (results["score"], results["tests"]) == (7, PARTIAL["tests"])
    first, second = results["output"].split("\n")
    assert first == (
        "STOPPED: Grading took longer than 9 minutes and was stopped. The points are those of the"
        " stages that were judged until then."
    )
    assert second == "2 stages, 7 points"


def test_what_was_whole_at_the_deadline_stays_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert graded(tmp_path, monkeypatch, PARTIAL, 1, in_time=False, last=WHOLE) == (0, WHOLE)


@pytest.mark.parametrize(
    ("written", "code", "in_time"),
    [
        (None, 2, True),  # the options are wrong
        (PARTIAL, -9, True),  # the machine has no memory left
        (None, -15, False),
        ("{", -15, False),
        ({"output": "no tests"}, 130, False),
    ],
)
def test_what_could_not_be_judged_has_no_score(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    written: dict[str, Any] | str | None,
    code: int,
    in_time: bool,
) -> None:
    ended, results = graded(tmp_path, monkeypatch, written, code, in_time=in_time)
    assert ended == 3
    assert not {"score", "tests"} & set(results)
    assert results["output"].startswith("The submission was not judged: ")
