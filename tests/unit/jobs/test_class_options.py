"""What makes a class, and which options of its command line each grading gets."""

from __future__ import annotations

import click
import pytest

from grader.commands.grade import grade
from grader.jobs.options import ClassOptions, forwarded
from grader.reporters.destination import Destination


def _forwarded(*arguments: str) -> list[str]:
    return forwarded(grade.make_context("grade", list(arguments)))


def test_what_says_how_to_grade_is_handed_on() -> None:
    given = [
        "--stage=5",
        "--stage=echo",
        "--all",
        "--strict",
        "--port=80",
        "--timeout-scale=2.5",
        "--python=python3.12",
    ]
    assert sorted(_forwarded("a", *given, "b")) == sorted(given)
    assert _forwarded("a", "--up-to", "=x", "--track", "http") == ["--up-to==x", "--track=http"]
    assert _forwarded("--course", "here", "--fresh") == ["--fresh", "--course=here"]


def test_what_the_class_decides_is_not() -> None:
    own = [
        "--jobs=3",
        "--summary=s.csv",
        "--max-seconds=9",
        "--report=json:{name}",
        "--seed=1",
        "--sandbox=off",
    ]
    assert _forwarded("a", "b", *own, "-vv", "-q", "--no-color") == []


NOTHING = ClassOptions(None, None, None)


def test_what_makes_a_class() -> None:
    assert NOTHING.makes_a_class(["a", "b"], ())
    assert not NOTHING.makes_a_class(["a"], ())
    assert not NOTHING.makes_a_class([], ("python3", "x.py"))
    for options in (
        ClassOptions(1, None, None),
        ClassOptions(None, 5, None),
        ClassOptions(None, None, "s.csv"),
    ):
        assert options.makes_a_class(["a"], ())
        assert not options.makes_a_class([], ())
        with pytest.raises(click.UsageError, match="not with a command"):
            options.makes_a_class([], ("python3", "x.py"))


def test_how_long_one_may_take() -> None:
    assert ClassOptions(None, 5, None).limit_s(100.0) == 5
    assert [NOTHING.limit_s(scale) for scale in (0.01, 1.0, 3.0)] == [600, 600, 1800]


def test_how_many_at_a_time() -> None:
    assert ClassOptions(7, None, None).most_at_once == 7
    assert NOTHING.most_at_once >= 1


def test_where_the_summary_goes() -> None:
    assert NOTHING.gradebook is None
    assert ClassOptions(None, None, "-").gradebook == Destination(None)
    with pytest.raises(click.UsageError, match="--summary needs a path"):
        _ = ClassOptions(None, None, "").gradebook
