"""Scores by scale and weights: exact, and rounded once."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.errors import UsageError
from grader.gradebooks.result import Result, ResultOutcome, StageScore
from grader.gradebooks.scores import (
    POINTS,
    Counting,
    Unweighed,
    counting_of,
    decimal,
    require_known,
    score_of,
)
from grader.report.model import Verdict
from tests.unit.gradebooks.sheets import result


def _stages(*given: tuple[str, str, int, int]) -> Result:
    return Result("ada", "failed", stages=tuple(
        StageScore(stage, track, Verdict.FAILED, *points) for stage, track, *points in given
    ))  # fmt: skip


TWO_TRACKS = _stages(
    ("ok", "http", 4, 4), ("files", "http", 3, 6), ("tcp-echo", "sockets", 1, 3),
)  # fmt: skip


@pytest.mark.parametrize(
    ("scale", "weights", "decimals", "points", "most"),
    [
        (None, (), 2, "8", "13"),
        ("20", (), 2, "12.31", "20"),
        ("20", (), 0, "12", "20"),
        ("7.5", (), 1, "4.6", "7.5"),
        (None, ("http=60,sockets=40",), 2, "55.33", "100"),
        ("20", ("http=3", "sockets=1"), 2, "12.17", "20"),
        ("100", ("files=1",), 2, "50", "100"),
        ("100", ("http=1,files=1",), 2, "75", "100"),  # files does not count in its track
        ("100", ("ok=0,files=2",), 2, "50", "100"),
    ],
)
def test_points_become_a_score(
    scale: str | None, weights: tuple[str, ...], decimals: int, points: str, most: str
) -> None:
    score = score_of(TWO_TRACKS, counting_of(scale, weights, decimals))
    assert score is not None
    assert (str(score.points), str(score.most)) == (points, most)


def test_what_was_lost_is_known() -> None:
    lost = score_of(TWO_TRACKS, counting_of("20", (), 2))
    exact = score_of(TWO_TRACKS, counting_of("26", (), 2))
    assert lost is not None
    assert exact is not None
    assert (lost.is_rounded, exact.is_rounded) == (True, False)


@settings(max_examples=50)
@given(
    st.integers(0, 10**6).flatmap(
        lambda most: st.tuples(st.integers(0, most), st.just(max(most, 1)))
    ),
    st.integers(0, 4),
)
def test_rounding_is_half_up(fraction: tuple[int, int], decimals: int) -> None:
    exact = Fraction(*fraction)
    # 10 ** 6 has no more than 7 digits: 40 decide every half
    long = Decimal(exact.numerator * 10**40 // exact.denominator).scaleb(-40)
    expected = long.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
    assert decimal(exact, decimals) == expected


@settings(max_examples=50)
@given(st.integers(0, 50), st.integers(1, 50), st.integers(1, 100))
def test_full_points_are_the_full_score_and_more_points_no_less(
    points: int, more: int, scale: int
) -> None:
    most = points + more
    counting = Counting(Fraction(scale))
    low, high, full = (
        score_of(_stages(("ok", "http", it, most)), counting)
        for it in (points, points + more // 2, most)
    )
    assert low is not None
    assert high is not None
    assert full is not None
    assert 0 <= low.points <= high.points <= full.points == scale


@pytest.mark.parametrize("outcome", ["errored", "not_graded"])
def test_what_was_not_judged_has_no_score(outcome: ResultOutcome) -> None:
    assert score_of(result(outcome=outcome), counting_of("20", (), 2)) is None


def test_a_result_that_lacks_a_weighed_part_has_no_score() -> None:
    with pytest.raises(Unweighed, match="not graded in sockets"):
        score_of(_stages(("ok", "http", 1, 1)), counting_of("20", ("http=1,sockets=1",), 2))
    with pytest.raises(Unweighed, match="no"):
        score_of(_stages(("ok", "http", 0, 0)), POINTS)


@pytest.mark.parametrize(
    ("scale", "weights", "decimals", "said"),
    [
        ("twenty", (), 2, "--scale: 'twenty' is not a number"),
        ("0", (), 2, "--scale has to be more than 0"),
        ("-3", (), 2, "not a number"),
        ("1e9", (), 2, "not a number"),
        ("٣", (), 2, "not a number"),
        ("inf", (), 2, "not a number"),
        (None, ("http",), 2, "STAGE=N"),
        (None, ("http=1", "http=2"), 2, "twice"),
        (None, ("http=0",), 2, "more than 0"),
        (None, (), 9, "--decimals"),
    ],
)
def test_bad_options_are_one_sentence(
    scale: str | None, weights: tuple[str, ...], decimals: int, said: str
) -> None:
    with pytest.raises(UsageError, match=said):
        counting_of(scale, weights, decimals)


def test_an_unknown_weight_is_named_with_the_nearest() -> None:
    with pytest.raises(UsageError, match="did you mean 'files'"):
        require_known(counting_of(None, ("fles=1",), 2), [TWO_TRACKS])


def test_how_it_is_counted_is_said() -> None:
    assert POINTS.says == ""
    assert counting_of("20", ("files=2.50",), 1).says == (
        "weights: files 2.5; nothing else counts; out of 20; rounded to 1 decimal, halves up"
    )
