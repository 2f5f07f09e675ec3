"""`--check` asks for what the whole stage asked: the same bytes, the same verdict, the same words;
the line under a failure that names it is right."""

from __future__ import annotations

import re

import pytest

from tests.course.test_submissions import BROKEN, SEED, SUBMISSIONS, Submission
from tests.golden import Gradings, normalised

ALONE = [
    broken
    for broken in BROKEN
    if broken.name
    in {
        "echo/cached_by_length",
        "concurrency/one_at_a_time",
        "files/appends",
        "keep-alive/impatient",
    }
]
"""What keeps something, what takes turns, what has a directory, what is asked again and again."""


@pytest.mark.parametrize("broken", [pytest.param(it, id=it.name) for it in ALONE])
def test_the_line_that_repeats_a_failure(broken: Submission, gradings: Gradings) -> None:
    whole = broken.graded(gradings)
    (line,) = re.findall(r"repeat with: (.+)", whole.output)
    assert line == f"--check {broken.caught_by[0]} --seed {SEED}"

    command = ("python3", broken.script)
    again = gradings.graded(
        SUBMISSIONS, command, "--strict", "--check", broken.caught_by[0], seed=SEED
    )

    assert again.exit_code == 1
    assert [check for stage in again.report["stages"] for check in stage["checks"]]
    assert again.checks("failed", "passed", "skipped") == set(broken.caught_by)
    assert _block(again.output) == _block(whole.output)
    assert "0 of 1 check passed" in again.output


def _block(output: str) -> str:
    """From the failed check's line up to the verdict."""
    found = re.search(
        r"^  ✗ FAIL.+?(?=^  \S|^FAILED)", normalised(output), re.MULTILINE | re.DOTALL
    )
    assert found is not None, output
    return found[0].rstrip()
