"""Files, connections and signals refused by Landlock, for where no namespaces may be made: Docker's
defaults, some distributions. The program runs in a copy of its directory, in the machine's own
network."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from grader.isolation import ruleset, seccomp
from grader.isolation.allow_list import around, entries_of, real_home, shown
from grader.isolation.installations import real_path
from grader.isolation.level import ALONE, UNBOUNDED, Needs
from grader.isolation.plain import Plain
from grader.isolation.scratch import OPEN, open_places, scratch_directories
from grader.isolation.try_in_child import nothing, reason

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

_DEVICES = ("null", "zero", "full", "random", "urandom", "tty")
_RIGHTS = "the program can change the access rights of your files, but not their content"
_TMP = "the program can read and change your files in /tmp, and its own files stay there"


class Landlock(Plain):
    """The program reads what it needs, writes what is its own, connects to nobody and signals
    nobody."""

    name = "landlock"
    contains = True
    refused = seccomp.PARTS
    weaknesses: tuple[str, ...] = (
        (
            "the program uses the machine's own network: it can use UDP, and Unix sockets in the"
            " file system"
        ),
        "the program can read the system's directories, and see which processes run",
        _TMP,
        "the program runs in a copy of its directory, at another path",
        "the disk space that the program uses is not limited",
        UNBOUNDED,
        ALONE,
    )

    def __init__(self, scratch: Path, needs: Needs | None = None) -> None:
        super().__init__(scratch, needs)
        self._seen: dict[Path, tuple[list[Path], list[Path]]] = {}
        # what lies there is ours, and a rule cannot tell it from the rest
        kept = open_places(below=scratch)
        self._open = [place for place in OPEN if place.exists() and place not in kept]
        if kept:
            self.weaknesses = tuple(loss for loss in self.weaknesses if loss != _TMP)
            self.weaknesses = (
                f"the program cannot use {kept[0]}: the grader's own files are there",
                *self.weaknesses,
            )
        have = ruleset.version()
        if have < ruleset.CONNECTIONS:
            self.weaknesses = (
                "the program can connect to other servers (the kernel is older than 6.7)",
                *self.weaknesses,
            )
        if have < ruleset.SIGNALS:
            self.weaknesses = (
                "the program can signal your other processes (the kernel is older than 6.12)",
                *self.weaknesses,
            )

    def missing(self, meanwhile: Callable[[], object] = nothing) -> str:
        if ruleset.version() < ruleset.FILES:
            return "the kernel has no Landlock (Linux 5.13)"
        super().missing()
        if self.user is None:
            self.weaknesses = (*self.weaknesses, _RIGHTS)
        return reason(lambda: ruleset.restrict([Path("/")], [], [self._scratch]), meanwhile)

    def _confinement(self, copy: Path, shared: Path | None) -> Callable[[], None]:
        plain = super()._confinement(copy, shared)
        original = self._needs.known_as or self._needs.directory or copy
        if original not in self._seen:
            seen = shown(self._needs, original, real_home())
            # The program has a copy: the original holds what is left out of that.
            hidden = [
                *seen.hidden,
                *around([original], seen.places),
                *scratch_directories(self._scratch.parent),
            ]
            self._seen[original] = _split(seen.places, hidden)
        readable, listable = self._seen[original]
        devices = [path for name in _DEVICES if (path := Path("/dev", name)).exists()]
        # Many a script compiles to /tmp, and a rule cannot tell new files from old ones.
        writable = [copy, self.home, *self._open, *devices, *([shared] if shared else [])]

        def confine() -> None:
            plain()
            terminal = [Path(os.ttyname(0))] if os.isatty(0) else []
            ruleset.restrict([*readable, Path("/proc")], listable, [*writable, *terminal])

        return confine


def _split(places: Iterable[Path], hidden: Iterable[Path]) -> tuple[list[Path], list[Path]]:
    """What may be read whole, and the directories of which only the names may be seen, for they
    hold something hidden: a rule of Landlock's cannot take back what another one gave."""
    readable, listable = list[Path](), list[Path]()
    for place in places:
        for path, whole in _around(place, tuple(hidden)):
            (readable if whole else listable).append(path)
    return readable, listable


def _around(place: Path, hidden: tuple[Path, ...]) -> Iterator[tuple[Path, bool]]:
    """Links in what is not read whole are left out: a rule for one would be a rule for what it
    points to."""
    real = real_path(place)
    if any(real.is_relative_to(path) for path in hidden):
        return
    inner = tuple(path for path in hidden if path.is_relative_to(real))
    yield place, not inner
    if inner:
        for path in entries_of(real):
            if not os.path.islink(path):
                yield from _around(path, inner)
