"""Looks for changed files again and again, where the operating system does not tell of them.

The watching library's own way compares times in whole seconds, and misses the second of two saves
in one.
"""

from __future__ import annotations

import contextlib
import os
from pathlib import Path, PurePath
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import threading
    from collections.abc import Callable, Iterator

_Seen = dict[str, tuple[int, int, int, int]]


class Polling:
    """The files below `directory` that matter, as they are now and from then on."""

    def __init__(self, directory: Path, matters: Callable[[PurePath], bool]) -> None:
        self._directory = directory
        self._matters = matters
        self._seen = self._look()

    def changes(self, to_stop: threading.Event, every_s: float) -> Iterator[set[str]]:
        """The paths that came, went or changed since the last look, as often as there are any."""
        while not to_stop.wait(every_s):
            before, self._seen = self._seen, self._look()
            paths = before.keys() | self._seen.keys()
            if changed := {path for path in paths if before.get(path) != self._seen.get(path)}:
                yield changed

    def _look(self) -> _Seen:
        """Of each file its inode, size, and times of change, in nanoseconds."""
        seen: _Seen = {}
        for path in self._files():
            with contextlib.suppress(OSError):  # it is gone already
                found = os.lstat(path)
                seen[path] = (found.st_ino, found.st_size, found.st_mtime_ns, found.st_ctime_ns)
        return seen

    def _files(self) -> Iterator[str]:
        waiting = [str(self._directory)]  # os.walk goes down one call a level
        while waiting:
            with contextlib.suppress(OSError), os.scandir(waiting.pop()) as found:
                for entry in found:
                    if self._matters(PurePath(entry.path)):
                        if entry.is_dir(follow_symlinks=False):
                            waiting.append(entry.path)
                        else:
                            yield entry.path
