"""From what the learner typed to a program that can be launched: which directory, which command,
which build."""

from __future__ import annotations

import contextlib
import os
import re
import shlex
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Final

from msgspec.structs import replace

from grader.errors import MachineError, NotGraded, UsageError, lack
from grader.program.containment import require_inside, require_no_others, require_no_way_out
from grader.program.entries import SeveralPrograms, entry_of, only_program
from grader.program.executable import require_tool, why_not_started
from grader.program.grade_yaml import FILE, Line, Settings, read_settings
from grader.program.interpreter import NoInterpreter, interpreter
from grader.program.missing_tools import absent
from grader.program.start_command import (
    BUILD_SECONDS,
    SHELL,
    Build,
    StartCommand,
    led_to,
    started,
    to_be_built,
)
from grader.program.submission import Contents, Submission

if TYPE_CHECKING:
    from collections.abc import Sequence

HERE: Final = "."
"""What is graded where nothing is named."""

_PYTHONS: Final = ("python", "python3")
# what makes a line more than one simple command
_OF_A_SHELL: Final = re.compile(r"[|&;<>()`\n]|\A\w+=")
_BUILT_IN: Final = frozenset(
    ["exec", "cd", "command", "env", "eval", "export", "set", "ulimit", "."]
)


def find(
    path: str | None,
    command: Sequence[str],
    python: str | None = None,
    contents: Contents | None = None,
) -> Submission:
    """The submission at `path` (a file or a directory), or else the `command` run in the current
    directory, or else the program of that directory.

    python: the interpreter for Python files; by default the `python3` on PATH. contents: where what
    is at `path` was unpacked; then nothing is read at `path` itself. Raises `UsageError`;
    `NotGraded` for what is wrong with the submission itself, and `MachineError` for a tool that it
    needs and that is not here.
    """
    if path and command:
        raise UsageError("give either a SUBMISSION or a command after --, not both")
    if command:
        return _of_command(command, python)
    if path == "":
        raise UsageError("nothing to grade: name a file, a directory, or a command after --")
    try:
        if path and contents:
            return _unpacked(path, python, contents)
        found = _found(path or HERE, python)
        named = found.program not in ("", FILE)
        if not named or path:
            return found
        starts = "" if found.starts == only_program(found.program) else found.starts
        return replace(found, path=found.program, starts=starts)
    except NoInterpreter as error:
        if python is None:
            raise MachineError(str(error)) from error
        raise
    except UsageError as error:  # whatever else is wrong with a submission, its author can change
        if lacks := lack(error.__cause__):
            raise MachineError(lacks) from error
        raise NotGraded(str(error)) from error


def _unpacked(path: str, python: str | None, contents: Contents) -> Submission:
    """The same of what was unpacked. Each sentence names the learner's own files."""
    directory, start = contents.directory, contents.start
    try:
        if start:
            require_inside(path, directory / start, directory)
            how = started(directory / start, python)
            found = replace(_submission(path, directory, how), program=start, starts=how.says)
        else:
            found = _of_directory(path, directory, python, contents.known_as)
    except UsageError as error:
        said = str(error).replace(str(directory), str(contents.known_as))
        if isinstance(error, SeveralPrograms) and not contents.known_as.exists():
            said = f"{said.partition('; ')[0]}; hand in one, or name it in a {FILE}"
        raise type(error)(said) from error.__cause__
    except OSError as error:
        raise UsageError(f"cannot read {path}: {error.strerror or error}") from error
    return replace(found, known_as=contents.known_as)


def _found(path: str, python: str | None) -> Submission:
    place = Path(path)
    try:
        require_there(path)
        if place.is_dir():
            return _of_directory(path, place.resolve(), python)
        file = place.resolve()
        start = started(file, python)
        found = _submission(path, file.parent, start)
        return replace(found, program=file.name, starts=start.says)
    except PermissionError as error:
        raise UsageError(f"no permission to read {error.filename or path}") from error
    except OSError as error:
        raise UsageError(
            f"cannot read {error.filename or path}: {error.strerror or error}"
        ) from error


def require_there(path: str) -> None:
    """Raises `UsageError` where there is nothing at this path, or where a link on the way leads out
    of its directory; and OSError."""
    require_no_way_out(path)
    if not (place := Path(path)).exists():
        raise UsageError(_is_not_there(path, place))


def _is_not_there(path: str, place: Path) -> str:
    if place.is_symlink():
        return f"{path} is a link to {os.readlink(place)}, and there is no such file"
    return f"there is no file {path}{_nearest(place)}"


def _nearest(place: Path) -> str:
    try:
        names = os.listdir(place.parent)
    except OSError:
        return ""
    from difflib import get_close_matches

    close = get_close_matches(place.name, names, 1)
    return f"; did you mean {place.parent / close[0]}?" if close else ""


