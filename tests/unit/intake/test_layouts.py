"""The downloads of Canvas, Moodle and Gradescope, good and odd, by their names alone."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from grader.intake.given import Given, Part, Student
from grader.intake.layouts import Download, recognised

METADATA = """\
submission_1:
  :submitters:
  - :name: Ada Lovelace
    :sid: "12"
    :email: ada@x.org
  - :name: Alan Turing
    :sid: 13
    :email: alan@x.org
  :created_at: 2026-01-02 03:04:05.678 Z
  :score: 0.0
  :lateness: "00:12:00"
submission_2: {":submitters": [{":name": Bob}], ":lateness": "00:00:00"}
submission_3: {":submitters": [{":name": Gone}]}
"""


def canvas(*names: str) -> tuple[Given, ...]:
    found = recognised("dl", list(names))
    assert found is not None
    assert found.platform == "Canvas"
    return found.given


def files(given: Given) -> dict[str, str]:
    return {part.name: part.path for part in given.parts}


def test_canvas() -> None:
    ada, alan = canvas("lovelaceada_LATE_12_34_server.py", "turingalan_13_35_my_server_1_2_x.py")
    assert ada == Given(
        "dl/lovelaceada_LATE_12_34_server.py",
        (Part("server.py", "dl/lovelaceada_LATE_12_34_server.py"),),
        "lovelaceada_12",
        (Student(id="12", name="lovelaceada"),),
        late=True,
    )
    assert (alan.late, files(alan)) == (
        False, {"my_server_1_2_x.py": "dl/turingalan_13_35_my_server_1_2_x.py"}
    )  # fmt: skip


def test_files_of_one_student_are_one_submission() -> None:
    (ada,) = canvas("lovelaceada_12_34_server.py", "lovelaceada_12_35_parts.py")
    assert [*files(ada)] == ["parts.py", "server.py"]


def test_the_newest_attempt_counts() -> None:
    (ada,) = canvas(
        "ada_12_34_server.py", "ada_12_36_server-1.py", "ada_12_41_server-10.py",
        "ada_12_40_server-2.py", "ada_12_50_x.tar-1.gz",
    )  # fmt: skip
    assert files(ada) == {
        "server.py": "dl/ada_12_41_server-10.py", "x.tar.gz": "dl/ada_12_50_x.tar-1.gz"
    }  # fmt: skip
    assert ada.older == (
        "ada_12_34_server.py", "ada_12_36_server-1.py", "ada_12_40_server-2.py",
    )  # fmt: skip


def test_anonymous_students_of_canvas() -> None:
    late, other = canvas("LATE_anon_Ab12_7_server.py", "anon_xY_3_8_server.py")
    assert (late.name, late.late, late.students) == ("anon_Ab12", True, (Student(id="Ab12"),))
    assert (other.name, other.late) == ("anon_xY", False)


def test_what_is_typed_into_a_form_is_a_row() -> None:
    (ada,) = canvas("ada_12_text.html")
    assert (ada.parts, ada.refused) == ((), "a text or a link was handed in, and no file")


def test_moodle_with_folders_and_without() -> None:
    found = recognised("dl", [
        "Ada Lovelace_123_assignsubmission_file_", "Red-Alan Turing_124_assignsubmission_file_x.py",
        "Red-Alan Turing_124_assignsubmission_file_y.py", "Bob_125_assignsubmission_onlinetext_",
        "Participant_126_assignsubmission_file_",
    ])  # fmt: skip
    assert found is not None
    assert found.platform == "Moodle"
    ada, bob, nameless, alan = found.given
    assert ada == Given(
        "dl/Ada Lovelace_123_assignsubmission_file_",
        (Part("", "dl/Ada Lovelace_123_assignsubmission_file_"),),
        "Ada Lovelace_123",
        (Student(id="123", name="Ada Lovelace"),),
    )
    assert bob.refused == "a text was handed in, and no file"
    assert nameless.students == (Student(id="126"),)
    assert [*files(alan)] == ["x.py", "y.py"]


def test_gradescope() -> None:
    names = ["submission_1", "submission_2", "submission_metadata.yml", "notes.txt"]
    found = recognised("dl", names, METADATA)
    assert found is not None
    assert (found.platform, found.others) == ("Gradescope", ("notes.txt",))
    ada, bob, gone = found.given
    assert ada.students == (
        Student(id="12", email="ada@x.org", name="Ada Lovelace"),
        Student(id="13", email="alan@x.org", name="Alan Turing"),
    )
    assert (ada.name, ada.late, bob.late) == ("Ada Lovelace-Alan Turing", True, False)
    assert gone.refused == "its folder submission_3 is not in the export"


def test_metadata_of_anybody() -> None:
    names = ["submission_1", "submission_metadata.yml"]
    for text in (
        "", "x", "\0", "{" * 5000, "[]", "submission_1: 1", "a: &a [*a]", "!!python/object:x {}",
        "submission_1: {':submitters': [1, {':sid': [1]}]}",
    ):  # fmt: skip
        found = recognised("dl", names, text)
        assert found is None or found.given[0].path == "dl/submission_1"


def test_names_that_are_no_download() -> None:
    for names in (
        [], ["ann.py", "bob.py"], ["server.py", "client.py", "ada_12_34_server.py"],
        ["a_b_c_d.py"], ["12_34.py"],
    ):  # fmt: skip
        assert recognised("dl", names) is None


def test_what_else_lies_in_a_download_is_named() -> None:
    found = recognised("dl", ["ada_12_34_a.py", "bob_13_35_a.py", "grades.csv"])
    assert found is not None
    assert found.others == ("grades.csv",)


@given(st.lists(st.text(max_size=40), max_size=8), st.text(max_size=80))
def test_any_names(names: list[str], metadata: str) -> None:
    """Nothing is lost: each name is a file, an older one, a text, or is named."""
    unique = sorted(set(names))
    found = recognised("dl", unique, metadata)
    assert found is None or isinstance(found, Download)
