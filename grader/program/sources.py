"""The submission's own files, as the learner knows them: which a path of the running program names,
and their lines."""

from __future__ import annotations

import contextlib
import os
import re
from pathlib import Path
from typing import TYPE_CHECKING, Final

from grader.diagnosis import SourceLine
from grader.isolation.left_out import NAMES
from grader.program.background import SUFFIXES, background_line
from grader.system.untrusted_files import descended, open_file, open_trusted
from grader.text.escape import printable

if TYPE_CHECKING:
    from collections.abc import Iterable

_MOST_BYTES: Final = 1 << 20
_MOST_FILES: Final = 40
_OF_OTHERS: Final = frozenset(["site-packages", "dist-packages", "node_modules"])

_QUOTED: Final = re.compile(r"""'([^'\n]{1,255})'|(?<!File )"([^"\n]{1,255})"|-- (\S{1,255})""")

Step = tuple[str, int, str]
"""A file as the program names it, a line from 1, and a function."""


class Sources:
    """original: the directory that the learner wrote. running: where the program sees it. alone:
    the file that is all it sees of it. hidden: what it does not see. known_as: where the learner's
    directory is, if `original` is a copy of it. What is read is bounded,
    inside of the directory, and a regular file; no symlink is followed. The program says what is
    read, so it is nothing that it does not see itself."""

    def __init__(
        self,
        original: Path,
        running: Path,
        alone: str = "",
        hidden: Iterable[Path] = (),
        known_as: Path | None = None,
    ) -> None:
        self._original = original
        self._known_as = known_as or original
        self._running = running
        self._alone = alone
        self._hidden = tuple(path for path in hidden if original in path.parents)

    @property
    def directories(self) -> frozenset[Path]:
        """The submission's directory, by each of its names."""
        return frozenset((self._original, self._known_as, self._running))

    def innermost(self, steps: Iterable[Step]) -> SourceLine | None:
        """The first of these steps, innermost first, that is in the submission's own files."""
        for path, line, function in steps:
            if (relative := self._relative(path)) is not None:
                return SourceLine(relative, line, _named(function), self._line(relative, line))
        return None

    def definition(self, place: SourceLine) -> SourceLine:
        """Where the function of this place begins; the place itself when that is unknown."""
        begins = re.compile(rf"\s*(?:async\s+)?def\s+{re.escape(place.function)}\b")
        lines = self._lines(place.path)[: place.line] if place.function else []
        for number in range(len(lines), 0, -1):
            if begins.match(lines[number - 1]):
                return SourceLine(place.path, number, place.function, lines[number - 1])
        return place

    def background(self) -> SourceLine | None:
        """The first line that puts the program into the background."""
        for relative in self._files():
            lines = self._lines(relative)
            number = background_line("\n".join(lines), os.path.splitext(relative)[1])
            if number is not None:
                return SourceLine(relative, number, "", lines[number - 1])
        return None

    def _files(self) -> list[str]:
        """Source files at the top and in src, if they are not too many."""
        found = [self._alone] if self._alone else []
        for folder in () if self._alone else ("", "src"):
            with contextlib.suppress(OSError):
                found += [os.path.join(folder, it) for it in os.listdir(self._original / folder)]
        named = (it for it in sorted(found) if it.endswith(SUFFIXES))
        return [it for it in named if self._relative(it) is not None][:_MOST_FILES]

    def missed(self, output: str) -> str:
        """A file or folder beside the program that it seems to look for and does not see; empty
        when there is none."""
        if not self._alone:
            return ""
        quoted = {_first_part(path) for found in _QUOTED.findall(output) for path in found if path}
        quoted -= {_first_part(self._alone)}
        words = {*output.replace("'", " ").replace('"', " ").split()}
        with contextlib.suppress(OSError):
            for name in sorted({*os.listdir(self._known_as)} - {self._alone}):
                if _first_part(name) in quoted or ("." in name and name in words):
                    return printable(name)
        return ""

    def _relative(self, path: str) -> str | None:
        """The path inside the submission's directory; `None` for a file of somebody else's. One
        that was compiled before names the original."""
        for known in (self._original, self._known_as):
            if Path(path).is_relative_to(known):
                path = str(self._running / Path(path).relative_to(known))
        inside = os.path.relpath(os.path.normpath(os.path.join(self._running, path)), self._running)
        parts = inside.split(os.sep)
        if (
            path.startswith("<")
            or parts[0] == os.pardir
            or _OF_OTHERS.intersection(parts)
            or "\0" in path
        ):
            return None
        if NAMES.intersection(parts) or (self._alone and inside != self._alone):
            return None
        return (
            None
            if any((self._original / inside).is_relative_to(place) for place in self._hidden)
            else inside
        )

    def _line(self, relative: str, number: int) -> str:
        lines = self._lines(relative)
        return lines[number - 1] if 0 < number <= len(lines) else ""

    def _lines(self, relative: str) -> list[str]:
        with contextlib.suppress(OSError, ValueError):
            return (
                _read(self._original, relative.split(os.sep))
                .decode("utf-8", "replace")
                .splitlines()
            )
        return []


def _first_part(path: str) -> str:
    """What a module and its file have in common: `./helper.js`, `helper.inner` and `helper.py` all
    begin so."""
    return os.path.basename(path).partition(".")[0]


def _named(function: str) -> str:
    """A function's own name; empty for the top level and for what has none."""
    return "" if function.startswith("<") else function


def _read(root: Path, parts: list[str]) -> bytes:
    """A regular file below `root`, at most 1 MiB of it, without symlinks. Raises OSError."""
    top = open_trusted(root)
    try:
        with descended(top, parts[:-1]) as folder, open(open_file(parts[-1], folder), "rb") as file:
            return file.read(_MOST_BYTES)
    finally:
        os.close(top)
