"""From what the learner typed to a program that can be launched: which directory, which command, which build."""

from __future__ import annotations

import difflib
import math
import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import yaml

from grader.errors import UsageError

ENTRIES: Final = ("your_program.sh", "your_server.sh", "main.py", "app/main.py", "server.py")
"""What is looked for in a directory, in this order, unless it has a `grade.yaml`."""

_KEYS: Final = ("entry", "build", "build_seconds")
_ELF: Final = b"\x7fELF"
_MACH_O: Final = (b"\xcf\xfa\xed\xfe", b"\xca\xfe\xba\xbe")
_PYTHONS: Final = ("python", "python3")


@dataclass(frozen=True, slots=True)
class Build:
    """A one-time command before the first launch, with its own budget in seconds."""

    command: tuple[str, ...]
    budget_s: float


@dataclass(frozen=True, slots=True)
class Submission:
    """A program to grade. path: as the learner named it. directory: where it runs, absolute, symlinks resolved.
    command: how it is started, the program as an absolute path."""

    path: str
    directory: Path
    command: tuple[str, ...]
    build: Build | None = None


def find(path: str | None, command: Sequence[str], python: str | None = None) -> Submission:
    """The submission at `path` (a file or a directory), or else the `command` run in the current directory.

    python: the interpreter for Python files; by default the `python3` on PATH. Raises `UsageError`.
    """
    if path and command:
        raise UsageError("give either a SUBMISSION or a command after --, not both")
    if command:
        return _of_command(command, python)
    if not path:
        raise UsageError("what is to be graded? Name a file, a directory, or a command after --")
    place = Path(path)
    try:
        if place.is_dir():
            return _of_directory(path, place.resolve(), python)
        if not place.exists():
            raise UsageError(f"there is no file {path}{_nearest(place)}")
        return Submission(path, place.resolve().parent, _started(place.resolve(), python))
    except PermissionError as error:
        raise UsageError(f"no permission to read {error.filename or path}") from error
    except OSError as error:
        raise UsageError(f"cannot read {error.filename or path}: {error.strerror or error}") from error


def _nearest(place: Path) -> str:
    try:
        names = os.listdir(place.parent)
    except OSError:
        return ""
    close = difflib.get_close_matches(place.name, names, 1)
    return f"; did you mean {place.parent / close[0]}?" if close else ""


def _of_command(command: Sequence[str], python: str | None) -> Submission:
    here = Path.cwd()
    program = shutil.which(command[0])
    if program is None:
        raise UsageError(f"there is no program {command[0]!r} on PATH")
    if Path(command[0]).name in _PYTHONS:
        program = interpreter(python or command[0])
    return Submission(" ".join(command), here, (str(Path(program).absolute()), *command[1:]))


def _of_directory(path: str, directory: Path, python: str | None) -> Submission:
    if (settings := directory / "grade.yaml").exists():
        return _of_settings(path, directory, settings, python)
    for entry in ENTRIES:
        if (directory / entry).is_file():
            return Submission(path, directory, _started(directory / entry, python))
    raise UsageError(
        f"{path} has no program to start: expected one of {', '.join(ENTRIES)}, or a grade.yaml with an 'entry'"
    )


def _of_settings(path: str, directory: Path, settings: Path, python: str | None) -> Submission:
    name = f"{path.rstrip('/')}/grade.yaml"
    read = _mapping(name, settings)
    seconds = read.get("build_seconds", 120)
    if not isinstance(seconds, int | float) or isinstance(seconds, bool) or not 0 < seconds < math.inf:
        raise UsageError(f"{name}: build_seconds must be a positive number")
    build = Build(_words(name, "build", read["build"], directory, None), seconds) if "build" in read else None
    return Submission(path, directory, _words(name, "entry", read["entry"], directory, python), build)


