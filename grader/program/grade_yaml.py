"""`grade.yaml` in a submission's directory: how the learner's program is built and started."""

from __future__ import annotations

import difflib
import math
import os
from typing import TYPE_CHECKING, Final

import yaml

from grader.errors import UsageError
from grader.system.untrusted_files import read_small
from grader.value import Value

if TYPE_CHECKING:
    from pathlib import Path

FILE: Final = "grade.yaml"
_KEYS: Final = ("entry", "build", "build_seconds")
_SECONDS: Final = 120

Line = str | tuple[str, ...]
"""A command: one line for the shell, or its words."""


class Settings(Value, frozen=True):
    """name: of the file, as the learner names it. build_seconds: how long the build may take.
    known_as: where the learner's own directory lies, if this is a copy of it."""

    name: str
    entry: Line
    build: Line | None
    build_seconds: float
    known_as: Path | None = None


def read_settings(path: str, directory: Path) -> Settings:
    """The `grade.yaml` of the directory that was named by `path`. Raises `UsageError`."""
    name = f"{path.rstrip('/')}/{FILE}"
    read = _mapping(name, directory / FILE)
    seconds = read.get("build_seconds", _SECONDS)
    if (
        not isinstance(seconds, int | float)
        or isinstance(seconds, bool)
        or not 0 < seconds < math.inf
    ):
        raise UsageError(f"{name}: build_seconds must be a positive number")
    build = _line(name, "build", read["build"]) if "build" in read else None
    return Settings(name, _line(name, "entry", read["entry"]), build, seconds)


def _mapping(name: str, file: Path) -> dict[str, object]:
    """The keys and values of a grade.yaml."""
    try:
        read = yaml.safe_load(read_small(file).decode("utf-8"))
    except yaml.MarkedYAMLError as error:
        where = f":{error.problem_mark.line + 1}" if error.problem_mark else ""
        raise UsageError(f"{name}{where}: not valid YAML: {error.problem}") from error
    except (yaml.YAMLError, UnicodeDecodeError, RecursionError, ValueError) as error:
        raise UsageError(
            f"{name}: not valid YAML: it is not plain text, or nested too deeply"
        ) from error
    except OSError as error:
        raise UsageError(f"{name} cannot be read: {error.strerror or error}") from error
    if not isinstance(read, dict):
        raise UsageError(f"{name}: expected 'entry: COMMAND' and optionally 'build: COMMAND'")
    for key in read:
        if key not in _KEYS:
            close = difflib.get_close_matches(str(key), _KEYS, 1)
            raise UsageError(
                f"{name}: unknown key {key!r}" + (f"; did you mean {close[0]!r}?" if close else "")
            )
    if "entry" not in read:
        raise UsageError(f"{name}: there is no 'entry': the command that starts the program")
    return read


def _line(name: str, key: str, value: object) -> Line:
    if (
        isinstance(value, list)
        and value
        and all(isinstance(word, str) and can_be_passed(word) for word in value)
    ):
        return tuple(value)
    if isinstance(value, str) and value.strip() and can_be_passed(value):
        return value.strip()
    raise UsageError(f"{name}: {key!r} must be a command: one line of text, or a list of words")


def can_be_passed(text: str) -> bool:
    """Whether a program can be given this: execve(2) takes no NUL, and no lone surrogate, which
    YAML and JSON can write."""
    try:
        return b"\0" not in os.fsencode(text)
    except UnicodeEncodeError:
        return False
