"""What of its own directory a submission does not get to see: it is not there, neither empty nor
closed.

The repository, whose settings may hold the token that fetched it, and the record of the learner's
progress. An empty `.git` would be taken for a broken one: `go build` asks git about it. And
whatever the grader hides.
"""

from __future__ import annotations

import contextlib
import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Final

from grader.isolation.allow_list import BESIDE, entries_of
from grader.isolation.scratch import is_scratch_name

if TYPE_CHECKING:
    from grader.isolation.level import Needs

NAMES: Final = frozenset([".git", ".grade"])
_MOST_LOOKED_AT: Final = 20_000

Skip = Callable[["os.DirEntry[str]"], bool]


def left_out(needs: Needs, directory: Path, home: Path) -> tuple[Path, ...]:
    """The paths in the submission's directory that are not to be there. Looked for is in the outer
    directories first, and in no more than 20,000 files: a token lies at the root."""
    found = {*_hidden(needs, directory, home), *_named(directory)}
    return tuple(sorted(path for path in found if found.isdisjoint(path.parents)))


def skipped(
    needs: Needs, directory: Path, home: Path, scratch: Path, *, beside: Iterable[str] = BESIDE
) -> Skip:
    """Which entries a copy of the submission's directory is to lack; also the grader's own
    directories, and of a file that is alone, all that is neither that file nor what interpreters
    look for `beside` it, by name."""
    hidden = {str(scratch), *map(str, _hidden(needs, directory, home))}
    own = {str(directory / name) for name in (needs.alone, *beside)}

    def skip(entry: os.DirEntry[str]) -> bool:
        is_others = (
            needs.alone and os.path.dirname(entry.path) == str(directory) and entry.path not in own
        )
        runs = is_scratch_name(entry.name) and os.path.dirname(entry.path) == str(scratch.parent)
        return bool(is_others) or runs or entry.name in NAMES or entry.path in hidden

    return skip


def _hidden(needs: Needs, directory: Path, home: Path) -> Iterator[Path]:
    hidden = [path for path in needs.hidden if path != directory and path.is_relative_to(directory)]
    if home.is_relative_to(directory):
        hidden += [path for path in entries_of(home) if path.name.startswith(".")]
    yield from filter(os.path.lexists, hidden)


def _named(directory: Path) -> Iterator[Path]:
    waiting, left = deque([str(directory)]), _MOST_LOOKED_AT
    while waiting and left > 0:
        with contextlib.suppress(OSError), os.scandir(waiting.popleft()) as found:
            for entry in found:
                left -= 1
                if entry.name in NAMES:
                    yield Path(entry.path)
                elif entry.is_dir(follow_symlinks=False):
                    waiting.append(entry.path)
