"""Which part of the machine a submission gets to see: an allow-list, made of where programs live.

All of it read-only: the system's own directories; those of PATH and of toolchain variables, with
their installations; what the command line names; what interpreters look for beside a project; the
interpreters that the submission leads to, where they are installations. What a submission writes
about itself (`grade.yaml`, links, `pyvenv.cfg`) adds nothing else. What is hidden goes last.
"""

from __future__ import annotations

import contextlib
import os
import re
import stat
from pathlib import Path
from typing import TYPE_CHECKING, Final

from grader.isolation import installations
from grader.isolation.installations import beginnings, lies_in, links, real_path
from grader.value import Value

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from grader.isolation.level import Needs

SYSTEM: Final = (
    "/usr", "/bin", "/sbin", "/lib", "/lib32", "/lib64", "/libx32", "/etc", "/opt", "/nix", "/gnu",
    "/var/lib/gems", "/sys/devices/system/cpu",
)  # fmt: skip
_PUBLIC: Final = frozenset(map(Path, (*SYSTEM, "/", "/usr/local", "/tmp")))
"""Directories of everybody: what lies beside a submission there is no other one."""

_SECRETS: Final = (
    "/etc/shadow", "/etc/shadow-", "/etc/gshadow", "/etc/gshadow-", "/etc/sudoers",
    "/etc/sudoers.d", "/etc/ssh", "/etc/ssl/private", "/etc/krb5.keytab", "/etc/docker",
    "/etc/kubernetes", "/etc/NetworkManager",
)  # fmt: skip
_SETTINGS: Final = "/etc"
_MOST_SETTINGS: Final = 20_000
_MOST_FOLDERS: Final = 2_000
_OF_CARGO: Final = ("credentials", "credentials.toml", "git-credentials")
_MARKS: Final = ("lib", "lib64", "libexec", "pkg", "pyvenv.cfg", "registry", "conf", "tools")
"""What lies beside the `bin` of an installation that is to be shown whole."""

_PARTS: Final = ("lib", "lib64", "libexec", "include")
"""What is shown of one that holds other things as well, such as ~/.local."""

_NOT_A_FOLDER: Final = "package.json"
BESIDE: Final = ("node_modules", _NOT_A_FOLDER, ".venv", "venv")
"""What interpreters look for in the directories above a program."""

_OF_A_VENV: Final = frozenset([
    *installations.PARTS, installations.VENV, "share", "etc", "man", ".gitignore", ".lock",
    "CACHEDIR.TAG",
])  # fmt: skip


class Shown(Value, frozen=True):
    """What there is to be seen, by real path: `places` can be read, and in them `hidden` cannot,
    nor what is in it."""

    places: tuple[Path, ...]
    hidden: tuple[Path, ...]


def shown(needs: Needs, directory: Path, home: Path) -> Shown:
    """What a program in `directory` gets to see besides that directory itself; `home` is the real
    home directory."""
    keep = _Private(directory, home)
    named = [*_of_environment(needs, keep), *_of_command(needs.command, keep)]
    named += [
        path
        for place in named
        if (base := installations.home_of(place))
        for path in _installation(base, keep)
    ]
    named = [path for path in named if not keep.holds(path)]
    system = [Path(name) for name in SYSTEM if Path(name) != directory.parent]
    beside = list(_beside(needs, directory, keep))
    wanted = [*named, *beside, *led_to_by(needs, directory, home)]
    places = tuple(filter(_readable, dict.fromkeys([*system, *wanted])))
    real = {place: real_path(place) for place in places}
    visible, own = beginnings(real.values()), beginnings([directory])
    to_hide = [path for path in _to_hide(needs, directory, places) if lies_in(path, visible)]
    hidden = around(
        [path for path in to_hide if not lies_in(path, own)],
        [path for path in wanted if not lies_in(path, own)],
    )
    for place, really in real.items():
        if place != really:  # there the same can be seen under another name
            there = beginnings([really])
            hidden += [
                place / path.relative_to(really)
                for path in (*hidden, directory)
                if lies_in(path, there)
            ]
    return Shown(places, tuple(dict.fromkeys(path for path in hidden if os.path.lexists(path))))


def led_to_by(needs: Needs, directory: Path, home: Path) -> list[Path]:
    """What is seen of the interpreters that the submission itself leads to: installations that are
    nobody's secret."""
    private = [
        *map(Path, _SECRETS),
        *(path for path in needs.hidden if not directory.is_relative_to(path)),
    ]

    def is_private(prefix: Path) -> bool:
        inside = any(prefix.is_relative_to(path) for path in (directory, *private))
        return (
            inside
            or _Private(directory, home).holds(prefix)
            or _is_a_neighbours(prefix, directory, home)
        )

    found = installations.places_of(_led_to(needs, directory, home), is_private)
    return [path for path in found if _readable(path) and not path.is_relative_to(directory)]


def around(paths: Iterable[Path], kept: Iterable[Path]) -> list[Path]:
    """All of these places but what is kept: each itself when nothing in it is, else what lies
    beside that in it."""
    kept = frozenset(kept)
    above = frozenset(parent for place in kept for parent in place.parents)
    found, waiting = list[Path](), [*paths]
    while waiting:
        path = waiting.pop()
        if path in above:
            waiting += [entry for entry in entries_of(path) if entry not in kept]
        else:
            found.append(path)
    return found


