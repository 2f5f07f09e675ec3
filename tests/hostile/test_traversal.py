"""Submissions that leave the served directory are caught at every level: what a server does outside
of it can be seen only where the server is able to do it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from grader.isolation import LEVELS
from grader.isolation.removal import remove
from tests.course.test_submissions import BROKEN, SUBMISSIONS, Submission
from tests.hostile.examined import missing

if TYPE_CHECKING:
    from pathlib import Path

    from tests.hostile.aims import Aims

LEAVING = [
    broken
    for broken in BROKEN
    if broken.slug == "files" and any("_stay" in check for check in broken.caught_by)
]
ALL_OF_IT = "files/no_guard"
CASES = [
    pytest.param(
        broken,
        level,
        id=f"{broken.name}-{level}",
        marks=() if broken.name == ALL_OF_IT else pytest.mark.slow,
    )
    for broken in LEAVING
    for level in LEVELS
]


@pytest.mark.parametrize(("broken", "level"), CASES)
def test_who_leaves_the_directory_is_caught(aims: Aims, broken: Submission, level: str) -> None:
    if reason := missing(level):
        pytest.skip(f"no {level} here: {reason}")
    aims.bench.sandbox = level
    for other in aims.bench.scratch.iterdir():  # what another run has there is no aim of these
        remove(other)
    options = ("--strict", "--stage", broken.slug)
    finished = aims.bench.grade(_copied(aims, broken), *options, expect=1)

    assert finished.report is not None
    assert finished.report["environment"]["isolation"]["level"] == level
    verdicts = {check["id"]: check["verdict"] for check in finished.checks}
    assert {check for check, verdict in verdicts.items() if verdict == "failed"} == {
        *broken.caught_by
    }, finished.out
    assert "errored" not in verdicts.values(), finished.out


def _copied(aims: Aims, broken: Submission) -> Path:
    """The submission, and the right server that it is made of, which listens on our port."""
    right = (SUBMISSIONS / "right_server.py").read_text()
    assert right.count("4221") == 1
    aims.bench.write("submission/right_server.py", right.replace("4221", str(aims.bench.port)))
    aims.bench.write(f"submission/{broken.script}", broken.path.read_text())
    return aims.bench.write("submission/grade.yaml", f"entry: {broken.script}\n").parent


def test_every_way_out_is_tried() -> None:
    ways = {check for broken in LEAVING for check in broken.caught_by}
    (all_of_it,) = [broken for broken in LEAVING if broken.name == ALL_OF_IT]

    assert {way.partition("/")[2] for way in ways} == {
        "dots_stay_inside", "encoded_dots_stay_inside", "absolute_stays_inside",
        "symlink_stays_inside", "writes_stay_inside", "writes_through_links_stay_inside",
        "sibling_stays_outside",
    }  # fmt: skip
    assert ways == {
        *all_of_it.caught_by,
        "files/sibling_stays_outside",
    }  # where everything leaks, no sibling is asked for
    assert all({way} in [{*broken.caught_by} for broken in LEAVING] for way in ways)
