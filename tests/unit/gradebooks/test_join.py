"""Which row is whose: never by a guess."""

from __future__ import annotations

import pytest

from grader.gradebooks.join import Row, joined
from grader.gradebooks.result import Result, Student

ROWS = (
    Row(1, ("101", "s-1"), "ada@uni.edu", "", "Lovelace, Ada"),
    Row(2, ("102", "s-2"), "joerg", "jm@uni.edu", "Jörg Müller"),
    Row(3, ("103",), "wei1", "", "Li, Wei"),
    Row(4, ("104",), "wei2", "", "Li, Wei"),
)


def _of(*students: Student, name: str = "it") -> Result:
    return Result(name, "passed", students)


@pytest.mark.parametrize(
    ("student", "number"),
    [
        (Student(id="101"), 1),
        (Student(id=" S-1 "), 1),
        (Student(login="ADA@uni.edu"), 1),
        (Student(email="ada@uni.edu"), 1),
        (Student(login="ada"), 1),  # what the address begins with
        (Student(name="Ada  lovelace"), 1),
        (Student(name="lovelaceada"), 1),  # as Canvas names files
        (Student(name="Jo\u0308rg Müller"), 2),  # the same letter, written as two
        (Student(email="jm@uni.edu", name="J. M."), 2),
        (Student(login="wei2", name="Wei Li"), 4),
        (Student(id="999", name="Jörg Müller"), 2),
    ],
)
def test_a_student_has_a_row(student: Student, number: int) -> None:
    found = joined(ROWS, [_of(student)])
    assert list(found.placed) == [number]
    assert not found.unplaced


@pytest.mark.parametrize(
    ("student", "why"),
    [
        (Student(name="Grace Hopper"), "no row"),
        (Student(), "no row"),
        (Student(name="Wei Li"), "several rows"),
        (Student(id="101", name="Jörg Müller"), "different rows"),
        (Student(id="101", email="jm@uni.edu"), "different rows"),
        (Student(email="ada@elsewhere.org"), "no row"),
        (Student(email="joerg@elsewhere.org"), "no row"),  # another's login is no address of his
    ],
)
def test_what_is_not_certain_has_no_row(student: Student, why: str) -> None:
    found = joined(ROWS, [_of(student)])
    assert not found.placed
    assert why in found.unplaced[0].why


@pytest.mark.parametrize("name", ["joerg", "jm@uni.edu", "Jörg Müller", "s-2", "jm"])
def test_without_a_student_the_name_of_the_submission_says_whose_it_is(name: str) -> None:
    assert list(joined(ROWS, [_of(name=name)]).placed) == [2]


def test_a_group_has_one_result_in_several_rows() -> None:
    team = _of(Student(id="101"), Student(id="102"))
    assert joined(ROWS, [team]).placed == {1: team, 2: team}


def test_two_submissions_of_one_row_get_none_of_it() -> None:
    found = joined(ROWS, [_of(Student(id="101"), name="a"), _of(Student(login="ada"), name="b")])
    assert not found.placed
    assert {it.result.name for it in found.unplaced} == {"a", "b"}
    assert "several submissions are of the same row: a, b" in found.unplaced[0].why
