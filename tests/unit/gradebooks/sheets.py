"""Gradebooks as the platforms write them, and results to fill them with."""

from __future__ import annotations

from grader.gradebooks.result import Result, ResultOutcome, StageScore
from grader.intake.given import Student
from grader.report.model import Verdict

CANVAS = (
    "Student,ID,SIS User ID,SIS Login ID,Section,Notes,HTTP server (4711),Essay (12),"
    "Assignments Current Score,Current Score,Final Score\r\n"
    ",,,,,,Manual Posting,,,,\r\n"
    "    Points Possible,,,,,,20.00,10.00,(read only),(read only),(read only)\r\n"
    '"Lovelace, Ada",101,s-1,ada@uni.edu,"Lab 1, and Lab 2",,,8.50,85.0,85.0,40.0\r\n'
    '"Müller, Jörg",102,s-2,joerg,Lab 1,"says ""hi""",11.00,,,,\r\n'
    '"=1+1",103,s-3,eve,Lab 1,,EX,,,,\r\n'
    '"Li, Wei",104,s-4,wei1,Lab 1,,"7.00",,,,\r\n'
    '"Li, Wei",105,s-5,wei2,Lab 1,,N/A,,,,\r\n'
    '"Student, Test",106,,abcdef0123,Lab 1,,,,,,\r\n'
)
MOODLE = (
    "Identifier,Full name,Email address,Status,Grade,Maximum Grade,Grade can be changed,"
    "Last modified (submission),Online text,Last modified (grade),Feedback comments\n"
    "Participant 31,Ada Lovelace,ada@uni.edu,Submitted for grading,,20.00,Yes,"
    '"Monday, 23 November 2026, 10:00 AM","<p>I said ""=1"",\n and more</p>",-,\n'
    "Participant 32,Jörg Müller,jm@uni.edu,Submitted for grading,11.00,20.00,Yes,-,,-,Good\n"
    "Participant 33,Eve,eve@uni.edu,No submission,,20.00,No,-,,-,\n"
)
MOODLE_DE = (
    'ID,"Vollständiger Name",ID-Nummer,E-Mail-Adresse,Status,Bewertung,Bestwertung,'
    '"Bewertung kann geändert werden","Zuletzt geändert (Abgabe)",'
    '"Zuletzt geändert (Bewertung)","Feedback als Kommentar"\n'
    'Teilnehmer/in31,"Ada Lovelace",1234,ada@uni.edu,"Zur Bewertung abgegeben",,'
    '"20,00",Ja,"Montag, 23. November 2026, 10:00",-,\n'
    'Teilnehmer/in32,"Jörg Müller",1235,jm@uni.edu,"Zur Bewertung abgegeben","11,00",'
    '"20,00",Ja,-,-,\n'
)
ADA = Student("101", "ada@uni.edu", "ada@uni.edu", "Lovelace, Ada")


def result(
    name: str = "ada", points: int = 16, *, most: int = 20, outcome: ResultOutcome = "failed",
    students: tuple[Student, ...] = (), late: bool | None = None,
) -> Result:  # fmt: skip
    """A submission with two stages, the first one worth 5 points."""
    first = min(points, 5)
    stages = (
        StageScore("ok", "http", Verdict.PASSED, first, 5),
        StageScore("files", "http", Verdict.FAILED, points - first, most - 5),
    )
    judged = outcome in ("passed", "failed")
    return Result(
        name, outcome, students, stages if judged else (),
        reason="" if judged else "no program is found",
        check="files/all_bytes" if outcome == "failed" else "", late=late,
    )  # fmt: skip
