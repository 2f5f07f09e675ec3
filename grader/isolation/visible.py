"""Which part of the machine a submission gets to see: an allow-list, made of where programs live.

The system's own directories; the directories of PATH and of toolchain variables, with the installations that they
belong to; what the submission's command names; and what interpreters look for beside a project. All of it read-only.
"""

from __future__ import annotations

import contextlib
import os
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from grader.isolation.rung import Needs

SYSTEM: Final = (
    "/usr", "/bin", "/sbin", "/lib", "/lib32", "/lib64", "/libx32", "/etc", "/opt", "/nix", "/gnu",
    "/var/lib/gems", "/sys/devices/system/cpu",
)  # fmt: skip
_SECRETS: Final = (
    "/etc/shadow", "/etc/shadow-", "/etc/gshadow", "/etc/gshadow-", "/etc/sudoers", "/etc/sudoers.d", "/etc/ssh",
    "/etc/ssl/private", "/etc/krb5.keytab", "/etc/docker", "/etc/kubernetes", "/etc/NetworkManager",
)  # fmt: skip
_OF_CARGO: Final = ("credentials", "credentials.toml", "git-credentials")
_MARKS: Final = ("lib", "lib64", "libexec", "pkg", "pyvenv.cfg", "registry", "conf", "tools")
"""What lies beside the `bin` of an installation that is to be shown whole."""

_PARTS: Final = ("lib", "lib64", "libexec", "include")
"""What is shown of one that holds other things as well, such as ~/.local."""

_BESIDE: Final = ("node_modules", "package.json", ".venv", "venv")
"""What interpreters look for in the directories above a program."""

_VENV: Final = "pyvenv.cfg"
_MOST_LINKS: Final = 40


@dataclass(frozen=True, slots=True)
class Shown:
    """What there is to be seen, by real path: `places` can be read, and in them `hidden` cannot."""

    places: tuple[Path, ...]
    hidden: tuple[Path, ...]


def shown(needs: Needs, directory: Path, home: Path) -> Shown:
    """What a program in `directory` gets to see besides that directory itself; `home` is the real home directory."""
    keep = _Private(directory, home)
    wanted = [Path(name) for name in SYSTEM if Path(name) != directory.parent]
    wanted += [path for path in _of_environment(needs, keep) if not keep.holds(path)]
    wanted += [path for path in _of_command(needs.command, keep) if not keep.holds(path)]
    wanted += (beside := [above / name for above in _above(directory, keep) for name in _BESIDE])
    wanted += [path for venv in _venvs(directory, (*wanted, *beside)) for path in _installation(venv, keep)]
    places = tuple(dict.fromkeys(path for path in wanted if os.path.exists(path) and os.access(path, os.R_OK)))
    hidden = [*map(Path, _SECRETS), *(path / name for path in places for name in _OF_CARGO)]
    hidden += [path for path in needs.hidden if not directory.is_relative_to(path)]
    if directory.parent not in map(Path, (*SYSTEM, "/usr/local")):
        hidden.append(directory.parent)  # the submissions of others; it is hidden only where it could be seen
    if home.is_relative_to(directory):
        hidden += [path for path in _entries(home) if path.name.startswith(".")]
    return Shown(places, tuple(dict.fromkeys(path for path in hidden if os.path.lexists(path))))


@dataclass(frozen=True, slots=True)
class _Private:
    """What must not come along whole: the home directory, what lies beside the submission, the root of everything."""

    directory: Path
    home: Path

    def holds(self, path: Path) -> bool:
        return any(private.is_relative_to(path) for private in (self.directory, self.home)) or path == path.parent

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
    """A directory of programs, as it is named and where it really is, and what these programs belong to."""
    for place in dict.fromkeys((directory, directory.resolve())):
        if keep.holds(place):
            continue
        yield place
        if place.name not in ("bin", "sbin", "shims"):
            continue
        if keep.is_broad(place.parent):
            yield from (place.parent / part for part in _PARTS)
        elif place.name == "shims" or any((place.parent / mark).exists() for mark in _MARKS):
            yield place.parent


def _of_command(command: Iterable[str], keep: _Private) -> Iterator[Path]:
    """What the words of a command name: each program with its installation, each file with its directory."""
    for index, word in enumerate(command):
        for piece in [word] if index == 0 else re.split("[:=]", word):
            if not piece.startswith("/") or not os.path.lexists(piece):
                continue
            for hop in _links(Path(piece)):
                if hop.is_dir():
                    yield hop
                elif index == 0:
                    yield from _installation(hop.parent, keep)
                    yield hop
                elif keep.holds(hop.parent):
                    yield hop
                else:
                    yield hop.parent


def _venvs(directory: Path, places: Iterable[Path]) -> Iterator[Path]:
    """Where the interpreters are that Python's virtual environments stand upon, those in the submission included."""
    inner = (path for path in _entries(directory) if path.is_dir())
    for place in dict.fromkeys((directory, *inner, *places)):
        with contextlib.suppress(OSError):
            found = re.search(r"^home\s*=\s*(/.*?)\s*$", (place / _VENV).read_text(errors="replace"), re.MULTILINE)
            if found and os.path.isdir(found[1]):
                yield Path(found[1])


def _links(path: Path) -> Iterator[Path]:
    """A path, and what it points to, one symlink after the other."""
    for _ in range(_MOST_LINKS):
        yield path
        if not path.is_symlink():
            return
        path = Path(os.path.normpath(path.parent / os.readlink(path)))


def _above(directory: Path, keep: _Private) -> Iterator[Path]:
    for above in directory.parents:
        if above in (keep.home, Path("/"), Path("/tmp")):
            return
        yield above


def real_home() -> Path:
    """The user's home directory; one that is not there for a user without a name, as in some containers."""
    try:
        return Path.home()
    except RuntimeError:
        return Path("/nonexistent")


def _entries(directory: Path) -> list[Path]:
    try:
        return sorted(directory.iterdir())
    except OSError:
        return []
