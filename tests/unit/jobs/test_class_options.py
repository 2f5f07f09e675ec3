"""What makes a class, and what its own options say."""

from __future__ import annotations

import click
import pytest

from grader.jobs.options import ClassOptions, cores
from grader.jobs.room import Bounds
from grader.limits import Limits
from grader.reporters.destination import Destination

NOTHING = ClassOptions()


def test_what_makes_a_class() -> None:
    assert NOTHING.makes_a_class(["a", "b"], ())
    assert not NOTHING.makes_a_class(["a"], ())
    assert not NOTHING.makes_a_class([], ("python3", "x.py"))
    for options in (
        ClassOptions(1),
        ClassOptions(max_seconds=5),
        ClassOptions(summaries=("s.csv",)),
    ):
        assert options.makes_a_class(["a"], ())
        assert not options.makes_a_class([], ())
        with pytest.raises(click.UsageError, match="not with a command"):
            options.makes_a_class([], ("python3", "x.py"))


def test_how_long_one_may_take() -> None:
    assert ClassOptions(max_seconds=5).limit_s(100.0) == 5
    assert [NOTHING.limit_s(scale) for scale in (0.01, 1.0, 3.0)] == [600, 600, 1800]


def test_how_many_at_a_time() -> None:
    assert ClassOptions(7).at_once(Limits()) == Bounds(7, 7)
    assert NOTHING.at_once(Limits()).least == cores()


def test_where_the_summary_goes() -> None:
    assert NOTHING.gradebook is None
    assert ClassOptions(summaries=("-",)).gradebook == Destination(None)
    with pytest.raises(click.UsageError, match="--summary needs a path"):
        _ = ClassOptions(summaries=("",)).gradebook
