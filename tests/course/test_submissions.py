"""Every check catches a submission that no other check catches, in words that are kept; right
servers pass them all."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

import pytest

from grader.course import course_root, load_course
from grader.report.codec import from_json
from tests.course.screens import lacks
from tests.golden import Grading, Gradings, compare, normalised

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from _pytest.mark import ParameterSet

SUBMISSIONS: Final = Path(__file__).parents[1] / "submissions"
SEED: Final = 4
RIGHT: Final = (
    ("right_server.py", "http"),
    ("select_server.py", "http"),
    ("hardened_server.py", "http"),
    ("hardened_server.py", "hardening"),
    ("lenient_server.py", "hardening"),
    ("length_required_server.py", "hardening"),
    ("socket_server.py", "sockets"),
    ("versioned_server.py", "static-site"),
    ("web_server.py", "web-app"),
)
"""The right servers, each with a track that it passes."""

NOT_ALONE: Final[Mapping[str, str]] = MappingProxyType({})
"""The checks that nothing fails alone, and why that cannot be."""

PENDING: Final[Mapping[str, str]] = MappingProxyType(
    {
        "udp-echo/connects": "which datagram is refused depends on when the server connects",
        "udp-echo/one_datagram": "it ends after an answer: during a check or between two",
        "tcp-ping-pong/closes_unread": "how much it takes, and how that ends, is the system's",
        "events/stops_at_one_that_left": "two of its threads print, in either order",
        "tcp-echo/one_lock": "who gets its lock first depends on how much the system takes at once",
    }
)
"""The submissions that are not yet caught as they say, and what is in the way."""

SOMETIMES: Final[frozenset[str]] = frozenset(PENDING)
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

    def graded(self, gradings: Gradings) -> Grading:
        """By all the checks of its stage."""
        options = ("--strict", f"--stage={self.slug}")
        return gradings.graded(SUBMISSIONS, ("python3", self.script), *options, seed=SEED)


def _found(path: Path) -> Submission:
    named = re.search(r"^Caught by: (.+)$", path.read_text(), re.MULTILINE)
    return Submission(path, tuple(named[1].split(", ")) if named else ())


BROKEN: Final = [_found(path) for path in sorted(SUBMISSIONS.glob("*/*.py"))]

SAMPLE: Final = [
    next(broken for broken in BROKEN if broken.slug == slug)
    for slug in sorted({broken.slug for broken in BROKEN})
]
"""For each stage, the first of its broken servers by name: these are in the quick set."""


ONE_EACH: Final = frozenset({broken.caught_by: broken for broken in reversed(BROKEN)}.values())
"""For each check, and each set of checks, the first that they catch: the others are variants."""

GRADED_BY_EACH_CHECK: Final = frozenset(
    stage.slug for stage in load_course(course_root(), only=()).stages if stage.track == "http"
)
"""The stages of which the default run grades a broken server for each check. Of the other tracks'
it grades one, and the faults step all of them: else it would take three times as long."""


def _expected(broken: Submission) -> ParameterSet:
    reason = PENDING.get(broken.name)
    strict = broken.name not in SOMETIMES
    marks = [pytest.mark.sample] if broken in SAMPLE else []
    if broken not in ONE_EACH or (broken.slug not in GRADED_BY_EACH_CHECK and broken not in SAMPLE):
        marks.append(pytest.mark.variant)
    if reason is not None:
        marks.append(pytest.mark.xfail(reason=reason, strict=strict, raises=AssertionError))
    return pytest.param(broken, id=broken.name, marks=marks)


def _right() -> Iterator[ParameterSet]:
    first = {track: script for script, track in reversed(RIGHT)}
    for seed in (SEED, SEED + 1):
        for script, track in RIGHT:
            marks = [pytest.mark.sample] if (script, seed) == (first[track], SEED) else []
            marks += [pytest.mark.variant] if seed != SEED else []  # other bytes, the same programs
            yield pytest.param(script, track, seed, id=f"{seed}-{script}-{track}", marks=marks)


@pytest.mark.parametrize(("script", "track", "seed"), list(_right()))
def test_a_right_server_passes_every_check(
    script: str, track: str, seed: int, gradings: Gradings
) -> None:
    grading = gradings.whole(SUBMISSIONS, ("python3", script), track, seed=seed)

    assert grading.checks("failed", "errored", "skipped") == set(), grading.output
    assert grading.exit_code == 0
    assert grading.checks("passed") == _ids(track)


@pytest.mark.sample
def test_every_track_has_a_right_server() -> None:
    assert {track.slug for track in load_course(course_root()).tracks} == {
        track for _, track in RIGHT
    }


@pytest.mark.parametrize("broken", [_expected(broken) for broken in BROKEN])
def test_a_broken_server_fails_the_checks_it_names(
    broken: Submission, gradings: Gradings, request: pytest.FixtureRequest
) -> None:
    grading = broken.graded(gradings)

    assert grading.checks("failed") == set(broken.caught_by), grading.output
    assert grading.checks("errored") == set(), grading.output
    assert grading.exit_code == 1
    assert [stage["slug"] for stage in grading.report["stages"]] == [broken.slug]
    assert lacks(from_json(json.dumps(grading.report))) == []
    compare(normalised(grading.output), broken.golden, request)


@pytest.mark.sample
def test_every_check_catches_a_submission_alone() -> None:
    caught = {broken.caught_by[0] for broken in ONE_EACH if len(broken.caught_by) == 1}

    assert sorted(_ids() - caught) == sorted(NOT_ALONE)


@pytest.mark.sample
def test_a_submission_says_what_is_wrong_and_what_catches_it() -> None:
    said = re.compile(r'"""([A-Za-z].+\.)\n\nCaught by: .+\n"""\n\n')
    silent = [broken.name for broken in BROKEN if not said.match(broken.path.read_text())]
    known = _ids()
    unknown = {broken.name: named for broken in BROKEN if (named := {*broken.caught_by} - known)}
    elsewhere = [
        broken.name
        for broken in BROKEN
        if {check.partition("/")[0] for check in broken.caught_by} != {broken.slug}
    ]

    assert (silent, unknown, elsewhere) == ([], {}, [])


@pytest.mark.sample
def test_each_stage_has_a_broken_server() -> None:
    assert {broken.slug for broken in SAMPLE} == {check.partition("/")[0] for check in _ids()}


@pytest.mark.sample
def test_every_terminal_block_belongs_to_a_submission() -> None:
    assert set(SUBMISSIONS.glob("*/*.txt")) == {broken.golden for broken in BROKEN}


def _ids(*tracks: str) -> set[str]:
    """The ids of the checks of these tracks; of all tracks when none is named."""
    stages = load_course(course_root()).stages
    return {
        f"{s.slug}/{check.name}"
        for s in stages
        if not tracks or s.track in tracks
        for check in s.checks
    }
