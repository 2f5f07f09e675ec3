"""Exported gradebooks are filled: one column, and no other byte."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from grader.errors import UsageError
from grader.gradebooks.canvas import canvas
from grader.gradebooks.csv_bytes import read_csv
from grader.gradebooks.fill import Filled, Sheet, filled
from grader.gradebooks.moodle import moodle
from grader.gradebooks.scores import POINTS, counting_of
from grader.intake.given import Student
from tests.unit.gradebooks.sheets import ADA, CANVAS, MOODLE, MOODLE_DE, result

if TYPE_CHECKING:
    from grader.gradebooks.result import Result, ResultOutcome

HTTP = "HTTP server"


def _canvas(*results: Result, text: str = CANVAS, column: str = HTTP) -> Filled:
    return filled(canvas(text.encode(), "grades.csv", column), results, POINTS)


def test_canvas_gets_one_score_and_keeps_all_else() -> None:
    found = _canvas(result(students=(ADA,)))
    assert found.data.decode() == CANVAS.replace('Lab 2",,,8.50', 'Lab 2",,16,8.50')
    assert found.is_whole


def test_a_score_is_replaced_and_one_that_is_there_is_left_as_it_is_written() -> None:
    joerg, wei = Student(login="joerg"), Student(id="104")
    found = _canvas(result(points=12, students=(joerg,)), result("wei", points=7, students=(wei,)))
    assert found.data.decode() == CANVAS.replace("11.00", "12")
    assert found.notes[0] == "2 scores in 'HTTP server (4711)': 0 new, 1 replaced, 1 unchanged"


@pytest.mark.parametrize("outcome", ["errored", "not_graded"])
def test_a_blank_is_never_written_over_a_score(outcome: ResultOutcome) -> None:
    found = _canvas(result(outcome=outcome, students=(Student(login="joerg"),)))
    assert found.data.decode() == CANVAS
    said = f"stays as it was: Müller, Jörg ({outcome.replace('_', ' ')})"
    assert any(said in note for note in found.notes)


@pytest.mark.parametrize(("login", "held"), [("eve", "EX"), ("wei2", "N/A")])
def test_an_excused_student_stays_excused(login: str, held: str) -> None:
    found = _canvas(result(students=(Student(login=login),)))
    assert found.data.decode() == CANVAS
    assert any(f"({held})" in note for note in found.notes)
    assert not found.is_whole


def test_who_handed_nothing_in_is_named() -> None:
    (note,) = (it for it in _canvas(result(students=(ADA,))).notes if "no result" in it)
    assert note.endswith("Müller, Jörg, =1+1, Li, Wei, Li, Wei, Student, Test")


def test_a_result_without_a_row_is_named_and_the_rest_is_written() -> None:
    stranger = result("grace", students=(Student(name="Grace \x1b[31mHopper"),))
    found = _canvas(stranger, result(students=(ADA,)))
    assert not found.is_whole
    assert found.data.decode() == CANVAS.replace('Lab 2",,,8.50', 'Lab 2",,16,8.50')
    (note,) = (it for it in found.notes if it.startswith("not in the file"))
    assert note.endswith("nobody there is that student: grace (Grace \\x1b[31mHopper)")


def test_a_score_out_of_something_else_is_refused_with_the_scale() -> None:
    sheet = canvas(CANVAS.encode(), "grades.csv", "Essay")
    with pytest.raises(
        UsageError, match=r"out of 10, and the score of ada out of 20: .*--scale 10"
    ):
        filled(sheet, [result(students=(ADA,))], POINTS)
    found = filled(sheet, [result(students=(ADA,))], counting_of("10", (), 2))
    assert found.data.decode() == CANVAS.replace("8.50", "8")


@pytest.mark.parametrize("column", ["HTTP server (4711)", "HTTP server", "4711"])
def test_an_assignment_is_chosen_by_its_title_or_its_number(column: str) -> None:
    assert canvas(CANVAS.encode(), "x", column).title == "HTTP server (4711)"


def test_of_several_assignments_one_is_to_be_chosen() -> None:
    with pytest.raises(UsageError, match=r"--column: HTTP server \(4711\); Essay \(12\)"):
        canvas(CANVAS.encode(), "x")
    with pytest.raises(UsageError, match="did you mean"):
        canvas(CANVAS.encode(), "x", "HTTP servr (4711)")
    alone = CANVAS.replace("Essay (12)", "Essay Final Score (12)")  # such a one is a total
    assert canvas(alone.encode(), "x").title == "HTTP server (4711)"


def test_two_assignments_of_one_title_are_told_apart_by_number() -> None:
    twins = CANVAS.replace("Essay (12)", "HTTP server (12)")
    with pytest.raises(UsageError, match="several columns 'HTTP server'"):
        canvas(twins.encode(), "x", HTTP)
    assert canvas(twins.encode(), "x", "12").column == 7


def test_what_is_read_only_is_no_assignment() -> None:
    locked = CANVAS.replace("20.00,10.00", "20.00,(read only)")
    assert canvas(locked.encode(), "x").title == "HTTP server (4711)"


def test_a_student_may_be_called_points_possible() -> None:
    named = CANVAS.replace('"=1+1",103', "Points Possible,103")
    rows = canvas(named.encode(), "x", HTTP).rows
    assert [row.whose.ids[0] for row in rows] == ["101", "102", "103", "104", "105", "106"]


def test_first_and_last_names_may_have_their_own_columns() -> None:
    text = (
        "LastName,FirstName,ID,Section,HTTP (1)\n"
        "    Points Possible,,,,20\n"
        "Lovelace,Ada,101,Lab 1,\n"
    )
    found = _canvas(result(students=(Student(name="Ada Lovelace"),)), text=text, column="")
    assert found.data.decode() == text.replace("Lab 1,", "Lab 1,16")


def _points(text: str) -> str:
    """As Canvas writes it where numbers have a decimal comma."""
    return "\r\n".join(
        ";".join(cell.text.replace(".", ",") for cell in record)
        for record in read_csv(text.encode(), "x").records
        if not any(";" in cell.text or '"' in cell.text for cell in record)
    )


def test_semicolons_and_a_decimal_comma() -> None:
    text = _points(CANVAS)
    found = filled(
        canvas(text.encode(), "x", HTTP), [result(students=(ADA,))], counting_of("20", (), 2)
    )
    assert found.data.decode() == text.replace(" Lab 2;;;", " Lab 2;;16;")
    half = filled(
        canvas(text.encode(), "x", HTTP), [result(points=17, most=40, students=(ADA,))],
        counting_of("20", (), 2),
    )  # fmt: skip
    assert half.data.decode() == text.replace(" Lab 2;;;", " Lab 2;;8,5;")


@pytest.mark.parametrize("end", ["\r\n", "\n", "\r"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
def test_line_ends_marks_and_encodings_survive(end: str, encoding: str) -> None:
    data = CANVAS.replace("\r\n", end).encode(encoding)
    sheet = canvas(data, "x", HTTP)
    assert sheet.rows[1].whose.name == "Müller, Jörg"
    found = filled(sheet, [result(students=(Student(name="Jörg Müller"),))], POINTS)
    assert found.data == data.replace(b"11.00", b"16")


@pytest.mark.parametrize(
    "text", ["", "a,b,c\n1,2,3\n", MOODLE, "Student,Name\nx,y\n", "ID,Student,Section,HTTP (1)\n"]
)
def test_what_is_no_gradebook_of_canvas_is_refused(text: str) -> None:
    with pytest.raises(UsageError, match="not a gradebook of Canvas"):
        canvas(text.encode(), "x")


def test_a_row_that_ends_too_early_is_refused() -> None:
    with pytest.raises(UsageError, match="line 4: the row ends before"):
        canvas(CANVAS.replace(',"Lab 1, and Lab 2",,,8.50,85.0,85.0,40.0', "").encode(), "x", HTTP)


def _moodle(text: str, *results: Result, column: str = "", scale: str = "20") -> Filled:
    sheet: Sheet = moodle(text.encode(), "worksheet.csv", column)
    return filled(sheet, results, counting_of(scale, (), 2))


def test_moodle_is_filled_by_participant() -> None:
    found = _moodle(MOODLE, result(students=(Student(id="31", name="Ada Lovelace"),)))
    assert found.data.decode() == MOODLE.replace("for grading,,20.00", "for grading,16,20.00")


def test_moodle_in_german_has_a_decimal_comma() -> None:
    ada = result(points=17, most=40, students=(Student(id="31"),))
    found = _moodle(MOODLE_DE, ada)
    assert found.data.decode() == MOODLE_DE.replace('abgegeben",,', 'abgegeben","8,5",', 1)


@pytest.mark.parametrize(
    ("grade", "maximum"),
    [
        ("Note", "Note maximale"), ("Calificación", "Calificación máxima"),
        ("Valutazione", "Valutazione massima"), ("Nota", "Nota máxima"),
        ("Cijfer", "Maximaal cijfer"), ("成绩", "最高成绩"),
        ("Hodnocení", "Nejvyšší možné hodnocení"), ("???", "!!!"),
    ],
)  # fmt: skip
def test_moodle_in_other_languages(grade: str, maximum: str) -> None:
    text = MOODLE.replace("Status,Grade,Maximum Grade", f"État,{grade},{maximum}")
    text = text.replace("Identifier,Full name", "Kennung,Jméno").replace("Participant ", "参加者")
    sheet = moodle(text.encode(), "x")
    assert (sheet.title, sheet.most) == (grade, 20)
    assert [row.whose.ids for row in sheet.rows] == [("31",), ("32",), ("33",)]
    assert (sheet.rows[1].whose.name, sheet.rows[1].whose.email) == ("Jörg Müller", "jm@uni.edu")


def test_moodle_without_names() -> None:
    text = (
        "Identifier,Status,Grade,Maximum Grade,Grade can be changed,Last modified (grade)\n"
        "Participant 31,Submitted,,20.00,Yes,-\nParticipant 32,Submitted,,20.00,Yes,-\n"
    )
    found = _moodle(text, result(students=(Student(id="32"),)))
    assert found.data.decode() == text.replace("32,Submitted,,", "32,Submitted,16,")


def test_an_uncertain_column_is_to_be_chosen() -> None:
    text = (
        "Kennung,Jméno,Rok,Semestr,Stav,Hodnocení,Maximum,Lze\n"
        "Účastník31,Ada,1,2,ok,,20,Ano\nÚčastník32,Eve,2,2,ok,,20,Ano\n"
    )
    with pytest.raises(UsageError, match="choose it with --column: Kennung; "):
        moodle(text.encode(), "x")
    ada = result(students=(Student(id="31"),))
    found = _moodle(text, ada, column="Hodnocení")
    assert found.data.decode() == text.replace("ok,,20", "ok,16,20", 1)
    with pytest.raises(UsageError, match="no columns 'Grade'"):
        moodle(text.encode(), "x", "Grade")


def test_a_scale_of_words_is_refused() -> None:
    text = MOODLE.replace("Maximum Grade", "Scale").replace("20.00", "Good")
    with pytest.raises(UsageError, match="graded with words"):
        moodle(text.encode(), "x")


def test_a_grade_above_the_maximum_is_refused_because_moodle_skips_it() -> None:
    with pytest.raises(UsageError, match="--scale 20"):
        _moodle(MOODLE, result(students=(Student(id="31"),)), scale="100")


@pytest.mark.parametrize("text", ["", CANVAS, "a,b,c,d,e\nx,1,2,3,4\n"])
def test_what_is_no_worksheet_of_moodle_is_refused(text: str) -> None:
    with pytest.raises(UsageError, match="not a grading worksheet of Moodle"):
        moodle(text.encode(), "x")


def test_a_student_cannot_take_the_row_of_another_by_a_name_or_an_address() -> None:
    """Both are theirs to choose on many platforms."""
    text = MOODLE.replace("Eve,eve@uni.edu", "Ada Lovelace,ada@uni.edu")
    eve = result("eve", points=20, students=(Student(name="Ada Lovelace", email="ada@uni.edu"),))
    assert _moodle(text, eve).data.decode() == text
    ada = result(students=(Student(id="31", name="Ada Lovelace"),))
    assert b"for grading,16,20.00" in _moodle(text, ada).data
