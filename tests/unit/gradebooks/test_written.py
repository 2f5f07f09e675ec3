"""The exports that are written anew: each student's row, the class's rules, and no formula."""

from __future__ import annotations

import csv
import io
import json

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from docs.make_schemas import DOCS, page, result_schema
from grader.errors import UsageError
from grader.gradebooks.gradescope import gradescope
from grader.gradebooks.plain import plain
from grader.gradebooks.result import Result, result_of
from grader.gradebooks.results_jsonl import results_jsonl
from grader.gradebooks.said import said_of
from grader.gradebooks.scores import POINTS, counting_of
from grader.intake.given import Student
from grader.text.escape import printable
from tests.unit.book import reports
from tests.unit.gradebooks.sheets import ADA, result

EVE = Student("105", "eve", "eve@uni.edu", "Eve Example")
WRITTEN = (plain, gradescope, results_jsonl)


def _rows(text: str) -> list[dict[str, str]]:
    return [*csv.DictReader(io.StringIO(text))]


def test_a_row_for_each_student_with_the_rules_of_the_class() -> None:
    team = replace(
        result(students=(ADA, EVE), late=True), policy="advice files/x", hidden=("ok/a", "ok/b"),
        problem="The body is cut off.", seed=7,
    )  # fmt: skip
    ada, eve, bob = _rows(plain([team, result("bob", outcome="errored")], counting_of("10", (), 2)))
    assert ada == {
        "submission": "ada", "id": "101", "login": "ada@uni.edu", "email": "ada@uni.edu",
        "name": "Lovelace, Ada", "group": "", "verdict": "failed", "score": "8",
        "max_score": "10", "points": "16", "max_points": "20", "points_ok": "5",
        "points_files": "11", "first_failed_check": "files/all_bytes", "kind": "",
        "problem": "The body is cut off.", "reason": "", "late": "late",
        "policy": "advice files/x; hidden 2 checks",
        "counting": "out of 10; rounded to 2 decimals, halves up", "seed": "7",
    }  # fmt: skip
    assert (eve["name"], eve["score"]) == ("Eve Example", "8")
    assert [bob[it] for it in ("verdict", "score", "max_score", "points", "points_ok")] == [
        "errored", "", "", "", "",
    ]  # fmt: skip
    assert bob["reason"] == "no program is found"


def test_gradescope_has_the_columns_of_its_own_download() -> None:
    given_results = [
        result(students=(ADA,), late=False), result("eve", students=(EVE,), late=True),
        result("bob", outcome="not_graded"),
    ]  # fmt: skip
    text = gradescope(given_results, POINTS)
    assert text.startswith(
        "First Name,Last Name,SID,Email,Sections,Total Score,Max Points,Status,Submission ID,"
        "Submission Time,Lateness (H:M:S),View Count,Submission Count,1: ok (5.0 pts),"
        "2: files (15.0 pts),"
    )
    ada, eve, bob = _rows(text)
    wanted = ("First Name", "Last Name", "SID", "Total Score", "Max Points", "Status",
              "Lateness (H:M:S)", "Late", "2: files (15.0 pts)")  # fmt: skip
    assert [ada[it] for it in wanted] == [
        "Ada", "Lovelace", "101", "16", "20", "Graded", "00:00:00", "in time", "11",
    ]  # fmt: skip
    # by how much it is late, nobody knows: so it is not said to be in time
    assert [eve[it] for it in wanted[6:8]] == ["", "late"]
    assert [bob[it] for it in wanted] == ["bob", "", "", "", "", "Ungraded", "", "", ""]
    assert bob["Problem"] == "no program is found"


def test_programs_read_one_object_a_line() -> None:
    text = results_jsonl(
        [result(students=(ADA,), late=True), result("bob", outcome="errored")],
        counting_of("7", (), 2),
    )
    ada, bob = map(json.loads, text.splitlines())
    assert (ada["format"], ada["version"]) == ("stage-grader/result", 1)
    assert (ada["score"], ada["max_score"], ada["points"], ada["late"]) == (5.6, 7, 16, True)
    assert ada["students"][0]["name"] == "Lovelace, Ada"
    assert ada["stages"][1] == {
        "stage": "files", "track": "http", "verdict": "failed", "points": 11, "max_points": 15,
    }  # fmt: skip
    assert [bob[it] for it in ("score", "max_score", "points", "stages", "late")] == [
        None, None, None, [], None,
    ]  # fmt: skip


