"""The process from which a class forks its gradings is out of reach of every submission; where one
can reach it, killing it loses nothing."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING

import pytest

from grader.isolation import LEVELS, Needs
from grader.warm.asking import available
from tests import forked
from tests.bad_input.bench import PATIENCE_S

if TYPE_CHECKING:
    from pathlib import Path

    from tests.hostile.aims import Aims

MARK = "grader.warm.process"
"""In the command line of that process alone."""

pytestmark = pytest.mark.skipif(not available(), reason="this system has none")


def aimed(aims: Aims, program: str) -> Path:
    """A hostile program that takes the warm process for what it seeks."""
    path = aims.program(program)
    targets = path.with_name("targets.json")
    told = json.loads(targets.read_text())
    targets.write_text(json.dumps({**told, "mark": MARK}))
    return path


def graded(aims: Aims, level: str, *submissions: Path, expect: int) -> list[str]:
    """The verdicts of a class, by the reports."""
    bench = aims.bench
    arguments = (
        *submissions, "--stage", "ok", "--jobs", "1", f"--sandbox={level}", f"--port={bench.port}",
        f"--python={sys.executable}", f"--report=json:{bench.root}/{{name}}.json",
    )  # fmt: skip
    ended = forked.run(arguments, cwd=bench.place, env=bench.environment(), timeout=PATIENCE_S)
    assert ended.code == expect, ended.out + ended.err
    found = (json.loads((bench.root / f"{path.stem}.json").read_text()) for path in submissions)
    return [report["verdict"] for report in found]


@pytest.mark.parametrize("program", ["kills_the_grader.py", "traces_others.py"])
def test_nobody_reaches_it(aims: Aims, program: str) -> None:
    path = aimed(aims, program)
    if reason := LEVELS["namespaces"](aims.bench.directory("trial"), Needs()).missing():
        pytest.skip(reason)
    assert graded(aims, "namespaces", path, expect=0) == ["passed"]


def test_where_it_is_killed_the_others_are_graded(aims: Aims) -> None:
    """No level here: the first one finds it and kills it."""
    path = aimed(aims, "kills_the_grader.py")
    first = path.parent.rename(path.parent.with_name("first")) / path.name
    second = aims.bench.program("right.py")
    assert graded(aims, "plain", first, second, expect=1) == ["failed", "passed"]
