"""From what the learner typed to a program that can be launched: which directory, which command,
which build."""

from __future__ import annotations

import contextlib
import difflib
import os
import re
import shlex
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from grader.errors import MachineError, NotGraded, UsageError, lack
from grader.program.containment import require_inside, require_no_others, require_no_way_out
from grader.program.executable import beginning, require_tool, why_not_started
from grader.program.grade_yaml import FILE, Line, Settings, read_settings

if TYPE_CHECKING:
    from collections.abc import Sequence

ENTRIES: Final = ("your_program.sh", "your_server.sh", "main.py", "app/main.py", "server.py")
"""What is looked for in a directory, in this order, unless it has a `grade.yaml`."""

_PYTHONS: Final = ("python", "python3")
_SHELL: Final = "/bin/sh"
# what makes a line more than one simple command
_OF_A_SHELL: Final = re.compile(r"[|&;<>()`\n]|\A\w+=")


class NoInterpreter(UsageError):
    """The Python interpreter is not there, or does not work. Without --python it is the machine
    that lacks it."""


@dataclass(frozen=True, slots=True)
class Build:
    """A one-time command before the first launch, with its own budget in seconds."""

    command: tuple[str, ...]
    budget_s: float


@dataclass(frozen=True, slots=True)
class Submission:
    """A program to grade. path: as the learner named it. directory: where it runs, absolute,
    symlinks resolved. command: how it is started, the program as an absolute path. named: those of
    its words that the user has named, or that are the user's by PATH: what they name can be seen.
    interpreters: those that the submission itself leads to. alone: the file that is all it gets to
    see of the directory, because others in it are graded too."""

    path: str
    directory: Path
    command: tuple[str, ...]
    build: Build | None = None
    named: tuple[str, ...] = ()
    interpreters: tuple[str, ...] = ()
    alone: str = ""


@dataclass(frozen=True, slots=True)
class _Start:
    """How something is started, with the fields of a `Submission`."""

    command: tuple[str, ...]
    named: tuple[str, ...] = ()
    interpreters: tuple[str, ...] = ()


def find(path: str | None, command: Sequence[str], python: str | None = None) -> Submission:
    """The submission at `path` (a file or a directory), or else the `command` run in the current
    directory.

    python: the interpreter for Python files; by default the `python3` on PATH. Raises `UsageError`;
    `NotGraded` for what is wrong with the submission itself, and `MachineError` for a tool that it
    needs and that is not here.
    """
    if path and command:
        raise UsageError("give either a SUBMISSION or a command after --, not both")
    if command:
        return _of_command(command, python)
    if not path:
        raise UsageError("nothing to grade: name a file, a directory, or a command after --")
    try:
        return _found(path, python)
    except NoInterpreter as error:
        if python is None:
            raise MachineError(str(error)) from error
        raise
    except UsageError as error:  # whatever else is wrong with a submission, its author can change
        if lacks := lack(error.__cause__):
            raise MachineError(lacks) from error
        raise NotGraded(str(error)) from error


def _found(path: str, python: str | None) -> Submission:
    place = Path(path)
    try:
        require_no_way_out(path)
        if place.is_dir():
            return _of_directory(path, place.resolve(), python)
        if not place.exists():
            raise UsageError(f"there is no file {path}{_nearest(place)}")
        return _submission(path, place.resolve().parent, _started(place.resolve(), python))
    except PermissionError as error:
        raise UsageError(f"no permission to read {error.filename or path}") from error
    except OSError as error:
        raise UsageError(
            f"cannot read {error.filename or path}: {error.strerror or error}"
        ) from error


def _nearest(place: Path) -> str:
    try:
        names = os.listdir(place.parent)
    except OSError:
        return ""
    close = difflib.get_close_matches(place.name, names, 1)
    return f"; did you mean {place.parent / close[0]}?" if close else ""


def _submission(
    path: str, directory: Path, start: _Start, build: Build | None = None
) -> Submission:
    return Submission(path, directory, start.command, build, start.named, start.interpreters)


def _of_command(command: Sequence[str], python: str | None) -> Submission:
    here = Path.cwd()
    program = shutil.which(command[0])
    if program is None:
        raise UsageError(f"there is no program {command[0]!r} on PATH")
    if Path(command[0]).name in _PYTHONS:
        program = interpreter(python or command[0])
    program = str(Path(program).absolute())
    own = Path(os.path.normpath(program))
    require_no_others("the command", (program,) if own.is_relative_to(here) else (), here)
    words = (program, *command[1:])
    return Submission(" ".join(command), here, words, None, words, _led_to(own, here))


def _of_directory(path: str, directory: Path, python: str | None) -> Submission:
    if os.path.lexists(directory / FILE):
        return _of_settings(path, directory, read_settings(path, directory), python)
    for entry in ENTRIES:
        if (directory / entry).is_file():
            require_inside(f"{path.rstrip('/')}/{entry}", directory / entry, directory)
            return _submission(path, directory, _started(directory / entry, python))
    raise UsageError(
        f"{path} has no program to start: expected one of {', '.join(ENTRIES)}, or a grade.yaml"
        " with an 'entry'"
    )