def test_each_line_is_as_its_schema_says() -> None:
    path = DOCS / "result.schema.json"
    schema = json.loads(path.read_text(encoding="utf-8"))
    assert result_schema() == schema, "python -m docs.make_schemas"
    text = (DOCS / "gradebooks.md").read_text(encoding="utf-8")
    assert page("Result", schema, text) == text, "python -m docs.make_schemas"
    validator = jsonschema.Draft202012Validator(schema)
    of_a_class = [
        result(students=(ADA,), late=True), result("bob", outcome="errored"),
        result("eve", outcome="not_graded"), result_of("x", reports.of_marks(ok=". F s")),
    ]  # fmt: skip
    for line in results_jsonl(of_a_class, counting_of("7.5", (), 2)).splitlines():
        found = json.loads(line)
        validator.validate(found)
        assert [*found] == schema["required"]
    for wrong in ({**found, "score": "7"}, {**found, "verdict": "ok"}, {"format": "x"}):
        assert not validator.is_valid(wrong)


def test_a_report_becomes_a_result_as_the_class_counts_it() -> None:
    report = reports.of_marks(ok=". . .a", files=". F Fa")
    found = result_of("ada", report, (ADA,), late=True)
    assert (found.outcome, found.points, found.max_points) == ("failed", 3, 4)
    assert (found.check, found.kind, found.problem) == ("files/b", "exit", "b ended.")
    assert [(it.stage, it.points, it.max_points) for it in found.stages] == [
        ("ok", 2, 2), ("files", 1, 2),
    ]  # fmt: skip
    none = result_of("bob", reports.not_graded("no program"))
    assert (none.outcome, none.reason, none.is_scored) == ("not_graded", "no program", False)


def test_what_a_hidden_check_found_is_in_no_export() -> None:
    report = reports.of_marks(files="F")
    (stage,) = report.stages
    (check,) = stage.checks
    secret = replace(check, hidden=True)
    hidden = replace(report, stages=(replace(stage, checks=(secret,)),))
    found = result_of("ada", hidden)
    for write in WRITTEN:
        text = write([found], POINTS)
        assert "a ended." not in text
        assert "files/a" in text  # its name is known
    assert found.rules == "hidden 1 check"


@pytest.mark.parametrize("write", WRITTEN)
def test_a_weight_that_no_stage_has_is_refused(write: object) -> None:
    assert callable(write)
    with pytest.raises(UsageError, match="did you mean"):
        write([result()], counting_of(None, ("fles=1",), 2))


HOSTILE = st.text(st.sampled_from('=+-@;," \t\r\n\x1b\u202eaÜ'), max_size=8)


@settings(max_examples=40)
@given(HOSTILE, HOSTILE, HOSTILE)
def test_hostile_names_and_problems_stay_in_their_cells(
    name: str, problem: str, reason: str
) -> None:
    bad = Result(
        name, "failed", (Student(name, name, name, name, name),), result().stages, reason, name,
        problem, problem, True, reason,
    )  # fmt: skip
    for write in (plain, gradescope):
        text = write([bad, result()], POINTS)
        assert text.count("\n") == 3
        assert printable(text, keep="\n") == text
        first, *rows = csv.reader(io.StringIO(text))
        assert all(len(row) == len(first) for row in rows)
        assert not any(cell.startswith(tuple("=+-@")) for row in rows for cell in row)
    line, _ = results_jsonl([bad, result()], POINTS).splitlines()
    assert line.isascii()
    assert json.loads(line)["submission"] == printable(name, keep="\n\t")


def test_what_has_no_room_in_a_file_is_said() -> None:
    class_of = [
        replace(result("ada\x1b", late=True), policy="without files/x", hidden=("ok/a",)),
        replace(result("bob", late=False), policy="without files/x", hidden=("ok/a", "ok/b")),
        result("eve", points=3, most=10),
        result("out", outcome="errored"),
    ]
    assert said_of(class_of, counting_of("20", (), 0)) == [
        "class policy: without files/x",
        "hidden from learners: 2 checks",
        "scores: out of 20; rounded to 0 decimals, halves up",
        "late, and nothing is subtracted for it: ada\\x1b",
        "graded in other stages than most, which are out of 20: eve (10)",
    ]
    assert said_of([result()], POINTS) == []