def _mapping(name: str, settings: Path) -> dict[str, object]:
    """The keys and values of a grade.yaml."""
    try:
        read = yaml.safe_load(settings.read_text(encoding="utf-8"))
    except yaml.MarkedYAMLError as error:
        where = f":{error.problem_mark.line + 1}" if error.problem_mark else ""
        raise UsageError(f"{name}{where}: not valid YAML: {error.problem}") from error
    except (yaml.YAMLError, UnicodeDecodeError, RecursionError) as error:
        raise UsageError(f"{name}: not valid YAML: it is not plain text, or nested too deeply") from error
    if not isinstance(read, dict):
        raise UsageError(f"{name}: expected 'entry: COMMAND' and optionally 'build: COMMAND'")
    for key in read:
        if key not in _KEYS:
            close = difflib.get_close_matches(str(key), _KEYS, 1)
            raise UsageError(f"{name}: unknown key {key!r}" + (f"; did you mean {close[0]!r}?" if close else ""))
    if "entry" not in read:
        raise UsageError(f"{name}: there is no 'entry': the command that starts the program")
    return read


def _words(name: str, key: str, value: object, directory: Path, python: str | None) -> tuple[str, ...]:
    """A command from grade.yaml: a list of words as it is, a single existing file as a program, else a shell line."""
    if isinstance(value, list) and value and all(isinstance(word, str) for word in value):
        if value[0] in _PYTHONS:
            return (interpreter(python or value[0]), *value[1:])
        program = shutil.which(value[0], path=os.pathsep.join([str(directory), os.environ.get("PATH", "")]))
        if program is None:
            raise UsageError(f"{name}: there is no program {value[0]!r}")
        return (str(Path(program).absolute()), *value[1:])
    if isinstance(value, str) and value.strip():
        if (directory / value).is_file():
            return _started(directory / value, python)
        return ("/bin/sh", "-c", value if key == "build" else f"exec {value}")
    raise UsageError(f"{name}: {key!r} must be a command: one line of text, or a list of words")


def _started(file: Path, python: str | None) -> tuple[str, ...]:
    """How a single file is started: Python files by the interpreter, everything else by itself."""
    if not file.is_file():
        raise UsageError(f"{file} is not a regular file")
    if file.suffix == ".py":
        return (interpreter(python or "python3"), str(file))
    if not os.access(file, os.X_OK):
        raise UsageError(f"{file} is neither executable nor a .py file; if it is a program: chmod +x {file.name}")
    if problem := _cannot_be_executed(file):
        raise UsageError(f"{file} cannot be started: {problem}")
    return (str(file),)


def _cannot_be_executed(file: Path) -> str:
    """Why execve(2) would not take an executable file: it wants a script with an interpreter, or a binary format."""
    first = _beginning(file)
    if first.startswith(_ELF):
        return "" if _machine(first) == _machine(_beginning(sys.executable)) else "it is for another kind of machine"
    if first.startswith(_MACH_O):
        return ""
    first = first.partition(b"\n")[0]
    if not first.startswith(b"#!"):
        return "it is neither a binary nor a script, whose first line would be #!..."
    if first.endswith(b"\r"):
        return "its first line ends with CR LF, as on Windows, so the CR is taken as part of the interpreter's name"
    words = first[2:].split()
    if not words or not Path(os.fsdecode(words[0])).exists():
        return f"its first line names no interpreter that is here: {first.decode(errors='replace').strip()}"
    return ""


def _beginning(file: str | Path) -> bytes:
    """Enough of a file to tell what it is."""
    with open(file, "rb") as stream:
        return stream.read(512)


def _machine(binary: bytes) -> bytes:
    """Of an ELF header its class and byte order, and the machine (elf(5))."""
    return binary[4:6] + binary[18:20]


def interpreter(name: str) -> str:
    """The real binary behind a Python command: version managers put shell scripts on PATH that cost 90 ms a start."""
    program = shutil.which(name)
    if program is None:
        raise UsageError(f"there is no Python interpreter {name!r} on PATH; name one with --python")
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
        raise UsageError(f"{program} is no Python interpreter that works: {error}") from error
    real = asked.stdout.strip()
    if asked.returncode or not Path(real).is_file():
        said = (asked.stderr.strip().splitlines() or ["it does not answer like one"])[-1]
        raise UsageError(f"{program} is no Python interpreter that works: {said}")
    return real