def _of_settings(path: str, directory: Path, settings: Settings, python: str | None) -> Submission:
    build = None
    if settings.build is not None:
        words = _words(settings.name, "build", settings.build, directory, None)
        build = Build((words or _by_shell(settings.build)).command, settings.build_seconds)
    entry = _words(
        settings.name, "entry", settings.entry, directory, python, built=build is not None
    )
    return _submission(path, directory, entry or _by_shell(settings.entry, arguments=True), build)


def _words(
    name: str, key: str, line: Line, directory: Path, python: str | None, *, built: bool = False
) -> _Start | None:
    """How a list of words is started, and a line that names one program; None for a line that is
    for the shell.

    built: the program may not be there yet. Raises `UsageError` where others' files are named.
    """
    words = _split(line) if isinstance(line, str) else line
    require_no_others(f"{name}: {key!r}", words, directory)
    if not isinstance(line, str):
        return _of_list(name, line, directory, python, built=built)
    if os.path.isfile(file := directory / line):
        require_inside(f"{name}: {key!r}", file, directory)
        return _started(file, python)
    if len(words) > 1 or _OF_A_SHELL.search(line) or (os.sep not in line and shutil.which(line)):
        return None
    if built and file.suffix == ".py":
        program = interpreter(python or "python3")
        return _Start((program, str(file)), (program,))
    return _to_be_built(file) if built else None


def _split(line: str) -> tuple[str, ...]:
    """The words of a line as far as they can be told without a shell."""
    with contextlib.suppress(ValueError):
        return tuple(shlex.split(line))
    return tuple(line.split())


def _of_list(
    name: str, words: tuple[str, ...], directory: Path, python: str | None, *, built: bool
) -> _Start:
    first, *others = words
    if first in _PYTHONS:
        program = interpreter(python or first)
        return _Start((program, *others), (program,))
    own = directory / first
    if os.access(own, os.X_OK) and own.is_file():
        if not built and (problem := why_not_started(own)):
            raise UsageError(f"{name}: {first} cannot be started: {problem}")
        return _Start((str(own), *others), (), _led_to(own, directory) or (str(own),))
    if os.sep not in first and (found := shutil.which(first)):
        program = str(Path(found).absolute())
        return _Start((program, *others), (program,))
    require_tool(first, name)
    if not built or own.exists():
        raise UsageError(f"{name}: there is no program {first!r}")
    return _to_be_built(own, *others)


def _to_be_built(program: Path, *words: str) -> _Start:
    """A program that is not there yet: the shell looks for it when it is started."""
    return _Start((_SHELL, "-c", 'exec "$0" "$@"', str(program), *words), (_SHELL,))


def _by_shell(line: Line, *, arguments: bool = False) -> _Start:
    """A line as the shell understands it. `sh -c LINE NAME ARGUMENT...` leaves the arguments to the
    line: they go to where it says "$@", or else to its end. A simple command takes the shell's
    place."""
    text = line if isinstance(line, str) else shlex.join(line)
    if not arguments:
        return _Start((_SHELL, "-c", text), (_SHELL,))
    if "$@" not in text and "$*" not in text:
        text = f'{text} "$@"'
    if not _OF_A_SHELL.search(text) and _is_a_program(_split(text)[0]):
        text = f"exec {text}"
    return _Start((_SHELL, "-c", text, "sh"), (_SHELL,))


def _is_a_program(word: str) -> bool:
    return os.sep in word or shutil.which(word) is not None


def _started(file: Path, python: str | None) -> _Start:
    """How a single file is started: Python files by the interpreter, everything else by itself."""
    if not file.is_file():
        raise UsageError(f"{file} is not a regular file")
    if file.suffix == ".py":
        program = interpreter(python or "python3")
        return _Start((program, str(file)), (program,))
    if not os.access(file, os.X_OK):
        raise UsageError(
            f"{file} is neither executable nor a .py file; if it is a program: chmod +x {file.name}"
        )
    if problem := why_not_started(file):
        raise UsageError(f"{file} cannot be started: {problem}")
    return _Start((str(file),), (), _led_to(file, file.parent))


def _led_to(program: Path, directory: Path) -> tuple[str, ...]:
    """The interpreter that a program of the submission's own leads to: by its first line, or as a
    link to it."""
    if not program.is_relative_to(directory):
        return ()
    line = beginning(program).partition(b"\n")[0]
    first = line[2:].split()[:1] if line.startswith(b"#!") else []
    by_line = [os.fsdecode(word) for word in first if word.startswith(b"/") and b"\0" not in word]
    return (*by_line, *([str(program)] if program.is_symlink() else []))


def interpreter(name: str) -> str:
    """The real binary behind a Python command: version managers put shell scripts on PATH that cost
    90 ms a start."""
    program = shutil.which(name)
    if program is None:
        raise NoInterpreter(
            f"there is no Python interpreter {name!r} on PATH; name one with --python"
        )
    with open(program, "rb") as stream:
        if stream.read(2) != b"#!" and Path(program).name.startswith("python"):
            return str(Path(program).absolute())
    try:
        asked = subprocess.run(
            [program, "-I", "-c", "import sys; print(sys.executable)"],
            capture_output=True,
            text=True,
            errors="replace",
            timeout=30,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise NoInterpreter(f"{program} is not a working Python interpreter: {error}") from error
    real = asked.stdout.strip()
    if asked.returncode or not Path(real).is_file():
        said = (asked.stderr.strip().splitlines() or ["it does not print its path"])[-1]
        raise NoInterpreter(f"{program} is not a working Python interpreter: {said}")
    return real
