"""Options that somebody repeats, from `grade.toml` or `[tool.grade]` of `pyproject.toml` in the
current directory; the command line comes first.

Only what changes how much is graded and shown may stand there. What contains the program, what it
is started by, which course is used and what is written are not taken from a file that may have come
with a submission; nor is anything in CI, for a class, or by somebody who says --require-sandbox.
"""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from grader.errors import UsageError
from grader.jobs.options import OF_A_CLASS
from grader.progress.ci import is_ci
from grader.text.escape import printable
from grader.text.nearest import did_you_mean
from grader.value import Value

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

ALLOWED: Final = (
    "all", "fresh", "hint", "no-color", "port", "progress", "quiet", "strict", "timeout-scale",
    "track", "verbose",
)  # fmt: skip
_NOT_HERE: Final = frozenset(
    {
        "advice", "book", "check", "course", "hide", "jobs", "limit", "max-seconds", "no-book",
        "only", "points", "python", "regrade", "repeat", "report", "require-sandbox", "resume",
        "sandbox", "seed", "stage", "summary", "up-to", "without",
    }
)  # fmt: skip
_FILES: Final = (("grade.toml", ()), ("pyproject.toml", ("tool", "grade")))


class OptionsFile(Value, frozen=True):
    """The options of one file. text: all of it, by which lines are counted."""

    name: str
    text: str
    options: Mapping[str, object]

    def defaults(self, command: click.Command, ctx: click.Context) -> dict[str, Any]:
        """The values for those options that this command has, by the names of its parameters.
        Raises `UsageError`."""
        found: dict[str, Any] = {}
        for key, value in self.options.items():
            if key not in ALLOWED:
                raise self._wrong(key, _unknown(key))
            parameter = next((it for it in command.params if f"--{key}" in it.opts), None)
            if isinstance(parameter, click.Option) and parameter.name:
                found[parameter.name] = self._read(key, value, parameter, ctx)
        return found

    def _read(self, key: str, value: object, option: click.Option, ctx: click.Context) -> object:
        if option.is_flag or option.count:
            if not isinstance(value, bool):
                raise self._wrong(key, f"{key} is true or false")
            return int(value) if option.count else value
        if isinstance(value, bool) or not isinstance(value, str | int | float):
            raise self._wrong(key, f"{key} takes one value")
        try:
            read = option.type.convert(str(value), option, ctx)
            return (read,) if option.multiple else read
        except click.BadParameter as error:
            raise self._wrong(key, f"{key}: {error.message}") from error

    def _wrong(self, key: str, says: str) -> UsageError:
        match = re.search(rf"^[ \t]*[\"']?{re.escape(key)}[\"']?[ \t]*=", self.text, re.MULTILINE)
        line = f":{self.text.count(chr(10), 0, match.end()) + 1}" if match else ""
        return UsageError(f"{self.name}{line}: {printable(says)}")


def defaults_from_file(command: click.Command, ctx: click.Context) -> tuple[str, dict[str, Any]]:
    """What the file in this directory sets, in words, and by the names of this command's
    parameters; ("", {}) where it sets nothing. Raises `UsageError`."""
    found = None if is_ci(os.environ) else next(_present(), None)
    if found is None:
        return "", {}
    read = found.defaults(command, ctx)
    names = sorted(it.opts[-1].lstrip("-") for it in command.params if it.name in read)
    return f"{found.name} sets {', '.join(names)}", read


def is_of_a_teacher(given: Mapping[str, Any]) -> bool:
    """Whether these parameters grade a class, or somebody who is not trusted: what lies next to a
    submission is then no wish of the one who grades."""
    several = len(given.get("submissions") or ()) > 1
    return (
        several or bool(given.get("require_sandbox")) or any(given.get(name) for name in OF_A_CLASS)
    )


def _present() -> Iterator[OptionsFile]:
    for name, path in _FILES:
        if os.path.isfile(name):
            text, read = _parsed(name)
            for part in path:
                read = read.get(part, {}) if isinstance(read, dict) else {}
            if isinstance(read, dict) and read:
                yield OptionsFile(name, text, read)


def _parsed(name: str) -> tuple[str, Any]:
    # nearly nobody has such a file
    import tomllib

    from grader.system.untrusted_files import read_small

    text = ""
    try:
        text = read_small(Path(name)).decode("utf-8")
        return text, tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        at = re.search(r"line (\d+)", str(error))
        line = at[1] if at else len(text.splitlines())
        if name == "pyproject.toml" and "tool.grade" not in text:
            return text, {}
        raise UsageError(f"{name}:{line}: not valid TOML: {printable(str(error))}") from error
    except OSError as error:
        if name == "pyproject.toml":  # a link, or a long one: it is there for others
            return text, {}
        raise UsageError(f"{name} cannot be read: {error.strerror or error}") from error
    except (ValueError, RecursionError) as error:
        raise UsageError(f"{name} cannot be read: it is no plain text, or too long") from error


def _unknown(key: str) -> str:
    if key in _NOT_HERE:
        return f"{key} is not taken from a file: write --{key} on the command line"
    close = did_you_mean(key, ALLOWED) or f"; there are {', '.join(ALLOWED)}"
    return f"there is no option {key!r}{close}"
