"""Which row gets which result: each student's own, and none where two submissions claim it."""

from __future__ import annotations

from grader.gradebooks.join import Row, joined
from grader.gradebooks.result import Result
from grader.intake.given import Student
from grader.intake.whose import Identity

ROWS = (
    Row(4, Identity(("101", "s-1"), "ada@uni.edu", "", "Lovelace, Ada")),
    Row(7, Identity(("102", "s-2"), "joerg", "jm@uni.edu", "Jörg Müller")),
)


def _of(*students: Student, name: str = "it") -> Result:
    return Result(name, "passed", students)


def test_a_student_has_a_row() -> None:
    joerg = _of(Student(login="joerg", name="Jörg Müller"))
    found = joined(ROWS, [joerg])
    assert (found.placed, found.unplaced) == ({7: joerg}, ())


def test_without_a_student_the_name_of_the_submission_says_whose_it_is() -> None:
    assert list(joined(ROWS, [_of(name="jm")]).placed) == [7]
    assert not joined(ROWS, [_of(Student(id="999"), name="jm")]).placed


def test_a_group_has_one_result_in_several_rows() -> None:
    team = _of(Student(id="101"), Student(id="102"), Student(id="103"))
    found = joined(ROWS, [team])
    assert found.placed == {4: team, 7: team}
    assert [it.student.id for it in found.unplaced] == ["103"]


def test_two_submissions_of_one_row_get_none_of_it() -> None:
    found = joined(ROWS, [_of(Student(id="101"), name="a"), _of(Student(login="ada"), name="b")])
    assert not found.placed
    assert {it.result.name for it in found.unplaced} == {"a", "b"}
    assert "several submissions are of the same row: a, b" in found.unplaced[0].why


def test_a_row_is_called_by_what_it_has() -> None:
    assert [row.shown for row in ROWS] == ["Lovelace, Ada", "Jörg Müller"]
    assert Row(3, Identity(("31",))).shown == "31"
    assert Row(3, Identity()).shown == "row 3"
