"""From what was handed in to what is packed; and the walls hold for archives and downloads, too."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from grader.errors import NotGraded
from grader.intake.contents import handed_in
from grader.intake.given import Given, Part
from grader.intake.pack import pack, unpack
from grader.program.find import find
from grader.program.submission import Contents, Submission
from tests.unit.intake.archived import LINK, archive

if TYPE_CHECKING:
    from pathlib import Path

SERVER = "print('hello')\n"


def found(given: Given, tmp_path: Path) -> Submission:
    """What is graded of it."""
    for name in ("work", "out"):
        (tmp_path / name).mkdir()
    handed = handed_in(given, tmp_path / "work")
    pack(handed.source, tmp_path / "pack")
    start = unpack(tmp_path / "pack", tmp_path / "out")
    return find(given.path, [], None, Contents(tmp_path / "out", start, handed.known_as))


def put(place: Path, **files: str) -> Path:
    place.mkdir(parents=True, exist_ok=True)
    for name, content in files.items():
        (place / name.replace("__", ".")).write_text(content)
    return place


def test_an_archive(tmp_path: Path) -> None:
    """Its one folder is entered; the program sees it where it would lie."""
    files = {"ann-main/web.py": SERVER, "__MACOSX/x.py": ""}
    ann = archive(tmp_path / "ann.tar.gz", files)
    submission = found(Given(str(ann)), tmp_path)
    assert submission.known_as == tmp_path / "ann"
    assert (submission.program, submission.starts) == ("web.py", "web.py, its only program")
    assert submission.shown(submission.command[1]) == str(tmp_path / "ann" / "web.py")


def test_a_folder_with_one_archive(tmp_path: Path) -> None:
    archive(put(tmp_path / "ann", report__docx="") / "x.zip", {"server.py": SERVER})
    assert found(Given(str(tmp_path / "ann")), tmp_path).program == "server.py"


def test_files_of_a_download(tmp_path: Path) -> None:
    put(tmp_path / "dl", ada_1_2_main__py=SERVER, ada_1_3_help__py="")
    parts = tuple(
        Part(name, str(tmp_path / "dl" / f"ada_1_{number}_{name}"))
        for number, name in ((2, "main.py"), (3, "help.py"))
    )
    submission = found(Given(parts[0].path, parts, "ada_1"), tmp_path)
    assert submission.program == "main.py"
    assert sorted(os.listdir(submission.directory)) == ["help.py", "main.py"]
    assert submission.known_as == tmp_path / "dl" / "ada_1"


def test_an_archive_in_a_download(tmp_path: Path) -> None:
    dl = put(tmp_path / "dl")
    zipped = archive(dl / "ada_1_2_x.zip", {"x/server.py": SERVER})
    given = Given(str(zipped), (Part("x.zip", str(zipped)),), "ada_1")
    assert found(given, tmp_path).program == "server.py"


def test_what_holds_no_program_is_a_sentence(tmp_path: Path) -> None:
    ann = archive(tmp_path / "ann.zip", {"a.py": "", "b.py": ""})
    with pytest.raises(
        NotGraded, match=r"ann.zip has several programs: a.py, b.py; hand in one, or"
    ):
        found(Given(str(ann)), tmp_path)


# --- the walls ------------------------------------------------------------------------------------


def refused(given: Given, tmp_path: Path) -> str:
    with pytest.raises(NotGraded) as caught:
        found(given, tmp_path)
    said = str(caught.value)
    assert str(tmp_path / "out") not in said
    return said


@pytest.fixture
def bob(tmp_path: Path) -> Path:
    """A neighbour."""
    return put(tmp_path / "class" / "bob", server__py=SERVER)


def test_a_link_to_a_neighbour(bob: Path, tmp_path: Path) -> None:
    ann = put(bob.parent / "ann")
    (ann / "server.py").symlink_to("../bob/server.py")
    said = refused(Given(str(ann)), tmp_path)
    assert said == f"{ann}/server.py leads to {bob}/server.py, outside the submission"


@pytest.mark.parametrize("target", ["../bob/server.py", "/etc/passwd", "d/../../bob/server.py"])
@pytest.mark.parametrize("suffix", [".zip", ".tar"])
def test_a_link_in_an_archive(bob: Path, tmp_path: Path, suffix: str, target: str) -> None:
    files = {"server.py": LINK + target, "d/x": ""}
    ann = archive(bob.parent / f"ann{suffix}", files)
    assert f"holds a link server.py to {target}" in refused(Given(str(ann)), tmp_path)


def test_an_archive_that_is_a_link_out(bob: Path, tmp_path: Path) -> None:
    archive(tmp_path / "other.zip", {"server.py": SERVER})
    (bob.parent / "ann.zip").symlink_to("../other.zip")
    assert "leads to" in refused(Given(str(bob.parent / "ann.zip")), tmp_path)


@pytest.mark.parametrize("kind", ["link", "pipe", "folder"])
def test_a_file_of_a_download_that_is_none(bob: Path, tmp_path: Path, kind: str) -> None:
    path = bob.parent / "ada_1_2_server.py"
    if kind == "link":
        path.symlink_to("bob/server.py")
    elif kind == "pipe":
        os.mkfifo(path)
    else:
        put(path, server__py=SERVER)
    parts = (Part("server.py", str(path)), Part("x.py", str(bob / "server.py")))
    said = refused(Given(str(path), parts, "ada_1"), tmp_path)
    assert "is a link, a folder or a pipe, and no file of a submission" in said


def test_a_folder_of_a_download_that_is_a_link(bob: Path, tmp_path: Path) -> None:
    (bob.parent / "submission_1").symlink_to("bob")
    path = str(bob.parent / "submission_1")
    assert "is a link" in refused(Given(path, (Part("", path),), "Ada"), tmp_path)


@pytest.mark.parametrize("words", ["python3 ../bob/server.py", "[python3, ../bob/server.py]"])
@pytest.mark.parametrize("form", ["folder", "archive", "download"])
def test_words_that_lead_outside(bob: Path, tmp_path: Path, form: str, words: str) -> None:
    text = f"entry: {words}\n"
    if form == "archive":
        given = Given(str(archive(bob.parent / "ann.zip", {"grade.yaml": text})))
    else:
        ann = put(bob.parent / "ann", grade__yaml=text)
        part = (Part("", str(ann)),) if form == "download" else ()
        given = Given(str(ann), part, "ann" if part else "")
    said = refused(given, tmp_path)
    assert f"names ../bob/server.py, which is {bob}/server.py and is outside the submission" in said


def test_an_absolute_word_may_name_its_own(bob: Path, tmp_path: Path) -> None:
    put(bob, grade__yaml=f"entry: [python3, {bob}/server.py]\n")
    assert found(Given(str(bob)), tmp_path).command[1] == f"{bob}/server.py"
