"""Writes what an archive says is in it, into one directory and nowhere else."""

from __future__ import annotations

import os
from enum import Enum, auto
from typing import IO, TYPE_CHECKING, Final, Self

from grader.errors import NotGraded
from grader.intake.walk import is_junk
from grader.system.untrusted_files import (
    descended,
    make_directory,
    open_file,
    open_new,
    open_trusted,
)
from grader.value import Value

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from grader.intake.bounds import Bounds

_PIECE: Final = 1 << 16
_LONGEST_SAID: Final = 100
_ENVIRONMENTS: Final = frozenset([".venv", "venv", "env", ".env", "virtualenv"])


class Kind(Enum):
    """What a member is. SAME: another name of a file before it (a hard link)."""

    FILE = auto()
    DIRECTORY = auto()
    LINK = auto()
    SAME = auto()
    OTHER = auto()


class Member(Value, frozen=True):
    """name: with `/`. link: where a link leads. runs: whether its owner may run it. content: opens
    that of a file."""

    name: str
    kind: Kind
    link: str = ""
    runs: bool = False
    content: Callable[[], IO[bytes]] | None = None

    @property
    def parts(self) -> list[str]:
        """The steps of its name."""
        return [part for part in self.name.split("/") if part not in ("", ".")]

    @property
    def is_in_an_environment(self) -> bool:
        """Whether it is part of a virtual environment. Its links lead to somebody's Python, which
        is not here."""
        return not _ENVIRONMENTS.isdisjoint(self.parts)

    def require_plain(self) -> None:
        """Raises `NotGraded` for a name or link that leads out of the archive, and for a device."""
        drive = self.name[1:3] in (":\\", ":/")
        if self.name.startswith(("/", "\\")) or drive or os.pardir in self.parts:
            raise NotGraded(f"holds a file called {short(self.name)}, which leads out of it")
        if "\0" in self.name + self.link:
            raise NotGraded("holds a name with a NUL in it")
        if self.kind is Kind.OTHER:
            raise NotGraded(f"holds {short(self.name)}, which is a device, a pipe or a socket")
        if self.kind is Kind.LINK and not self.is_in_an_environment and self.points_outside():
            raise self.leads_out()

    def leads_out(self) -> NotGraded:
        """What is said of a link that does."""
        return NotGraded(
            f"holds a link {short(self.name)} to {short(self.link)}, which leads out of it"
        )

    def points_outside(self) -> bool:
        """Whether a link leads out, as far as the names say."""
        place = os.path.join(*self.parts[:-1], self.link) if self.parts else self.link
        return self.link.startswith("/") or os.path.normpath(place).split("/")[0] == os.pardir


class Unpacked:
    """The directory that members are written to, within bounds. Links are made at the end: so
    nothing is ever written through one."""

    def __init__(self, directory: Path, bounds: Bounds) -> None:
        self._directory = directory
        self._bounds = bounds
        self._size, self._names = bounds.size, bounds.names
        self._links: list[Member] = []
        self._top = open_trusted(directory)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        os.close(self._top)

    def take(self, member: Member) -> None:
        """Write it. Raises `NotGraded`, with the end of a sentence, and OSError."""
        member.require_plain()
        parts = member.parts
        self._names -= 1
        length = len(os.fsencode("/".join([*parts, member.link])))
        if self._names < 0 or len(parts) > self._bounds.depth or length > self._bounds.path:
            raise self._bounds.refusal()
        if any(map(is_junk, parts)) or not parts:
            return
        if member.kind is Kind.LINK:
            self._links.append(member)
            return
        try:
            self._write(member, parts)
        except FileExistsError as error:
            raise NotGraded(f"holds two files called {short(member.name)}") from error
        except NotADirectoryError as error:
            raise NotGraded(f"holds {short(member.name)} as a file and as a directory") from error

    def link(self) -> None:
        """Make the links, now that all else is there. Raises `NotGraded` for one that leads out."""
        made = []
        for link in self._links:
            *folders, name = link.parts
            if link.points_outside():  # of a virtual environment
                continue
            with descended(self._top, folders, make_directory) as folder:
                try:
                    os.symlink(link.link, name, dir_fd=folder)
                except FileExistsError as error:
                    raise NotGraded(f"holds two files called {short(link.name)}") from error
            made.append(link)
        top = os.path.realpath(self._directory)
        for link in made:  # one link may lead through others
            real = os.path.realpath(os.path.join(top, *link.parts))
            if real != top and not real.startswith(f"{top}/"):
                raise link.leads_out()

    def _write(self, member: Member, parts: list[str]) -> None:
        if member.kind is Kind.DIRECTORY:
            with descended(self._top, parts, make_directory):
                return
        with descended(self._top, parts[:-1], make_directory) as folder:
            same = member.kind is Kind.SAME
            opened = self._same(member) if same else member.content and member.content()
            assert opened is not None
            with opened as content:
                self._copied(content, open_new(parts[-1], folder), runs=member.runs)

    def _same(self, member: Member) -> IO[bytes]:
        """The file that a hard link is another name of: one that is there already."""
        source = Member(member.link, Kind.FILE)
        source.require_plain()
        with descended(self._top, source.parts[:-1]) as place:
            return open(open_file(source.parts[-1], place), "rb")

    def _copied(self, content: IO[bytes], descriptor: int, *, runs: bool) -> None:
        with open(descriptor, "wb") as stream:
            while piece := content.read(_PIECE):
                self._size -= len(piece)
                if self._size < 0:
                    raise self._bounds.refusal()
                stream.write(piece)
            os.fchmod(descriptor, 0o755 if runs else 0o644)


def short(name: str) -> str:
    """The name as far as a sentence has room for it."""
    return name if len(name) <= _LONGEST_SAID else f"{name[:_LONGEST_SAID]}..."
