"""Options from a file in this directory: which ones, how they are read, and when they are not."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click
import pytest

from grader.commands import options_file, table
from grader.commands.entry import run
from grader.commands.options_file import defaults_from_file, is_of_a_teacher

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("CI", raising=False)
    return tmp_path


def _read(name: str = "grade") -> tuple[str, dict[str, Any]]:
    command = table.load(name)
    return defaults_from_file(command, click.Context(command))


def test_each_option_reaches_the_parameter_of_its_name(here: Path) -> None:
    (here / "grade.toml").write_text(
        'all = true\ntrack = "hardening"\nport = 8080\ntimeout-scale = 2\nno-color = true\n'
    )
    said, found = _read()
    assert said == "grade.toml sets all, no-color, port, timeout-scale, track"
    assert found == {
        "keep_going": True,
        "tracks": ("hardening",),
        "port": 8080,
        "timeout_scale": 2.0,
        "no_color": True,
    }
    assert set(_read("stages")[1]) == {"no_color"} & {it.name for it in table.load("stages").params}


def test_every_allowed_option_is_one_of_the_command_that_grades() -> None:
    known = {word.lstrip("-") for it in table.load("grade").params for word in it.opts}
    assert set(options_file.ALLOWED) <= known


def test_pyproject_has_a_table_for_it(here: Path) -> None:
    (here / "pyproject.toml").write_text('[project]\nname = "x"\n')
    assert _read() == ("", {})
    (here / "pyproject.toml").write_text("[tool\n")  # nothing of it is for us
    assert _read() == ("", {})
    (here / "pyproject.toml").write_text("#" * (1 << 17))
    assert _read() == ("", {})
    (here / "pyproject.toml").write_text("[tool.grade]\nstrict = true\n")
    assert _read() == ("pyproject.toml sets strict", {"strict": True})
    (here / "grade.toml").write_text("fresh = true\n")
    assert _read() == ("grade.toml sets fresh", {"fresh": True})


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("# x\nstrct = true", "grade.toml:2: there is no option 'strct'; did you mean 'strict'?"),
        ("zzz = 1", "grade.toml:1: there is no option 'zzz'; there are all, fresh"),
        ("strict = 5", "grade.toml:1: strict is true or false"),
        ("port = true", "grade.toml:1: port takes one value"),
        ("port = 99999999", "grade.toml:1: port: "),
        ('\n\ntimeout-scale = "x"', "grade.toml:3: timeout-scale: "),
        ("strict =", "grade.toml:1: not valid TOML: "),
        ('sandbox = "off"', "grade.toml:1: sandbox is not taken from a file: write --sandbox"),
        ('course = "."', "grade.toml:1: course is not taken from a file"),
    ],
)
def test_what_is_wrong_has_its_line(
    here: Path, text: str, says: str, capsys: pytest.CaptureFixture[str]
) -> None:
    (here / "grade.toml").write_text(text)
    assert run(["server.py"]) == 2
    assert says in capsys.readouterr().err


def test_nothing_that_a_hostile_program_would_choose_is_taken_from_a_file() -> None:
    dangerous = {"course", "sandbox", "require-sandbox", "limit", "python", "report", "summary"}
    assert not dangerous & {*options_file.ALLOWED}


def test_a_class_and_ci_read_no_file(
    here: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (here / "grade.toml").write_text("nonsense = 1\n")
    run(["gone.py", "other.py"])
    assert "grade.toml" not in capsys.readouterr().err
    assert is_of_a_teacher({"submissions": ("a",), "summaries": ("x.csv",)})
    assert is_of_a_teacher({"submissions": ("a",), "require_sandbox": True})
    run(["--require-sandbox", "gone.py"])
    assert "grade.toml" not in capsys.readouterr().err
    assert not is_of_a_teacher({"submissions": ("a",), "summaries": ()})
    monkeypatch.setenv("CI", "true")
    assert _read() == ("", {})
    (here / "grade.toml").write_text("not TOML")
    assert _read() == ("", {})


def test_the_command_line_comes_first(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (here / "grade.toml").write_text('track = "nonsense"\n')
    assert run(["--track", "absurd", "server.py"]) == 2
    assert "there is no track 'absurd'" in capsys.readouterr().err
    assert run(["server.py"]) == 2
    assert "there is no track 'nonsense'" in capsys.readouterr().err
