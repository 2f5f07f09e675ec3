"""`grade export`: what it packs, and what it refuses in a sentence, with nothing written."""

from __future__ import annotations

import json
import re
import shlex
import shutil
import stat
import subprocess
import zipfile
from typing import TYPE_CHECKING

import pytest

from grader.commands.entry import run
from grader.errors import UsageError
from grader.export import wheel as wheels
from grader.export.archive import zipped
from grader.export.recipe import TEMPLATES
from tests.architecture.checkout import ROOT

if TYPE_CHECKING:
    from pathlib import Path

BASH = shutil.which("bash") or "/bin/bash"
CHMOD = shutil.which("chmod") or "/bin/chmod"
KEY_VALUE = ROOT / "examples" / "courses" / "key-value"


def packed(place: Path, *options: str) -> zipfile.ZipFile:
    assert run(["export", "gradescope-autograder", "--out", str(place / "a.zip"), *options]) == 0
    return zipfile.ZipFile(place / "a.zip")


def words(archive: zipfile.ZipFile) -> list[str]:
    """What run_autograder starts."""
    return shlex.split(archive.read("run_autograder").decode().splitlines()[-1])


def test_the_zip_has_its_scripts_at_the_root_and_they_can_be_run(tmp_path: Path) -> None:
    archive = packed(tmp_path)
    modes = {one.filename: one.external_attr >> 16 for one in archive.infolist()}
    assert {name for name, mode in modes.items() if mode & stat.S_IXUSR} == {
        "setup.sh",
        "run_autograder",
    }
    assert all(stat.S_ISREG(mode) for mode in modes.values())
    assert [name for name in modes if re.fullmatch(r"stage_grader-[\d.]+-py3-none-any\.whl", name)]
    assert words(archive)[-4:] == ["540", "--", "--all", "--limit=memory=448"]
    assert b"GRADESCOPE_VISIBILITY=visible\n" in archive.read("run_autograder")


def test_the_options_say_what_is_graded_there(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    archive = packed(
        tmp_path, "--stage", "1,2", "--stage=echo", "--strict", "--seed", "5", "--hide=advice",
        "--limit", "memory=300", "--timeout-scale", "2", "--minutes=20", "--memory=1024",
        "--require-sandbox",
    )  # fmt: skip
    assert words(archive)[5:] == [
        "--seconds", "1140", "--", "--all", "--stage=1,2", "--stage=echo", "--hide=advice",
        "--limit=memory=300", "--seed=5", "--strict", "--require-sandbox", "--timeout-scale=2",
    ]  # fmt: skip
    said = capsys.readouterr().out
    assert "Autograder timeout  20 minutes" in said
    assert "1024 MB of memory" in said


def test_another_course_goes_along(tmp_path: Path) -> None:
    archive = packed(tmp_path, "--course", str(KEY_VALUE))
    assert "--course" in words(archive)
    names = set(archive.namelist())
    assert "course/stages.yaml" in names
    assert [name for name in names if name.startswith("course/reference/")]
    assert not [name for name in names if "__pycache__" in name or "/." in name]
    out = str(tmp_path / "image")
    assert run(["export", "dockerfile", "--out", out, "--course", str(KEY_VALUE)]) == 0
    text = (tmp_path / "image" / "Dockerfile").read_text()
    assert "COPY course /opt/course\nENV GRADE_COURSE=/opt/course\n" in text
    assert (tmp_path / "image" / "course" / "stages.yaml").is_file()


def test_the_command_of_the_image_is_json(tmp_path: Path) -> None:
    out = str(tmp_path / "image")
    assert run(["export", "dockerfile", "--out", out, "--up-to", "echo"]) == 0
    last = (tmp_path / "image" / "Dockerfile").read_text().splitlines()[-1]
    assert json.loads(last.removeprefix("CMD ")) == ["--all", "--up-to=echo", "/submission"]
    assert "@" not in re.sub(r"^#.*", "", last)


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--stage", "ecko"], "did you mean 'echo'?"),
        (["--stage", "1", "--up-to", "2"], "use either --stage or --up-to, not both"),
        (["--track", "htp"], "there is no track 'htp'"),
        (["--hide", "adwice"], "did you mean 'advice'?"),
        (["--limit", "memory"], "expected NAME=VALUE"),
        (["--limit", "memory=700"], "does not fit: of 768 MiB, the submission can have 448"),
        (["--memory", "100"], "Invalid value for '--memory'"),
        (["--minutes", "41"], "Invalid value for '--minutes'"),
        (["--visibility", "never"], "Invalid value for '--visibility'"),
        (["--course", "nowhere"], "nowhere"),
        (["--out", "/"], "--out needs the name of a file"),
        (["--out", "file/a.zip"], "nothing was written"),
        (["--out", "there.zip"], "nothing was written: there.zip already exists"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_written(
    options: list[str],
    said: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "file").write_text("")
    (tmp_path / "there.zip").write_text("mine")
    assert run(["export", "gradescope-autograder", "--out", "a.zip", *options]) == 2
    assert said in capsys.readouterr().err
    assert sorted(path.name for path in tmp_path.iterdir()) == ["file", "there.zip"]
    assert (tmp_path / "there.zip").read_text() == "mine"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["gradescope"], "'gradescope' is not one of"),
        (["dockerfile"], "Missing option '--out'"),
        (["dockerfile", "--out", "x", "--minutes", "5"], "--minutes only works with"),
        (
            ["dockerfile", "--out", "x", "--memory", "999", "--visibility", "hidden"],
            "--memory and --visibility only work with",
        ),
        (["dockerfile", "--out", "x", "--limit", "memory=x"], "must be a whole number"),
    ],
)
def test_a_wrong_command_line_is_code_2(
    words: list[str],
    said: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    assert run(["export", *words]) == 2
    assert said in capsys.readouterr().err
    assert not list(tmp_path.iterdir())


def test_a_directory_that_is_no_course_is_not_packed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "large").write_bytes(b"x" * 100)
    (tmp_path / ".git").mkdir()
    (tmp_path / "link").symlink_to("/etc/passwd")
    assert [*wheels.course_files(tmp_path)] == ["large"]
    monkeypatch.setattr(wheels, "MOST_BYTES", 99)
    with pytest.raises(UsageError, match="the directory of the course has more than"):
        wheels.course_files(tmp_path)


