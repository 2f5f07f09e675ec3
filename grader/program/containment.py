"""Whether what is graded lies where it is named: a link could make a neighbour's program pass for
the learner's own.

Of a hard link nobody can tell whose it is.
"""

from __future__ import annotations

import contextlib
import os
from pathlib import Path
from typing import Final

from grader.errors import UsageError
from grader.isolation.allow_list import SYSTEM
from grader.isolation.installations import is_interpreter

_MOST_STEPS: Final = 100


def require_no_way_out(path: str) -> None:
    """Raises `UsageError` when a link on the way that a path names leads out of the directory that
    the link lies in.

    The way begins where the user is, or at home: how these are reached is the user's own affair.
    """
    at, parts = _beginning(path)
    for part in parts[:_MOST_STEPS]:
        place = at / part
        real = Path(os.path.realpath(place))
        if part != os.pardir and place.is_symlink() and not real.is_relative_to(at):
            raise UsageError(
                f"{path}: the link {place} leads to {real}, outside its directory; name that path"
                " instead"
            )
        at = real


def is_reached_by_a_link(path: str, base: str) -> bool:
    """Whether what a path names is not where its name says, seen from a directory above it."""
    inside = os.path.relpath(os.path.abspath(path), base)
    return os.path.realpath(path) != os.path.normpath(os.path.join(os.path.realpath(base), inside))


def require_inside(name: str, file: Path, directory: Path) -> None:
    """Raises `UsageError` when a program in a submission is a link to one outside."""
    real = Path(os.path.realpath(file))
    if not real.is_relative_to(directory):
        raise UsageError(f"{name} leads to {real}, outside the submission")


def require_no_others(
    name: str, words: tuple[str, ...], directory: Path, known_as: Path | None = None
) -> None:
    """Raises `UsageError` when a word of a command names a file of others: neither the
    submission's own, nor one of the system or of PATH, nor an interpreter.

    known_as: the directory that the words mean, if `directory` is a copy of it.
    """
    for word in words:
        place = Path(os.path.normpath((known_as or directory) / word))
        if known_as is not None and place.is_relative_to(known_as):
            place = directory / place.relative_to(known_as)
        real = Path(os.path.realpath(place))
        own = place.is_relative_to(directory)
        if real.is_relative_to(directory) or not (
            os.path.exists(real) if own else os.path.isfile(real)
        ):
            continue
        if not (is_interpreter(real) or _is_installed(real) or (not own and _is_installed(place))):
            where = "" if word == str(real) else f"is {real} and "
            raise UsageError(f"{name} names {word}, which {where}is outside the submission")


def _is_installed(path: Path) -> bool:
    on_path = filter(os.path.isabs, os.environ.get("PATH", "").split(os.pathsep))
    return any(path.is_relative_to(place) for place in (*SYSTEM, *on_path))


def _beginning(path: str) -> tuple[Path, tuple[str, ...]]:
    """Where the way begins, by its real path, and the steps from there."""
    named = Path(path)
    if not named.is_absolute():
        return Path.cwd(), named.parts
    base = Path("/")
    for known in (Path.cwd, Path.home):
        with contextlib.suppress(OSError, RuntimeError):
            base = max(
                base,
                known(),
                key=lambda place: len(place.parts) if named.is_relative_to(place) else 0,
            )
    return base.resolve(), named.parts[len(base.parts) :]
