"""The record of progress: what a grading makes of it, and that reading it gives what was
written."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from grader.check.declaration import Level
from grader.progress.record import (
    NOTHING,
    BrokenRecord,
    Moment,
    Progress,
    StageRecord,
    dumped,
    parsed,
)
from grader.report.model import CheckReport, StageReport, Verdict
from tests.unit.strategies import of_fields

FIRST = Moment("2026-11-20T09:12:44Z", "a" * 40, dirty=False)
LATER = Moment("2026-11-21T10:00:00Z", "b" * 40, dirty=True)
BROKEN = '{"version": 1, "courses": {"c": {"s": %s}}}'


def judged(
    required: Verdict, advice: Verdict = Verdict.PASSED, verdict: Verdict | None = None
) -> StageReport:
    checks = (
        CheckReport(
            "s/a",
            "A",
            "a",
            "c",
            Level.REQUIRED,
            required,
            points=required is Verdict.PASSED,
            max_points=1,
        ),
        CheckReport(
            "s/b",
            "B",
            "b",
            "c",
            Level.ADVICE,
            advice,
            points=advice is Verdict.PASSED,
            max_points=1,
        ),
    )
    return StageReport(1, "s", "S", "t", verdict or required, checks=checks)


def test_the_life_of_a_stage() -> None:
    record = NOTHING.after(judged(Verdict.FAILED), FIRST)
    assert (record.done, record.regressed, record.points, record.max_points) == (False, False, 0, 1)
    record = record.after(judged(Verdict.PASSED), FIRST)
    assert (record.done, record.regressed, record.points) == (True, False, 1)
    record = record.after(judged(Verdict.FAILED), LATER)
    assert (record.done, record.regressed) == (False, True)
    assert (record.first_passed, record.last_passed, record.fails_since) == (FIRST, FIRST, LATER)
    record = record.after(judged(Verdict.PASSED), LATER)
    assert (record.first_passed, record.last_passed, record.fails_since) == (FIRST, LATER, None)


@pytest.mark.parametrize("verdict", [Verdict.SKIPPED, Verdict.ERRORED])
def test_what_was_not_judged_changes_nothing(verdict: Verdict) -> None:
    known = StageRecord(1, 1, FIRST, FIRST)
    assert known.after(judged(verdict), LATER) == known
    assert Progress().after("c", [judged(verdict)], LATER).of("c") == {}


def test_advice_that_counts_under_strict_does_not_count_here() -> None:
    record = NOTHING.after(judged(Verdict.PASSED, Verdict.FAILED, Verdict.FAILED), FIRST)
    assert (record.done, record.points, record.max_points) == (True, 1, 1)


moments = st.none() | of_fields(
    Moment,
    st.just(FIRST.at),
    st.none() | st.just("a" * 40) | st.just("c" * 64),
    st.none() | st.booleans(),
)
some = st.lists(st.sampled_from("abc"), unique=True).map(tuple)
records = of_fields(
    StageRecord, st.integers(0, 99), st.integers(0, 99), moments, moments, moments, some, some
).map(lambda record: replace(record, last_passed=record.last_passed or record.first_passed))
names = st.text(max_size=20)
# each course and each stage is written on its own: two of each show what more would
courses_kept = st.dictionaries(names, st.dictionaries(names, records, max_size=2), max_size=2)


@given(courses_kept)
def test_what_was_written_is_read(courses: dict[str, dict[str, StageRecord]]) -> None:
    text = dumped(Progress(courses))
    assert text.isascii()
    assert parsed(text) == Progress(courses)


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(max_size=5),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(st.sampled_from(["version", "courses", "s", "at", "points"]), inner)
        ),
    )
)
def test_anything_else_is_refused_or_survives(value: object) -> None:
    try:
        read = parsed(json.dumps(value))
    except BrokenRecord:
        return
    assert parsed(dumped(read)) == read


@pytest.mark.parametrize(
    "stage",
    [
        '{"points": true, "max_points": 1}',
        '{"points": -1, "max_points": 1}',
        '{"points": 1}',
        '{"points": 1, "max_points": 1, "note": "mine"}',
        '{"points": 1, "max_points": 1, "first_passed": {"at": "yesterday"}}',
        (
            '{"points": 1, "max_points": 1, "first_passed": {"at": "2026-11-20T09:12:44Z",'
            ' "commit": "\\u001b[2J"}}'
        ),
        (
            '{"points": 1, "max_points": 1, "first_passed": {"at": "2026-11-20T09:12:44Z",'
            ' "dirty": 1}}'
        ),
        "7",
    ],
)
def test_a_stage_that_is_none(stage: str) -> None:
    with pytest.raises(BrokenRecord):
        parsed(BROKEN % stage)


def asked(**verdicts: Verdict) -> StageReport:
    """A stage of required checks with these verdicts."""
    checks = tuple(
        CheckReport(f"s/{name}", name, name, "c", Level.REQUIRED, verdict)
        for name, verdict in verdicts.items()
    )
    failed = Verdict.FAILED in verdicts.values()
    verdict = Verdict.FAILED if failed else Verdict.PASSED
    return StageReport(1, "s", "S", "t", verdict, checks=checks)


PASSED, FAILED = Verdict.PASSED, Verdict.FAILED


def test_a_check_that_was_not_there_before_is_new_and_nothing_is_lost() -> None:
    passed = NOTHING.after(asked(a=PASSED, b=PASSED), FIRST)
    grown = passed.after(asked(a=PASSED, b=PASSED, later=FAILED), LATER)
    assert (grown.done, grown.regressed, grown.new) == (False, False, ("later",))
    both = grown.after(asked(a=FAILED, b=PASSED, later=FAILED), LATER)
    assert (both.done, both.regressed, both.new) == (False, True, ("later",))
    again = both.after(asked(a=PASSED, b=PASSED, later=PASSED), LATER)
    assert (again.done, again.regressed, again.new) == (True, False, ())
    lost = again.after(asked(a=PASSED, b=PASSED, later=FAILED), LATER)
    assert (lost.done, lost.regressed, lost.new) == (False, True, ())


def test_what_passed_once_is_known_even_while_the_stage_fails() -> None:
    passed = NOTHING.after(asked(a=PASSED), FIRST)
    grown = passed.after(asked(a=FAILED, later=PASSED), LATER)
    assert grown.after(asked(a=PASSED, later=FAILED), LATER).regressed


def test_a_stage_that_never_passed_has_nothing_new() -> None:
    record = NOTHING.after(asked(a=FAILED), FIRST).after(asked(a=FAILED, later=FAILED), LATER)
    assert (record.regressed, record.new) == (False, ())


def test_a_record_of_version_1_is_read_and_what_fails_then_counts_as_known() -> None:
    stage = '{"points": 1, "max_points": 1, "first_passed": {"at": "2026-11-20T09:12:44Z"}}'
    (record,) = parsed(BROKEN % stage).of("c").values()
    failed = record.after(asked(a=PASSED, b=FAILED), LATER)
    assert (failed.regressed, failed.new) == (True, ())
    assert failed.after(asked(a=PASSED, b=FAILED), LATER).regressed


def test_other_courses_and_stages_are_kept() -> None:
    before = Progress(
        {
            "other": {"x": StageRecord(1, 1, FIRST, FIRST)},
            "c": {"y": StageRecord(0, 2, fails_since=FIRST)},
        }
    )
    after = before.after("c", [judged(Verdict.PASSED)], LATER)
    assert after.of("other") == before.of("other")
    assert sorted(after.of("c")) == ["s", "y"]
    assert after.without("c", ["s"]) == before
