"""A command after --, and the interpreter behind a Python command."""

from __future__ import annotations

import os
import shlex
import sys
from typing import TYPE_CHECKING

import pytest

from grader.errors import UsageError
from grader.program.find import find
from grader.program.interpreter import ask_ahead, interpreter

if TYPE_CHECKING:
    from pathlib import Path


def shim(place: Path, name: str, line: str) -> Path:
    """A shell script on PATH, as version managers put there."""
    place.mkdir(exist_ok=True)
    file = place / name
    file.write_text(f"#!/bin/sh\n{line}\n")
    file.chmod(0o755)
    return file


def test_a_command_runs_where_we_are(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    found = find(None, ["sh", "-c", "exec ./server"])
    assert (found.path, found.directory, found.build) == ("sh -c exec ./server", tmp_path, None)
    assert os.access(found.command[0], os.X_OK)
    assert found.command[1:] == ("-c", "exec ./server")


def test_a_program_of_this_directory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    server = shim(tmp_path, "server", "exit")
    assert find(None, ["./server", "x"]).command == (str(server), "x")


@pytest.mark.parametrize("name", ["no-such-program-at-all", "./server", "", "/"])
def test_a_command_that_is_not_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(UsageError, match="there is no program"):
        find(None, [name])


@pytest.mark.parametrize("name", ["python", "python3"])
def test_a_python_command_is_resolved(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    shim(tmp_path / "shims", name, f'exec {shlex.quote(sys.executable)} "$@"')
    monkeypatch.setenv("PATH", f"{tmp_path / 'shims'}:{os.environ['PATH']}")
    assert find(None, [name, "-m", "server"]).command == (sys.executable, "-m", "server")


def test_a_shim_is_resolved_to_the_real_binary(tmp_path: Path) -> None:
    assert (
        interpreter(str(shim(tmp_path, "python3", f'exec {shlex.quote(sys.executable)} "$@"')))
        == sys.executable
    )


def test_a_shim_is_started_once(tmp_path: Path) -> None:
    starts = tmp_path / "starts"
    line = f'echo x >> {starts}; exec {shlex.quote(sys.executable)} "$@"'
    name = str(shim(tmp_path, "python3", line))
    assert (interpreter(name), interpreter(name)) == (sys.executable, sys.executable)
    assert starts.read_text() == "x\n"
    assert interpreter(str(shim(tmp_path / "other", "python3", line))) == sys.executable
    assert starts.read_text() == "x\nx\n"


def test_a_shim_of_a_shim_is_resolved(tmp_path: Path) -> None:
    inner = shim(tmp_path, "python3.9", f'exec {shlex.quote(sys.executable)} "$@"')
    assert interpreter(str(shim(tmp_path, "python3", f'exec {inner} "$@"'))) == sys.executable


def test_a_binary_is_taken_as_it_is() -> None:
    """Not resolved: a virtual environment's python is a symlink that knows its packages."""
    assert interpreter(sys.executable) == sys.executable


def test_a_script_that_was_asked_ahead_is_not_asked_again(tmp_path: Path) -> None:
    log = tmp_path / "log"
    line = f'echo asked >>{log}; exec {shlex.quote(sys.executable)} "$@"'
    name = str(shim(tmp_path, "python3", line))
    ask_ahead(name)
    assert interpreter(name) == sys.executable
    assert log.read_text() == "asked\n"


def test_what_is_wrong_is_said_by_who_asks_in_earnest(tmp_path: Path) -> None:
    ask_ahead("python9")
    ask_ahead(sys.executable)
    name = str(shim(tmp_path, "python3", "echo nothing works >&2; exit 3"))
    ask_ahead(name)
    with pytest.raises(UsageError, match=r"interpreter: nothing works$"):
        interpreter(name)


def test_an_interpreter_that_is_not_there() -> None:
    with pytest.raises(UsageError, match="there is no Python interpreter 'python9'"):
        interpreter("python9")


@pytest.mark.parametrize("line", ["echo nothing works >&2; exit 3", "exit 0"])
def test_a_shim_that_does_not_start(tmp_path: Path, line: str) -> None:
    with pytest.raises(UsageError, match="is not a working Python interpreter"):
        interpreter(str(shim(tmp_path, "python3", line)))


def test_a_shim_that_says_why_it_does_not_start(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"interpreter: nothing works$"):
        interpreter(str(shim(tmp_path, "python3", "echo nothing works >&2; exit 3")))


def test_a_shim_for_a_system_that_is_not_this_one(tmp_path: Path) -> None:
    file = shim(tmp_path, "python3", "")
    file.write_text("#!/no/such/shell\n")
    with pytest.raises(UsageError):
        interpreter(str(file))


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_directory_that_may_not_be_read(tmp_path: Path) -> None:
    (tmp_path / "locked").mkdir(mode=0)
    with pytest.raises(UsageError, match="no permission to read"):
        find(str(tmp_path / "locked" / "server.py"), [])
