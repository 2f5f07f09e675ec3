"""The class as CSV: a row for each, read back as it was, and no cell that a spreadsheet would
calculate."""

from __future__ import annotations

import csv
import io

from hypothesis import given
from hypothesis import strategies as st

from grader.intake.given import Given, Student
from grader.jobs.gradebook import COLUMNS, gradebook
from grader.jobs.results import ClassOutcome, ClassResult
from grader.report.brief import FirstFailed
from grader.report.model import Verdict
from grader.text.escape import printable
from tests.unit.jobs.briefs import brief

FAILED = brief(
    Verdict.FAILED,
    26,
    4,
    40,
    FirstFailed("headers/any_case", "A header MUST be found", "mismatch", "=It is absent."),
)


def _rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


def test_a_row_for_each() -> None:
    rows = [
        ("bob", "class/bob.py", ClassResult(ClassOutcome.FAILED, None, FAILED)),
        (
            "ann",
            "class/ann",
            ClassResult(ClassOutcome.NOT_GRADED, "class/ann has no program: main.py, server.py"),
        ),
    ]
    bob, ann = _rows(gradebook(rows, 7))
    assert tuple(bob) == COLUMNS
    assert bob == {
        "name": "bob", "path": "class/bob.py", "verdict": "failed", "score": "26",
        "max_score": "72", "stages_passed": "4", "first_failed_check": "headers/any_case",
        "kind": "mismatch", "problem": "'=It is absent.", "reason": "", "was": "", "policy": "",
        "seed": "7", "late": "", "id": "", "login": "", "email": "", "student": "",
    }  # fmt: skip
    assert (ann["verdict"], ann["score"], ann["seed"]) == ("not_graded", "", "7")
    assert ann["reason"] == "class/ann has no program: main.py, server.py"


def test_a_row_for_each_student_of_a_group() -> None:
    students = (Student("1", "ada", "ada@x", "=Ada"), Student("2"))
    result = ClassResult(ClassOutcome.FAILED, None, FAILED)
    handed_in = [Given("a", students=students, late=True), Given("b", late=False)]
    rows = _rows(gradebook([("a", "a", result), ("b", "b", result)], 7, "", handed_in))
    assert [(row["name"], row["late"], row["id"]) for row in rows] == [
        ("a", "late", "1"), ("a", "late", "2"), ("b", "in time", ""),
    ]  # fmt: skip
    assert (rows[0]["student"], rows[0]["score"], rows[1]["score"]) == ("'=Ada", "26", "26")


@given(st.text(), st.text())
def test_one_row_whatever_is_in_it(path: str, reason: str) -> None:
    text = gradebook([("ann", path, ClassResult(ClassOutcome.ERRORED, reason))], 1)
    assert text.count("\n") == 2
    (row,) = csv.reader(text.splitlines()[1:])
    assert len(row) == len(COLUMNS)
    assert all(printable(value) == value and not value.startswith(tuple("=+-@")) for value in row)
