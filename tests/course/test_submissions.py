"""Every check catches a submission that no other check catches, in words that are kept; right servers pass them all."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

import pytest
from _pytest.mark import ParameterSet

from grader.course import course_root, load_course

SUBMISSIONS: Final = Path(__file__).parents[1] / "submissions"
SEED: Final = 4
RIGHT: Final = (
    ("right_server.py", "http"),
    ("select_server.py", "http"),
    ("hardened_server.py", "http"),
    ("hardened_server.py", "hardening"),
    ("lenient_server.py", "hardening"),
    ("length_required_server.py", "hardening"),
)
"""The right servers, each with a track that it passes."""

NOT_ALONE: Final[Mapping[str, str]] = MappingProxyType({})
"""The checks that nothing fails alone, and why that cannot be."""

PENDING: Final[Mapping[str, str]] = MappingProxyType({})
"""The submissions that are not yet caught as they say, and what is in the way."""

SOMETIMES: Final[frozenset[str]] = frozenset()
"""Those of them that are caught as they say on a machine with nothing else to do."""


@dataclass(frozen=True, slots=True)
class Submission:
    """A broken program, and the checks that it says it is caught by."""

    path: Path
    caught_by: tuple[str, ...]

    @property
    def slug(self) -> str:
        return self.path.parent.name

    @property
    def name(self) -> str:
        return f"{self.slug}/{self.path.stem}"

    @property
    def script(self) -> str:
        """How it is launched from the directory of all submissions."""
        return f"{self.slug}/{self.path.name}"

    @property
    def golden(self) -> Path:
        return self.path.with_suffix(".txt")


def _found(path: Path) -> Submission:
    named = re.search(r"^Caught by: (.+)$", path.read_text(), re.MULTILINE)
    return Submission(path, tuple(named[1].split(", ")) if named else ())


BROKEN: Final = [_found(path) for path in sorted(SUBMISSIONS.glob("*/*.py"))]


def _expected(broken: Submission) -> ParameterSet:
    reason = PENDING.get(broken.name)
    strict = broken.name not in SOMETIMES
    marks = [] if reason is None else [pytest.mark.xfail(reason=reason, strict=strict, raises=AssertionError)]
    return pytest.param(broken, id=broken.name, marks=marks)


@dataclass(frozen=True, slots=True)
class Grading:
    """What came out of one run of the command line."""

    exit_code: int
    output: str
    report: Mapping[str, Any]

    def checks(self, *verdicts: str) -> set[str]:
        """The ids of the checks with one of these verdicts."""
        stages = self.report["stages"]
        return {check["id"] for stage in stages for check in stage["checks"] if check["verdict"] in verdicts}


def _grade(script: str, report: Path, *options: str, seed: int = SEED) -> Grading:
    command = [
        sys.executable,
        "-m",
        "grader",
        "--quiet",
        "--hint",
        "--strict",
        f"--seed={seed}",
        f"--report=json:{report}",
    ]
    environment = {**os.environ, "PYTHONPATH": str(SUBMISSIONS.parents[1]), "PYTHONUTF8": "1", "TMPDIR": "/tmp"}
    run = subprocess.run(
        [*command, *options, f"--python={sys.executable}", "--", "python3", script],
        cwd=SUBMISSIONS,
        env=environment,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )
    assert not run.stderr
    return Grading(run.returncode, run.stdout, json.loads(report.read_text()))


@pytest.mark.parametrize(("script", "track"), RIGHT)
@pytest.mark.parametrize("seed", [SEED, SEED + 1])
def test_a_right_server_passes_every_check(script: str, track: str, seed: int, tmp_path: Path) -> None:
    grading = _grade(script, tmp_path / "report.json", f"--track={track}", "--all", seed=seed)

    assert grading.checks("failed", "errored", "skipped") == set(), grading.output
    assert grading.exit_code == 0
    assert grading.checks("passed") == _ids(track)


def test_every_track_has_a_right_server() -> None:
    assert {track.slug for track in load_course(course_root()).tracks} == {track for _, track in RIGHT}


@pytest.mark.parametrize("broken", [_expected(broken) for broken in BROKEN])
def test_a_broken_server_fails_the_checks_it_names(
    broken: Submission, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    grading = _grade(broken.script, tmp_path / "report.json", f"--stage={broken.slug}")

    assert grading.checks("failed") == set(broken.caught_by), grading.output
    assert grading.checks("errored") == set(), grading.output
    assert grading.exit_code == 1
    assert [stage["slug"] for stage in grading.report["stages"]] == [broken.slug]
    block = _normalised(grading.output)
    if request.config.getoption("--update-golden", default=False):
        broken.golden.write_text(block, encoding="utf-8")
    assert block == broken.golden.read_text(encoding="utf-8")


def test_every_check_catches_a_submission_alone() -> None:
    caught = {broken.caught_by[0] for broken in BROKEN if len(broken.caught_by) == 1}

    assert sorted(_ids() - caught) == sorted(NOT_ALONE)


@pytest.mark.parametrize("broken", BROKEN, ids=lambda broken: broken.name)
def test_a_submission_says_what_is_wrong_and_what_catches_it(broken: Submission) -> None:
    docstring = re.match(r'"""([A-Za-z].+\.)\n\nCaught by: .+\n"""\n\n', broken.path.read_text())

    assert docstring
    assert set(broken.caught_by) <= _ids()
    assert {check.partition("/")[0] for check in broken.caught_by} == {broken.slug}


def test_every_terminal_block_belongs_to_a_submission() -> None:
    assert set(SUBMISSIONS.glob("*/*.txt")) == {broken.golden for broken in BROKEN}


def _ids(*tracks: str) -> set[str]:
    """The ids of the checks of these tracks; of all tracks when none is named."""
    stages = load_course(course_root()).stages
    return {f"{s.slug}/{check.name}" for s in stages if not tracks or s.track in tracks for check in s.checks}


# --- what differs from run to run ------------------------------------------------------------------------------

_VARIABLE: Final = (
    (re.compile(r"/tmp/grade-\w+/shared-\d+"), "/tmp/grade-xxxxxxxx/shared-n"),
    (re.compile(r"python-requests/[\d.]+"), "python-requests/n"),
    (re.compile(r"\b(after|used|in) \d+\.\d+ s\b"), r"\1 n s"),
    (re.compile(r"\d+\.\d+ of \d+\.\d+ s\b"), "n of n s"),
    (re.compile(r"\d+ of \d+ points\b"), "n of n points"),  # which the next check in the stage changes
    (re.compile(r"\bhead -c \d{7,}"), "head -c n"),  # how much was under way when enough had been taken in
    (re.compile(r"(\\x1f\\x8b\\x08(?:\\x00){5}\\x02)\\x(?:ff|03)"), r"\1\\xff"),  # which system, says gzip
)
_ONWARD: Final = re.compile(r"^(?:  grade show [\w-]+ tells the rule| {5}launch +.*)\n", re.MULTILINE)
_OUTPUT: Final = re.compile(r"^( {5}output +)\|.*\n(?: +\|.*\n)*", re.MULTILINE)
_LAST_LINE: Final = re.compile(r"\| [\w.]*(?:Error|Exception)(?::|$)")


def _normalised(output: str) -> str:
    """The block without what the next run, another machine or another Python would print differently."""
    output = _ONWARD.sub("", output)
    for pattern, replacement in _VARIABLE:
        output = pattern.sub(replacement, output)
    if "closed the connection without answering" in output:
        # It closed while a request was on its way to it: that shows as an end or as a reset, as it happens.
        output = re.sub(r"\breset ( +)by the server", r"closed\1by the server", output)
    return _OUTPUT.sub(_without_frames, output)


def _without_frames(block: re.Match[str]) -> str:
    """What the program printed, its tracebacks shortened to their last lines: frames hold paths and versions."""
    label, width = block[1], len(block[1])
    lines = [line[width:].rstrip() for line in block[0].splitlines()]
    last = [number for number, line in enumerate(lines) if _LAST_LINE.match(line)]
    kept = ["| ...", *lines[last[-1] :]] if last else lines
    return "".join(f"{' ' * width if number else label}{line}\n" for number, line in enumerate(kept))
