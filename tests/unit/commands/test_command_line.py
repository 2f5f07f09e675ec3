"""The group of commands: what is loaded for which command line, and where an option can stand."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import click
import pytest

from grader.commands import table
from grader.commands.entry import run
from grader.commands.group import command_line

if TYPE_CHECKING:
    from collections.abc import Sequence

COURSE_OF_OTHERS = "there is no course in"


def test_every_command_of_the_table_is_there_with_the_options_that_all_have() -> None:
    for name in (*table.COMMANDS, table.DEFAULT):
        command = table.load(name)
        assert command.name == name
        if name != "doctor":
            assert command.help
        assert "course" in {option.name for option in command.params}, name


def _loaded(*arguments: str) -> set[str]:
    """The modules of the grader that a command line loads before it ends."""
    asked = (
        "import sys; from grader.commands.entry import run; run(sys.argv[1:]);"
        " print(*[name for name in sys.modules if name.startswith('grader.')], file=sys.stderr)"
    )
    ran = subprocess.run(
        [sys.executable, "-c", asked, *arguments], capture_output=True, text=True, check=True
    )
    return set(ran.stderr.split())


@pytest.mark.parametrize(
    ("arguments", "unneeded"),
    [
        (["--version"], ["grader.commands.grade", "grader.course", "grader.isolation"]),
        (["--help"], ["grader.commands.grading", "grader.course", "grader.reporters"]),
        (["show", "echo"], ["grader.commands.grade", "grader.isolation", "grader.reporters"]),
        (["stages"], ["grader.commands.grade", "grader.commands.sandbox", "grader.reporters"]),
    ],
)
def test_a_command_loads_only_what_it_uses(
    arguments: Sequence[str], unneeded: Sequence[str]
) -> None:
    loaded = _loaded(*arguments)
    assert loaded
    assert loaded & {*unneeded} == set()
    others = {f"grader.commands.{name}" for name in table.COMMANDS} - {
        f"grader.commands.{arguments[0]}"
    }
    assert loaded & others == set()


@pytest.mark.parametrize(
    "arguments",
    [
        ["stages", "--course", "gone"],
        ["--course", "gone", "stages"],
        ["--course=gone", "-v", "--no-color", "show", "echo"],
        ["--no-color", "show", "--course", "gone", "echo"],
        ["--course", "gone", "--stage", "echo", "x.py"],
        ["--stage", "echo", "--course", "gone", "x.py"],
        ["x.py", "--course", "gone"],
        ["-vq", "--course", "gone", "--", "python3", "x.py"],
        ["--course", "gone", "--check-course"],
    ],
)
def test_what_every_command_has_stands_before_it_or_behind_it(
    arguments: Sequence[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(arguments) == 2
    out, err = capsys.readouterr()
    assert (out, COURSE_OF_OTHERS in err, "/gone" in err) == ("", True, True)


def test_what_stands_behind_the_command_wins(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["--course", "first", "stages", "--course", "second"]) == 2
    assert "/second" in capsys.readouterr().err


def _read(*arguments: str) -> tuple[str | None, Sequence[str], Sequence[str]]:
    """Which command is meant, its words, and those of the program behind `--`."""
    with command_line.make_context("grade", list(arguments)) as context:
        name, _, words = command_line.resolve_command(context, context.args)
        return name, words, context.obj


def test_which_command_is_meant() -> None:
    assert _read() == (None, [], ())
    assert _read("x.py", "--stage", "5") == (None, ["x.py", "--stage", "5"], ())
    assert _read("--stage", "5", "stages") == (None, ["--stage", "5", "stages"], ())
    assert _read("--seed", "-1", "x.py") == (None, ["--seed", "-1", "x.py"], ())
    assert _read("stages") == ("stages", [], ())
    assert _read("watch", "--", "ruby", "x.rb") == ("watch", [], ("ruby", "x.rb"))
    assert _read("--no-color", "--", "ruby", "--stage") == (None, [], ("ruby", "--stage"))
    assert _read("stages", "--", "ruby") == (None, ["stages"], ("ruby",))


def test_a_command_that_is_called_wrongly_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    for arguments, path in (
        (["--no-color", "launch"], "grade launch"),
        (["--stgae"], "grade"),
    ):
        assert run(arguments) == 2
        assert f"Usage: {path} [OPTIONS]" in capsys.readouterr().err


def test_the_default_of_an_option_is_not_what_stood_before() -> None:
    """What was not given before the command does not hide the command's own default."""
    with command_line.make_context("grade", ["-v"]) as context:
        assert context.get_parameter_source("course") is click.core.ParameterSource.DEFAULT