def test_an_archive_depends_on_its_content_alone() -> None:
    assert zipped({"a": b"x"}) == zipped({"a": b"x"})
    assert zipped({"a": b"x"}) != zipped({"a": b"x"}, executable=["a"])


# --- setup.sh: which Python -----------------------------------------------------------------------


def set_up(place: Path, offered: str) -> tuple[subprocess.CompletedProcess[str], list[str]]:
    """Run it where no Python is, and `apt-get` has only this one; it ends when it makes an
    environment. What `apt-get` was asked to install."""
    python = f'#!{BASH}\nset -- "$*"\n[ "${{1#*venv }}" = "$1" ] || exit 42\n'
    (place / "apt-get").write_text(
        f'#!{BASH}\necho "$*" >>{place}/asked\ncase "$*" in\n'
        f'*python3|update*) exit 0 ;;\n*" {offered} "*) ;;\n*) exit 100 ;;\nesac\n'
        f"printf '%s' {shlex.quote(python)} >{place}/{offered}\n{CHMOD} 755 {place}/{offered}\n"
    )
    (place / "apt-get").chmod(0o755)
    ran = subprocess.run(
        [BASH, TEMPLATES / "setup.sh"], env={"PATH": str(place)}, capture_output=True, text=True,
        check=False,
    )  # fmt: skip
    asked = (place / "asked").read_text().splitlines()
    return ran, [line.split()[-2] for line in asked if "-venv" in line]


@pytest.mark.parametrize(
    ("offered", "asked"),
    [
        ("python3.12", ["python3.13", "python3.12"]),  # Ubuntu 24.04
        ("python3.11", ["python3.13", "python3.12", "python3.11"]),  # Ubuntu 22.04
    ],
)
def test_setup_installs_the_newest_python_that_there_is(
    tmp_path: Path, offered: str, asked: list[str]
) -> None:
    ran, found = set_up(tmp_path, offered)
    assert (ran.returncode, found) == (42, asked)


def test_setup_says_when_there_is_none(tmp_path: Path) -> None:
    ran, _ = set_up(tmp_path, "python3.10")
    assert ran.returncode == 1
    assert ran.stderr == (
        "The grader needs Python 3.11 or newer, and this system has none: choose another base"
        " image.\n"
    )
