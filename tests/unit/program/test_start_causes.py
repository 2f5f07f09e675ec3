"""Why a program ended before it listened, by what was handed in."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from grader.check.failure import Failure, Kind
from grader.diagnosis import Raised
from grader.errors import MachineError
from grader.program.start_causes import (
    in_the_background,
    require_tools,
    why_not_found,
    with_cause,
)
from grader.program.submission import Submission

if TYPE_CHECKING:
    from pathlib import Path

NO_APP = "ModuleNotFoundError: No module named 'app'"
RELATIVE = "ImportError: attempted relative import with no known parent package"
ENDED = Failure(Kind.EXIT, "Your program ended.", hint="its own")


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The current directory, with a package."""
    (tmp_path / "app" / "inner").mkdir(parents=True)
    for name in ("app/main.py", "app/inner/__init__.py", "app/inner/deep.py", "a-b.py"):
        (tmp_path / name).write_text("")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize(
    ("directory", "program", "error", "command"),
    [
        (".", "app/main.py", NO_APP, "grade -- python3 -m app.main"),
        ("app", "main.py", NO_APP, "grade -- python3 -m app.main"),
        ("app", "main.py", f"{NO_APP[:-1]}.http'", "grade -- python3 -m app.main"),
        ("app", "main.py", RELATIVE, "grade -- python3 -m app.main"),
        ("app/inner", "deep.py", NO_APP, "grade -- python3 -m app.inner.deep"),
        ("app/inner", "deep.py", RELATIVE, "cd app && grade -- python3 -m inner.deep"),
        ("app", "main.py", "ModuleNotFoundError: No module named 'flask'", ""),
        ("app", "main.py", "ImportError: cannot import name 'x'", ""),
        ("app", "main.js", NO_APP, ""),
        ("app", "", NO_APP, ""),
        (".", "a-b.py", RELATIVE, ""),
    ],
)
def test_a_package_that_is_started_by_its_file(
    place: Path, directory: str, program: str, error: str, command: str
) -> None:
    submission = Submission(program, (place / directory).resolve(), ("python3",), program=program)
    told = with_cause(ENDED, submission, 1, Raised(error), b"")
    assert (f"as a module ({command})" in told.summary) == bool(command)
    assert bool(command) or told is ENDED


@pytest.mark.parametrize(
    ("script", "line"),
    [
        ("#!/bin/sh\npython3 server.py &\n", "python3 server.py &"),
        ('cd app\n  ./server  "$@"   &', './server "$@" &'),
        ("python3 server.py 2>&1 &\necho started\n", "python3 server.py 2>&1 &"),
        ("(python3 server.py &)", "(python3 server.py &)"),
        ("nohup ./server & disown\n", "nohup ./server & disown"),
        ("./server & wait\n", ""),
        ("helper &\nexec ./server\n", ""),
        ("./server &\nwait\n", ""),
        ("./server && echo done\n", ""),
        ("echo 'a &'\n", ""),
        ("echo 'it is\n", ""),
        ("# ./server &\n", ""),
        ("", ""),
    ],
)
def test_what_a_script_starts_in_the_background(script: str, line: str) -> None:
    assert in_the_background(script) == line


def test_a_script_that_ends_before_its_server(place: Path) -> None:
    (place / "your_program.sh").write_text("#!/bin/sh\n./server &\n")
    command = (str(place / "your_program.sh"),)
    submission = Submission(".", place, command, program="your_program.sh")
    told = with_cause(ENDED, submission, 0, None, b"")
    assert "The script your_program.sh starts it in the background (./server &)" in told.summary
    assert told.hint
    assert "exec" in told.hint
    assert with_cause(ENDED, submission, 1, None, b"") is ENDED
    waits = Failure(Kind.START, "It runs.")
    assert with_cause(waits, submission, 0, None, b"") is waits


@pytest.mark.parametrize("named", [".", "your_program.sh", ""])
def test_what_starts_without_the_tool_that_is_missing(
    place: Path, monkeypatch: pytest.MonkeyPatch, named: str
) -> None:
    (place / "your_program.sh").write_text('#!/bin/sh\nexec uv run -m app.main "$@"\n')
    monkeypatch.setenv("PATH", str(place))
    command = (str(place / "your_program.sh"),)
    submission = Submission(named, place, command, program="your_program.sh")
    expected = "needs uv, which is not on this machine; without it: grade app/main.py$"
    with pytest.raises(MachineError, match=f"^your_program.sh {expected}"):
        require_tools(submission, command, 127)
    with pytest.raises(MachineError, match=r"and the build step needs it: install uv$"):
        require_tools(submission, command, 127, "the build step")
    require_tools(submission, command, 1)
    (place / "app" / "main.py").unlink()
    with pytest.raises(MachineError, match=r"^uv is not on this machine, and your_program.sh"):
        require_tools(submission, command, 127)


@pytest.mark.parametrize(
    ("script", "output", "tool"),
    [
        (
            "exec pipenv run python3 -m app.main",
            b"pip: Temporary failure in name resolution",
            "pipenv",
        ),
        ("(cd x; /usr/bin/mvn -B package)", b"[ERROR] Could not transfer artifact", "mvn"),
        ("npm install && node x.js", b"npm ERR! code EAI_AGAIN", "npm"),
        ("cargo build", b"error[E0308]: mismatched types", ""),
        ("./server", b"Network is unreachable", ""),
    ],
)
def test_a_script_that_wants_to_download(
    place: Path, script: str, output: bytes, tool: str
) -> None:
    (place / "your_program.sh").write_text(f"#!/bin/sh\n{script}\n")
    command = (str(place / "your_program.sh"),)
    submission = Submission(".", place, command, program="your_program.sh")
    told = with_cause(ENDED, submission, 1, None, output)
    hint = f"{tool} cannot download here: programs run without the network."
    expected = f"{hint} Without it: grade app/main.py." if tool else ENDED.hint
    assert told.hint == expected
    assert told.summary == ENDED.summary


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("cd . && made.bin", "the shell looks for made.bin on PATH only: write ./made.bin"),
        ("made.bin", "the shell looks for made.bin on PATH only: write ./made.bin"),
        ("cd . && no-such-program", ""),
        ("./a-b.py", "a-b.py is not executable; if it is a program: chmod +x a-b.py"),
        ("./gone", "there is no program gone"),
    ],
)
def test_what_a_shell_has_not_found(place: Path, line: str, problem: str) -> None:
    (built := place / "built").mkdir()
    (built / "made.bin").write_text("")
    submission = Submission(".", place, ("/bin/sh", "-c", line, "sh"))
    assert why_not_found(submission, built) == problem
