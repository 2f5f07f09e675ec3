"""Who is in a class: rosters of a teacher and of each platform, and what they make of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from grader.errors import UsageError
from grader.intake.gather import Intake
from grader.intake.given import Given, Student
from grader.intake.roster import joined, read_roster

if TYPE_CHECKING:
    from pathlib import Path

ADA = Student("1", "ada", "ada@x.org", "Ada Lovelace")
BOB = Student("2", "bob", "bob@x.org", "Bob Stone")


@pytest.mark.parametrize(
    ("text", "students"),
    [
        ("id,login,email,name\n1,ada,ada@x.org,Ada Lovelace\n", [ADA]),
        ("\ufeffName;E-Mail\r\nAda L;ada@x.org\r\n", [Student("", "", "ada@x.org", "Ada L")]),
        (  # Canvas
            "Student,ID,SIS User ID,SIS Login ID,Section,Task (7)\n    Points Possible,,,,,10\n"
            '"Lovelace, Ada",77,1,ada,A,\n',
            [Student("1", "ada", "", "Lovelace, Ada")],
        ),
        (  # Moodle's grades, and its sheet for grading
            "First name,Last name,ID number,Email address\nAda,Lovelace,1,ada@x.org\n",
            [Student("1", "", "ada@x.org", "Ada Lovelace")],
        ),
        ("Identifier,Full name\nParticipant 123,Ada\n", [Student("123", "", "", "Ada")]),
        ("First Name,Last Name,SID,Email\nAda,L,1,a@x\n", [Student("1", "", "a@x", "Ada L")]),
    ],
)  # fmt: skip
def test_what_platforms_export(tmp_path: Path, text: str, students: list[Student]) -> None:
    (tmp_path / "r.csv").write_text(text, encoding="utf-8", newline="")
    assert read_roster(str(tmp_path / "r.csv")) == students


@pytest.mark.parametrize(
    ("status", "late"),
    [
        ("Submitted for grading - 2 hours 5 mins late", True),
        ("Submitted for grading - Graded - 1 day late - Extension granted until: Monday", True),
        ("Submitted for grading - 3 secs late", True),
        ("Submitted for grading", False),
        ("Submitted for grading -  - ", False),
        ("No submission - Assignment is overdue by: 2 days", None),
        ("Draft (not submitted)", None),
        ("Zur Bewertung abgegeben - 2 Stunden später", None),
        ("", None),
    ],
)
def test_the_worksheet_of_moodle_says_who_is_late(
    tmp_path: Path, status: str, late: bool | None
) -> None:
    text = f"Identifier,Full name,Status\nParticipant 1,Ada Lovelace,{status}\n"
    (tmp_path / "r.csv").write_text(text, encoding="utf-8")
    student = Student("1", name="Ada Lovelace")
    handed = Given("a", name="Ada_1", students=(student,))
    found = joined(Intake((handed,)), read_roster(str(tmp_path / "r.csv")))
    assert [it.late for it in found.given] == [late]
    assert ("late, by the roster: Ada_1" in found.notes) is bool(late)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("a,b\n1,2\n", "has none of the columns id, login, email, name"),
        ("", "has none of the columns"),
        ("id\n", "has no student in it"),
        ("id\n\0\n", "r.csv"),
    ],
)
def test_what_is_no_roster(tmp_path: Path, text: str, said: str) -> None:
    (tmp_path / "r.csv").write_text(text)
    if text == "id\n\0\n":  # a name like any other
        assert len(read_roster(str(tmp_path / "r.csv"))) == 1
        return
    with pytest.raises(UsageError, match=said):
        read_roster(str(tmp_path / "r.csv"))
    with pytest.raises(UsageError, match="cannot read"):
        read_roster(str(tmp_path / "gone.csv"))


@pytest.mark.parametrize(
    "given",
    [
        Given("s/ada.py"), Given("s/1.zip"), Given("x", students=(Student(name="lovelaceada"),)),
        Given("x", students=(Student(name="ada lovelace"),)), Given("s/Ada Lovelace"),
        Given("x", students=(Student(email="ADA@x.org"),)),
        Given("x", students=(Student(id="999", name="Red-Ada Lovelace"),)),
    ],
)  # fmt: skip
def test_a_submission_finds_its_student(given: Given) -> None:
    found = joined(Intake((given,)), [ADA, BOB])
    assert found.given[0].students == (ADA,)
    assert found.notes == ("1 student of the roster handed in nothing",)


def test_who_has_handed_in_nothing_is_a_row() -> None:
    (missing,) = joined(Intake(()), [BOB]).given
    assert (missing.path, missing.name, missing.students) == ("", "Bob Stone", (BOB,))
    assert missing.refused == "no submission was handed in"


def test_who_is_not_in_the_roster_is_graded_and_named() -> None:
    found = joined(Intake((Given("s/eve.py"),)), [BOB])
    assert found.given[0] == Given("s/eve.py")
    assert found.notes[0] == "Not in the roster, and graded all the same: eve"


def test_nobody_is_guessed() -> None:
    twins = [Student("1", name="Ada"), Student("2", name="Ada")]
    found = joined(Intake((Given("ada.py"),)), twins)
    assert found.given[0].students == ()
    assert found.notes[0] == "Not joined, because it is not certain whose it is: ada"
    assert len(found.given) == 3


def test_a_group_shares_one_grading() -> None:
    ada, bob = (Student(it.id, it.login, it.email, it.name, "red") for it in (ADA, BOB))
    found = joined(Intake((Given("bob.py"), Given("ada.py"))), [ada, bob])
    assert [it.path for it in found.given] == ["bob.py"]
    assert found.given[0].students == (ada, bob)
    assert found.notes == ("Not graded, because the group has handed in another one: ada",)
