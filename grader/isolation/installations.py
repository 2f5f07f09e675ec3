"""Which interpreters a submission may lead to: installations, and nothing that only pretends to be
one.

A virtual environment names its interpreter in `pyvenv.cfg` (PEP 405), a script in its first line.
The learner writes both, so what they name is shown only where it is built like an installation, and
then the parts of one alone.
"""

from __future__ import annotations

import contextlib
import os
import re
from collections import deque
from pathlib import Path
from typing import TYPE_CHECKING, Final

from grader.system.untrusted_files import read_small

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

VENV: Final = "pyvenv.cfg"
PARTS: Final = ("bin", "lib", "lib64", "libexec", "include")
"""What is shown of an installation."""

_KINDS: Final = (
    ("python3*", "lib/python3*/os.py"), ("pypy3*", "lib/pypy3*/os.py"),
    ("node", "lib/node_modules"), ("ruby", "lib/ruby"), ("perl", "lib/perl5"),
)  # fmt: skip
"""What an installation has in `bin`, and what belongs to it."""

_OF_VENV: Final = "lib/python3*/site-packages"
_NAMES: Final = ("python3", "python")
_MOST_LINKS: Final = 40
_MOST_LED_TO: Final = 200


def places_of(interpreters: Iterable[Path], is_private: Callable[[Path], bool]) -> Iterator[Path]:
    """What is to be seen of the installations that these programs lead to, link by link, and from a
    virtual environment to the one that it stands upon. is_private: of a directory, by its real
    path."""
    waiting, known = deque(interpreters), set[Path]()
    while waiting and len(known) < _MOST_LED_TO:
        for hop in links(_plain(waiting.popleft())):
            prefix = hop.parent.parent
            if hop.parent.name != "bin" or prefix in known:
                continue
            known.add(prefix)
            if is_installation(prefix):
                if not is_private(real_path(prefix)):
                    yield from _parts(prefix)
                waiting.extend(interpreters_of(prefix))


def interpreters_of(place: Path) -> Iterator[Path]:
    """Where the interpreter may be that a virtual environment stands upon; nowhere when it is
    none."""
    if home := home_of(place):
        yield from (home / name for name in _NAMES)


def home_of(place: Path) -> Path | None:
    """The directory that the `pyvenv.cfg` of a virtual environment names; None when there is no
    such directory."""
    with contextlib.suppress(OSError):
        found = re.search(rb"^home\s*=\s*(/.*?)\s*$", read_small(place / VENV), re.MULTILINE)
        if found and b"\0" not in found[1] and os.path.isdir(home := os.fsdecode(found[1])):
            return Path(home)
    return None


def is_interpreter(program: Path) -> bool:
    """Whether a program, by its real path, is the interpreter of an installation."""
    return program.parent.name == "bin" and is_installation(program.parent.parent)


def is_installation(prefix: Path) -> bool:
    """Whether a directory holds an interpreter with what belongs to it, or a virtual
    environment."""
    with contextlib.suppress(OSError):
        kinds = [*_KINDS, *([("python3*", _OF_VENV)] if os.path.isfile(prefix / VENV) else [])]
        return any(
            _has(prefix, f"bin/{program}", runs=True) and _has(prefix, library)
            for program, library in kinds
        )
    return False


def links(path: Path) -> Iterator[Path]:
    """A path, and what it points to, one symlink after the other."""
    for _ in range(_MOST_LINKS):
        yield path
        if not os.path.islink(path):
            return
        path = Path(os.path.normpath(path.parent / os.readlink(path)))


def _plain(path: Path) -> Path:
    """The path without `..`, which would lead out of where the view is built."""
    return real_path(path) if ".." in path.parts else path


def real_path(path: Path) -> Path:
    """Where a path really leads; as it is where links lead round in a circle."""
    return Path(os.path.realpath(path))


def beginnings(places: Iterable[Path]) -> tuple[str, ...]:
    """How the paths begin of what lies in one of these places. There are hundreds of both, and
    comparing paths part by part took longer than the launch itself."""
    return tuple(os.path.join(place, "") for place in places)


def lies_in(path: Path, beginnings: tuple[str, ...]) -> bool:
    """Whether it is one of the places that these are the `beginnings` of, or lies in one."""
    return os.path.join(path, "").startswith(beginnings)


def _has(prefix: Path, pattern: str, *, runs: bool = False) -> bool:
    return any(
        not runs or (os.path.isfile(path) and os.access(path, os.X_OK))
        for path in prefix.glob(pattern)
    )


def _parts(prefix: Path) -> Iterator[Path]:
    """As it is named and where it really is; what its own links lead out of it is no part."""
    real = real_path(prefix)
    for part in (*PARTS, VENV):
        if real_path(real / part).is_relative_to(real):
            yield from dict.fromkeys((prefix / part, real / part))
