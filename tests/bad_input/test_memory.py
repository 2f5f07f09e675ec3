"""A check that takes more memory than there is: one sentence, nobody's point, and the other checks
go on."""

from __future__ import annotations

import shutil

import pytest

from grader.own_memory import EXHAUSTED
from tests.bad_input.bench import ROOT, Bench

CHECKS = """\
from grader.author import check


@check("An answer", "A server MUST answer", cite="RFC 9110 3.4")
def answers(session):
    session.get("/")


@check("An end", "A check MUST end", cite="course: ok")
def eats(session):
    kept = [session.get("/").body]
    while True:
        kept.append(bytes(1 << 30))


@check("Another answer", "A server MUST still answer", cite="RFC 9110 3.4")
def again(session):
    session.get("/")
"""


@pytest.fixture
def course(bench: Bench) -> str:
    """The course with a second stage of these checks."""
    for name in ("stages.yaml", "stages", "reference"):
        copied = shutil.copytree if (ROOT / name).is_dir() else shutil.copy
        copied(ROOT / name, bench.directory("course") / name)
    bench.write("course/stages/ok/checks.py", CHECKS)
    return "course"


def test_a_check_that_takes_all_memory(bench: Bench, course: str) -> None:
    run = bench.grade(bench.program("right.py"), "--course", course, "--no-color", expect=3)
    assert [check["verdict"] for check in run.checks] == ["passed", "errored", "passed"]
    assert run.checks[1]["reason"] == EXHAUSTED
    assert EXHAUSTED in run.said


def test_one_of_a_class(bench: Bench, course: str) -> None:
    bench.program("right.py")
    options = ("--stage", "ok", "--port", str(bench.port), "--course", course, "--no-color")
    run = bench.say("submission/right.py", "submission/right.py", *options, expect=3)
    assert "2 could not be judged" in run.said
    assert EXHAUSTED in run.said
