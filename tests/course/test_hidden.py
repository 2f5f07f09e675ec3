"""`--hide` on the command line: what a learner gets of a grading has no word of what was hidden."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING, Any

from grader.reporters import REPORTERS
from tests.course.test_submissions import BROKEN, SEED, SUBMISSIONS

if TYPE_CHECKING:
    from pathlib import Path

    from tests.golden import Gradings

_LEAST = 12
"""Characters of a text that is not there by chance."""


def test_only_the_teachers_report_has_what_was_hidden(gradings: Gradings, tmp_path: Path) -> None:
    (broken,) = (it for it in BROKEN if it.name == "echo/host_is_last")
    learners = [name for name in REPORTERS if name != "json"]
    places = [f"--report={name}:{tmp_path / name}" for name in learners]
    options = ("--stage=paths,echo", "--hide=echo", *places)
    found = gradings.graded(SUBMISSIONS, ("python3", broken.script), *options, seed=SEED)

    shown, hidden = (stage["checks"] for stage in found.report["stages"])
    assert [check["hidden"] for check in (*shown, *hidden)] == [False] * len(shown) + [True] * len(
        hidden
    )
    secrets = texts(hidden) - texts(shown)
    assert len(secrets) > 2 * len(hidden), "the teacher's report has it all"
    seen = {name: (tmp_path / name).read_text() for name in learners} | {"screen": found.output}
    seen["github-classroom"] = base64.b64decode(seen["github-classroom"]).decode()
    for name, text in seen.items():
        assert [it for it in secrets if it in text] == [], name


def texts(checks: list[dict[str, Any]]) -> set[str]:
    """What is said of these checks besides their names, and what went over the wire."""
    found = {check["requirement"] for check in checks}
    for check in checks:
        found |= {entry["bytes"] for entry in check["transcript"]}
        failure = check["failure"] or {}
        found |= {failure.get(name) for name in ("summary", "actual", "reproduce", "hint")}
    return {text for text in found if text and len(text) > _LEAST}
