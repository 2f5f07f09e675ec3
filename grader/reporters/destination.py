"""Owns where a report goes: proved writable before grading, written whole or not at all."""

from __future__ import annotations

import errno
import os
import shutil
import stat
import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from grader.errors import GraderError, UsageError, lack
from grader.text import workflow_commands
from grader.text.escape import no_command, printable
from grader.text.nearest import did_you_mean
from grader.value import Value

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator


class Destination(Value, frozen=True):
    """A file, or standard output where `path` is None."""

    path: Path | None = None

    def __str__(self) -> str:
        return "standard output" if self.path is None else printable(str(self.path))

    @property
    def target(self) -> Path | None:
        """The file itself, behind whatever links lead to it; one target, one report."""
        return None if self.path is None else Path(os.path.realpath(self.path))

    def prove_writable(self) -> None:
        """Raise UsageError if a report could not be written here. What is there now stays."""
        if self.target is None:
            return
        try:
            if _is_replaceable(self.target):
                _draft(self.target).unlink()
        except OSError as error:
            raise UsageError(
                f"cannot write a report to {self}: {_why(self.target, error)}"
            ) from error

    def write(self, text: str, *, commands: bool = False) -> None:
        """Write the whole report. A file is replaced in one step, so that nobody ever reads half a
        report. commands: its lines are commands to a CI, and not only look so."""
        with self._explained():
            if self.target is None:
                _write_out(text, commands=commands)
            else:
                _put(self.target, lambda path: _fill(path, text))

    def write_bytes(self, data: bytes) -> None:
        """Write them to a file, as `write` does, and nothing else: not even a line end."""
        assert self.target is not None, "standard output takes text"
        with self._explained():
            _put(self.target, lambda path: _fill_bytes(path, data))

    def take(self, written: Path) -> None:
        """Write the report that lies in the file `written`, as `write` would; a file never passes
        through memory."""
        with self._explained():
            if self.target is None:
                _write_out(written.read_text(encoding="utf-8"))
            else:
                _put(self.target, lambda path: _copy(written, path))

    @contextmanager
    def _explained(self) -> Iterator[None]:
        try:
            yield
        except BrokenPipeError:
            raise
        except OSError as error:
            why = _why(self.target, error) if self.target else error.strerror
            if error.errno in (errno.EMFILE, errno.ENFILE):  # that is ours, and not of this place
                why = lack(error)
            raise GraderError(f"cannot write the report to {self}: {why}") from error


def parse_destination(
    spec: str, formats: Iterable[str], of: str = "", what: str = "report"
) -> tuple[str, Destination]:
    """Read the `FORMAT` or `FORMAT:PATH` of a `--report`: the format, and where it goes; without a
    path, or with `-`, to standard output. of: whose formats they are, as in " of a bench". what:
    what the option is called. Raises `UsageError`."""
    name, colon, path = spec.partition(":")
    if name not in formats:
        known = did_you_mean(name, formats) or f"; there are: {', '.join(formats)}"
        raise UsageError(f"there is no {what} format '{printable(name)}'{of}{known}")
    if colon and not path:
        raise UsageError(f"--{what} {name}: needs a path after the colon ('-' is standard output)")
    return name, Destination(None if path in ("", "-") else Path(path))


def require_different(destinations: Iterable[Destination]) -> None:
    """Raise `UsageError` for two reports that would overwrite each other."""
    taken: set[Path | None] = set()
    for destination in destinations:
        if destination.target in taken:
            raise UsageError(f"two reports cannot both go to {destination}")
        taken.add(destination.target)


def _is_replaceable(target: Path) -> bool:
    """Whether a new file may take the place of `target`: else it is written into."""
    if target.is_dir():
        raise IsADirectoryError
    if target.exists() and not os.access(target, os.W_OK):
        raise PermissionError
    return target.is_file() or not target.exists()


def _put(target: Path, fill: Callable[[Path], None]) -> None:
    if _is_replaceable(target):
        _replace(target, fill)
    else:
        fill(target)


def _replace(target: Path, fill: Callable[[Path], None]) -> None:
    draft = _draft(target)
    try:
        fill(draft)
        if target.exists():
            draft.chmod(stat.S_IMODE(target.stat().st_mode))
        draft.replace(target)
    finally:
        draft.unlink(missing_ok=True)


def _draft(target: Path) -> Path:
    """Create an empty file beside `target`, under a name nothing else uses."""
    draft = target.parent / f".report-{os.urandom(8).hex()}.tmp"
    draft.touch(exist_ok=False)
    return draft


def _fill(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8", errors="backslashreplace", newline="\n")


def _fill_bytes(path: Path, data: bytes) -> None:
    path.write_bytes(data)


def _copy(written: Path, path: Path) -> None:
    with open(written, "rb") as source, open(path, "wb") as sink:
        shutil.copyfileobj(source, sink)


def _write_out(text: str, *, commands: bool = False) -> None:
    encoding = sys.stdout.encoding or "utf-8"
    safe = _heard(text) if commands else "\n".join(map(no_command, text.split("\n")))
    sys.stdout.write(safe.encode(encoding, "backslashreplace").decode(encoding))
    sys.stdout.flush()


def _heard(commands: str) -> str:
    """Where no command is heard, these are."""
    if not workflow_commands.is_github(os.environ):
        return commands
    return f"{workflow_commands.start()}{commands}{workflow_commands.stop()}"


def _why(target: Path, error: OSError) -> str:
    """The reason in words, about the path asked for: the error may name the draft."""
    parent = printable(str(target.parent))
    reasons: dict[type[OSError], str] = {
        FileNotFoundError: f"there is no directory {parent}",
        NotADirectoryError: f"{parent} is not a directory",
        IsADirectoryError: "it is a directory",
        PermissionError: "permission denied",
    }
    return reasons.get(type(error)) or error.strerror or "it is not possible"
