"""How one program is started, and built before: a file by what it is, a line by the shell."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Final

from grader.errors import UsageError
from grader.program.executable import (
    BOM,
    beginning,
    is_a_binary,
    is_a_script,
    require_tool,
    why_not_started,
)
from grader.program.interpreter import interpreter
from grader.program.languages import COMPILERS, INTERPRETERS, compiler_for, interpreter_for
from grader.value import Value

if TYPE_CHECKING:
    from collections.abc import Sequence

SHELL: Final = "/bin/sh"
BUILD_SECONDS: Final = 120
BUILT: Final = ".grade-build"
"""The directory in the private view that a build of ours writes to."""

_IN_AN_EMPTY_DIRECTORY: Final = f'rm -rf {BUILT} && mkdir {BUILT} && exec "$@"'


_CRLF: Final = "CR LF"
_WITH_LF: Final = 'tr -d "\\r" <"$1" >.grade-lf && cat .grade-lf >"$1" && rm .grade-lf'
_MOST_LOOKED_AT: Final = 1 << 16


class Build(Value, frozen=True):
    """A one-time command before the first launch, with its own budget in seconds. says: the command
    in short, where the grader has chosen it; of: the file that it builds then."""

    command: tuple[str, ...]
    budget_s: float
    says: str = ""
    of: str = ""


class StartCommand(Value, frozen=True):
    """How something is started, with the fields of a `Submission`. says: what is not as its author
    wrote it, in short."""

    command: tuple[str, ...]
    named: tuple[str, ...] = ()
    interpreters: tuple[str, ...] = ()
    build: Build | None = None
    says: str = ""


def started(file: Path, python: str | None, *, whole: Path | None = None) -> StartCommand:
    """How a single file is started: by its interpreter, after its compiler, or else by itself.

    whole: the directory, where all of it is the submission: other source files may belong to the
    program. Raises `UsageError`, and `MachineError` for a tool that is not here.
    """
    if not file.is_file():
        raise UsageError(f"{file} is not a regular file")
    if file.suffix == ".py":
        program = interpreter(python or "python3")
        return StartCommand((program, str(file)), (program,))
    executable = os.access(file, os.X_OK)
    if not (executable and (is_a_script(file) or is_a_binary(file))):
        if file.suffix in INTERPRETERS:
            words = interpreter_for(file)
            return StartCommand((*words, str(file)), words[:1])
        if file.suffix in COMPILERS:
            return _compiled(file, whole)
    if file.suffix == ".sh" and (problems := shell_script_problems(file)):
        return _by_its_shell(file, problems)
    if not executable:
        raise UsageError(_is_no_program(file))
    if problem := why_not_started(file):
        raise UsageError(f"{file} cannot be started: {problem}")
    return StartCommand((str(file),), (), led_to(file, file.parent))


def shell_script_problems(file: Path) -> tuple[str, ...]:
    """What keeps the system from starting this script for a shell, though a shell can run it: what
    an archive loses and what Windows adds. None of a file that is no text."""
    first = beginning(file)
    if not first or b"\0" in first or is_a_binary(file):
        return ()
    problems = [] if os.access(file, os.X_OK) else ["no x bit"]
    if not is_a_script(file):
        problems.append("no #! line")
    return (*problems, *([_CRLF] if b"\r\n" in beginning(file, _MOST_LOOKED_AT) else []))


def _by_its_shell(file: Path, problems: Sequence[str]) -> StartCommand:
    """Started with the interpreter of its first line, else with `sh`; with LF as line ends in the
    private copy that it runs in."""
    words = _interpreter_of(file)
    says = f"{os.path.basename(words[0])} {file.name} ({', '.join(problems)})"
    line = Build((SHELL, "-c", _WITH_LF, "sh", file.name), BUILD_SECONDS)
    build = line if _CRLF in problems else None
    return StartCommand((*words, str(file)), words[:1], build=build, says=says)


def _interpreter_of(file: Path) -> tuple[str, ...]:
    first, _, _ = beginning(file).removeprefix(BOM).partition(b"\n")
    words = (
        [os.fsdecode(word) for word in first[2:].split()] if first.startswith(b"#!") else [SHELL]
    )
    if words and os.path.basename(words[0]) == "env":
        words = words[1:]
        require_tool(words[0] if words else "", f"{file.name}, by its first line,")
    found = shutil.which(words[0]) if words else None
    if found is None:
        raise UsageError(
            f"{file} cannot be started: the interpreter in its first line is not on this machine:"
            f" {first.decode(errors='replace').strip()}"
        )
    return (str(Path(found).absolute()), *words[1:])


def _is_no_program(file: Path) -> str:
    if is_a_script(file) or is_a_binary(file) or file.suffix == ".sh":
        return f"{file} is not executable; if it is a program: chmod +x {file.name}"
    if file.name.lower().endswith((".zip", ".tar", ".tar.gz", ".tgz", ".tar.xz")):
        return f"{file} is an archive, which only grade and grade launch read: unpack it"
    known = " ".join(sorted([".py", *INTERPRETERS, *COMPILERS]))
    return (
        f"{file} is neither executable nor a source file that grade knows ({known}); to start it:"
        " grade -- COMMAND"
    )


def _compiled(file: Path, whole: Path | None) -> StartCommand:
    """A source file is built from the directory that is graded."""
    base = whole or file.parent
    found = compiler_for(file, base, f"{BUILT}/program", alone=whole is None)
    build = our_build(found.build, found.says, str(file.relative_to(base)))
    if found.run:
        words = tuple(
            str(base / word) if word.startswith(f"{BUILT}/") else word for word in found.run
        )
        return StartCommand(words, words[:1], build=build)
    return to_be_built(base / BUILT / "program", build=build)


def our_build(command: tuple[str, ...], says: str, of: str) -> Build:
    """A build whose command the grader has chosen: in a new directory of its own."""
    line = (SHELL, "-c", _IN_AN_EMPTY_DIRECTORY, "sh", *command)
    return Build(line, BUILD_SECONDS, says, of)


def led_to(program: Path, directory: Path) -> tuple[str, ...]:
    """The interpreter that a program of the submission's own leads to: by its first line, or as a
    link to it."""
    if not program.is_relative_to(directory):
        return ()
    line = beginning(program).partition(b"\n")[0]
    first = line[2:].split()[:1] if line.startswith(b"#!") else []
    by_line = [os.fsdecode(word) for word in first if word.startswith(b"/") and b"\0" not in word]
    return (*by_line, *([str(program)] if program.is_symlink() else []))


def to_be_built(program: Path, *words: str, build: Build | None = None) -> StartCommand:
    """A program that is not there yet: the shell looks for it when it is started."""
    line = (SHELL, "-c", 'exec "$0" "$@"', str(program), *words)
    return StartCommand(line, (SHELL,), build=build)
