"""What a command line names, as submissions."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from grader.intake.gather import Intake, gathered
from tests.unit.intake.archived import archive

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

SERVER = "print('hello')\n"
Gather = "Callable[..., Intake]"


@pytest.fixture
def gather(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Intake]:
    """What these paths are, in a directory with these files."""
    (tmp_path / "here").mkdir()
    (tmp_path / "ours").mkdir()
    monkeypatch.chdir(tmp_path / "here")

    def found(*paths: str, files: tuple[str, ...] = ()) -> Intake:
        for name in files:
            (path := tmp_path / "here" / name).parent.mkdir(parents=True, exist_ok=True)
            path.write_text(SERVER)
        return gathered(paths, lambda: tmp_path / "ours")

    return found


def paths(found: Intake) -> list[str]:
    return [given.path for given in found.given]


def test_each_argument_is_a_submission(gather: Callable[..., Intake]) -> None:
    found = gather("s/ann.py", "s/bob", "s/x.zip", "gone", files=("s/ann.py", "s/bob/main.py"))
    assert paths(found) == ["s/ann.py", "s/bob", "s/x.zip", "gone"]
    assert (found.notes, found.is_class) == ((), False)


def test_files_that_are_no_programs_are_one_line(gather: Callable[..., Intake]) -> None:
    others = tuple(f"s/{name}" for name in ("a.docx", "b.JPG", "c.pdf", "d.txt", "e.csv", "f.yml"))
    found = gather("s/ann.py", *others, files=("s/ann.py", *others))
    assert paths(found) == ["s/ann.py"]
    assert found.notes == (
        "6 files are no programs, so not graded: a.docx, b.JPG, c.pdf, d.txt, e.csv and 1 more",
    )


def test_who_names_nothing_else_is_told(gather: Callable[..., Intake]) -> None:
    assert paths(gather("a.docx", "b.pdf", files=("a.docx", "b.pdf"))) == ["a.docx", "b.pdf"]


def test_a_folder_of_canvas(gather: Callable[..., Intake]) -> None:
    names = ("dl/ada_LATE_1_2_x.py", "dl/bob_3_4_x.py", "dl/bob_3_5_x-1.py", "dl/notes.txt")
    found = gather("dl", files=names)
    assert found.is_class
    assert found.notes == (
        "2 submissions from a Canvas download, 1 late",
        "Older attempts, not graded: bob_3_4_x.py",
        "1 file is no program, so not graded: notes.txt",
    )


def test_the_files_of_a_download_as_the_shell_lists_them(gather: Callable[..., Intake]) -> None:
    found = gather(
        "dl/ada_1_2_x.py", "dl/bob_3_4_x.py", files=("dl/ada_1_2_x.py", "dl/bob_3_4_x.py")
    )
    assert found.notes == ("2 submissions from a Canvas download",)
    assert [given.name for given in found.given] == ["ada_1", "bob_3"]


def test_the_files_of_a_download_among_others(gather: Callable[..., Intake]) -> None:
    download = ("dl/ada_1_2_x.py", "dl/ada_1_3_x-1.py", "dl/bob_3_4_x.py")
    found = gather("s/ann.py", *download, "s/x.pdf", files=("s/ann.py", *download, "s/x.pdf"))
    assert paths(found) == ["s/ann.py", "dl/ada_1_3_x-1.py", "dl/bob_3_4_x.py"]
    assert found.notes == (
        "2 submissions from a Canvas download",
        "Older attempts, not graded: ada_1_2_x.py",
        "1 file is no program, so not graded: x.pdf",
    )


def test_a_zip_of_a_download(gather: Callable[..., Intake], tmp_path: Path) -> None:
    """As the platform gives it; and it is called by the zip, not by where we put it."""
    folder = "Ada Lovelace_1_assignsubmission_file_"
    archive(
        tmp_path / "here" / "all.zip",
        {f"{folder}/s.py": SERVER, "Bob_2_assignsubmission_file_/x.py": ""},
    )
    found = gather("all.zip")
    assert found.notes == ("2 submissions from a Moodle download",)
    assert paths(found)[0] == f"all.zip/{folder}"
    assert found.given[0].parts[0].path == str(tmp_path / "ours" / "class" / folder)


def test_an_export_of_gradescope_has_a_folder_around_it(
    gather: Callable[..., Intake], tmp_path: Path
) -> None:
    text = "submission_1: {':submitters': [{':name': Ada}]}\n"
    files = {"assignment_7_export/submission_metadata.yml": text,
             "assignment_7_export/submission_1/server.py": SERVER}  # fmt: skip
    archive(tmp_path / "here" / "export.zip", files)
    found = gather("export.zip")
    assert found.notes == ("1 submission from a Gradescope download",)
    assert found.given[0].name == "Ada"


def test_a_folder_of_submissions(gather: Callable[..., Intake], tmp_path: Path) -> None:
    files = ("s/ann/main.py", "s/carl.py.txt", "s/dora.docx")
    (tmp_path / "here" / "s").mkdir()
    archive(tmp_path / "here" / "s" / "bob.zip", {"server.py": SERVER})
    found = gather("s", files=files)
    assert paths(found) == ["s/ann", "s/bob.zip"]
    assert found.notes == ("2 files are no programs, so not graded: carl.py.txt, dora.docx",)


@pytest.mark.parametrize(
    "files",
    [
        ("p/server.py", "p/a/main.py", "p/b/main.py"),  # it starts itself
        ("p/src/main.py", "p/lib/main.py", "p/app/main.py"),
        ("p/grade.yaml", "p/a/main.py", "p/b/main.py"),
        ("p/one/main.py", "p/data/x.txt"),
        ("p/a.py", "p/b.py"),  # two programs, of one student
    ],
)
def test_a_folder_that_is_one_submission(
    gather: Callable[..., Intake], files: tuple[str, ...]
) -> None:
    found = gather("p", files=files)
    assert (paths(found), found.is_class) == (["p"], False)


def test_folders_among_several_are_not_looked_into(gather: Callable[..., Intake]) -> None:
    files = ("s/ann/a/main.py", "s/ann/b/main.py", "s/bob/main.py")
    assert paths(gather("s/ann", "s/bob", files=files)) == ["s/ann", "s/bob"]


def test_an_archive_that_is_one_submission(gather: Callable[..., Intake], tmp_path: Path) -> None:
    archive(tmp_path / "here" / "ann.zip", {"ann/server.py": SERVER})
    assert paths(gather("ann.zip")) == ["ann.zip"]


def test_hostile_names_are_said_without_controls(gather: Callable[..., Intake]) -> None:
    names = ("dl/ada_1_2_x.py", "dl/bob_1_2_x.py", "dl/\x1b[31m::error.docx")
    (*_, note) = gather("dl", files=names).notes
    assert note.isprintable()