def _submission(path: str, directory: Path, start: StartCommand) -> Submission:
    return Submission(path, directory, start.command, start.build, start.named, start.interpreters)


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
    own_files = (word for word in command if (here / word).is_file() and not os.path.isabs(word))
    return Submission(
        " ".join(command), here, words, None, words, led_to(own, here),
        program=next(own_files, "").removeprefix("./"),
    )  # fmt: skip


def _of_directory(
    path: str, directory: Path, python: str | None, known_as: Path | None = None
) -> Submission:
    if os.path.lexists(directory / FILE):
        settings = replace(read_settings(path, directory), known_as=known_as)
        start = _of_settings(settings, directory, python)
        return replace(_submission(path, directory, start), program=FILE)
    entry = entry_of(path, directory, python)
    name = f"{path.rstrip('/')}/{entry.name}"
    if entry.file is not None:
        require_inside(name, entry.file, directory)
        start = started(entry.file, python, whole=directory)
    elif entry.start is not None:
        start = entry.start
    else:
        start = _of_settings(Settings(name, entry.line, None, BUILD_SECONDS), directory, python)
        start = replace(start, build=entry.build)
    own = str(entry.file.relative_to(directory)) if entry.file is not None else ""
    found = _submission(path, directory, start)
    return replace(found, program=own, starts=start.says or entry.says or entry.line)


def _of_settings(settings: Settings, directory: Path, python: str | None) -> StartCommand:
    build = None
    if settings.build is not None:
        words = _words(settings, "build", settings.build, directory, None)
        build = Build((words or _by_shell(settings.build)).command, settings.build_seconds)
    built = build is not None
    entry = _words(settings, "entry", settings.entry, directory, python, built=built)
    start = entry or _by_shell(_with_its_place(settings.entry, directory, built), arguments=True)
    return replace(start, build=build or start.build)


def _words(
    settings: Settings,
    key: str,
    line: Line,
    directory: Path,
    python: str | None,
    *,
    built: bool = False,
) -> StartCommand | None:
    """How a list of words is started, and a line that names one program; None for a line that is
    for the shell.

    built: the program may not be there yet. Raises `UsageError` where others' files are named.
    """
    name, words = settings.name, _split(line) if isinstance(line, str) else line
    require_no_others(f"{name}: {key!r}", words, directory, settings.known_as)
    if not isinstance(line, str):
        return _of_list(name, line, directory, python, built=built)
    if os.path.isfile(file := directory / line):
        require_inside(f"{name}: {key!r}", file, directory)
        return started(file, python)
    if len(words) > 1 or _OF_A_SHELL.search(line) or (os.sep not in line and shutil.which(line)):
        return None
    if built and file.suffix == ".py":
        program = interpreter(python or "python3")
        return StartCommand((program, str(file)), (program,))
    return to_be_built(file) if built else None


def _split(line: str) -> tuple[str, ...]:
    """The words of a line as far as they can be told without a shell."""
    with contextlib.suppress(ValueError):
        return tuple(shlex.split(line))
    return tuple(line.split())


def _of_list(
    name: str, words: tuple[str, ...], directory: Path, python: str | None, *, built: bool
) -> StartCommand:
    first, *others = words
    if first in _PYTHONS:
        program = interpreter(python or first)
        return StartCommand((program, *others), (program,))
    own = directory / first
    if os.access(own, os.X_OK) and own.is_file():
        if not built and (problem := why_not_started(own)):
            raise UsageError(f"{name}: {first} cannot be started: {problem}")
        return StartCommand((str(own), *others), (), led_to(own, directory) or (str(own),))
    if os.sep not in first and (found := shutil.which(first)):
        program = str(Path(found).absolute())
        return StartCommand((program, *others), (program,))
    require_tool(first, name)
    if not built or own.exists():
        raise UsageError(f"{name}: there is no program {first!r}")
    return to_be_built(own, *others)


def _with_its_place(line: Line, directory: Path, built: bool) -> Line:
    """The line, with ./ before a program of the directory that the shell would look for on PATH."""
    if not isinstance(line, str) or _OF_A_SHELL.search(line):
        return line
    first = _split(line)[0]
    is_a_command = os.sep in first or first in _BUILT_IN or shutil.which(first) or absent(first)
    if is_a_command or first.startswith(("$", "-")):
        return line
    return f"./{line}" if built or (directory / first).is_file() else line


def _by_shell(line: Line, *, arguments: bool = False) -> StartCommand:
    """A line as the shell understands it. `sh -c LINE NAME ARGUMENT...` leaves the arguments to the
    line: they go to where it says "$@", or else to its end. A simple command takes the shell's
    place."""
    text = line if isinstance(line, str) else shlex.join(line)
    if not arguments:
        return StartCommand((SHELL, "-c", text), (SHELL,))
    if "$@" not in text and "$*" not in text:
        text = f'{text} "$@"'
    if not _OF_A_SHELL.search(text) and _is_a_program(_split(text)[0]):
        text = f"exec {text}"
    return StartCommand((SHELL, "-c", text, "sh"), (SHELL,))


def _is_a_program(word: str) -> bool:
    return os.sep in word or shutil.which(word) is not None