class _Private(Value, frozen=True):
    """What must not come along whole: the home directory, what lies beside the submission, /."""

    directory: Path
    home: Path

    def holds(self, path: Path) -> bool:
        return (
            any(private.is_relative_to(path) for private in (self.directory, self.home))
            or path == path.parent
        )

    def is_broad(self, path: Path) -> bool:
        return self.holds(path) or path == self.home / ".local"


def _of_environment(needs: Needs, keep: _Private) -> Iterator[Path]:
    for name, value in needs.environment.items():
        for piece in value.split(os.pathsep) if name not in ("HOME", "TMPDIR") else ():
            if piece.startswith("/") and os.path.isdir(piece):
                if name == "PATH":
                    yield from _installation(Path(piece), keep)
                else:
                    yield Path(piece)


def _installation(directory: Path, keep: _Private) -> Iterator[Path]:
    """A directory of programs, as it is named and where it really is, and what these programs
    belong to."""
    for place in dict.fromkeys((directory, real_path(directory))):
        if keep.holds(place):
            continue
        yield place
        if place.name not in ("bin", "sbin", "shims"):
            continue
        if keep.is_broad(place.parent):
            yield from (place.parent / part for part in _PARTS)
        elif place.name == "shims" or any(os.path.exists(place.parent / mark) for mark in _MARKS):
            yield place.parent


def _of_command(command: Iterable[str], keep: _Private) -> Iterator[Path]:
    """What the words of the user's command name: each program with its installation, each file with
    its directory.

    Not what lies in the submission: the learner may have made a link of it.
    """
    for index, word in enumerate(command):
        for piece in [word] if index == 0 else re.split("[:=]", word):
            if not piece.startswith("/") or not os.path.lexists(piece):
                continue
            for hop in links(Path(os.path.normpath(piece))):
                if hop.is_relative_to(keep.directory):
                    break
                if os.path.isdir(hop):
                    yield hop
                elif index == 0:
                    yield from _installation(hop.parent, keep)
                    yield hop
                elif keep.holds(hop.parent):
                    yield hop
                else:
                    yield hop.parent


def _led_to(needs: Needs, directory: Path, home: Path) -> Iterator[Path]:
    """The interpreters of the submission's first line, and of the virtual environments in it and
    beside it."""
    yield from map(Path, needs.interpreters)
    yield from (
        path for word in needs.command[:1] if (path := Path(word)).is_relative_to(directory)
    )
    beside = _beside(needs, directory, _Private(directory, home))
    own = (needs.directory if needs.known_as else None) or directory
    for place in (own, *filter(os.path.isdir, entries_of(own)[:_MOST_FOLDERS]), *beside):
        yield from installations.interpreters_of(place)
        if os.path.isfile(place / installations.VENV):
            yield place / "bin" / "python3"


def _is_a_neighbours(prefix: Path, directory: Path, home: Path) -> bool:
    """Whether it may belong to another submission: it lies in something beside this one, that is
    not the user's home.

    A virtual environment that itself lies beside the submission is nobody's, when it is nothing
    else.
    """
    around_it = directory.parent
    if (
        around_it in _PUBLIC
        or not prefix.is_relative_to(around_it)
        or home.is_relative_to(around_it)
    ):
        return False
    return (
        prefix.parent != around_it or not {path.name for path in entries_of(prefix)} <= _OF_A_VENV
    )


def _beside(needs: Needs, directory: Path, keep: _Private) -> Iterator[Path]:
    """What interpreters look for above the program; of a file that is alone in its directory, also
    in that. A link is not followed: a learner may have put it there."""
    for above in (*([directory] if needs.alone else []), *_above(directory, keep)):
        for name in BESIDE:
            path = above / name
            is_there = os.path.isfile(path) if name == _NOT_A_FOLDER else os.path.isdir(path)
            if is_there and not os.path.islink(path):
                yield path


def _above(directory: Path, keep: _Private) -> Iterator[Path]:
    for above in directory.parents:
        if above in (keep.home, Path("/"), Path("/tmp")):
            return
        yield above


def _to_hide(needs: Needs, directory: Path, places: Iterable[Path]) -> Iterator[Path]:
    """What nobody is to see: secrets, keys, what the grader hides, and others' submissions."""
    yield from (real_path(Path(name)) for name in _SECRETS)
    yield from _closed_settings()
    yield from (path / name for path in places for name in _OF_CARGO)
    yield from (path for path in (*needs.hidden, directory.parent) if path not in _PUBLIC)


def _closed_settings() -> Iterator[Path]:
    """What in /etc is closed to others and open to us: root without capabilities could read it."""
    waiting, left = [_SETTINGS], _MOST_SETTINGS
    while waiting and left > 0:
        with contextlib.suppress(OSError), os.scandir(waiting.pop()) as found:
            for entry in found:
                left -= 1
                mode = entry.stat(follow_symlinks=False).st_mode
                if not mode & stat.S_IROTH or (stat.S_ISDIR(mode) and not mode & stat.S_IXOTH):
                    yield from [Path(entry.path)] if os.access(entry.path, os.R_OK) else []
                elif stat.S_ISDIR(mode):
                    waiting.append(entry.path)


def _readable(path: Path) -> bool:
    return os.path.exists(path) and os.access(path, os.R_OK)


def real_home() -> Path:
    """The user's home directory, wherever it really is; one that is not there for a user without a
    name, as in some containers."""
    try:
        return real_path(Path.home())
    except RuntimeError:
        return Path("/nonexistent")


def entries_of(directory: Path) -> list[Path]:
    """What lies in a directory, by name; nothing where we may not look."""
    try:
        return sorted(directory.iterdir())
    except OSError:
        return []
