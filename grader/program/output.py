"""Reads a terminal from launch to death, so that a chatty program never blocks, and keeps the end
of what it said."""

from __future__ import annotations

import collections
import errno
import os
import select
import threading
from typing import TYPE_CHECKING, Final

from grader.system.signals import held

if TYPE_CHECKING:
    from collections.abc import Callable

_CHUNK: Final = 65536
_MOST_LOOKS: Final = 100


class Output:
    """A bounded tail of everything a program printed. A terminal nobody reads blocks its program
    after 19.5 kB.

    hear: is given every piece as it comes, in a thread of its own. fault: why it could no longer be
    read or heard, if that was not its end.
    """

    def __init__(
        self, descriptor: int, keep: int = 256 * 1024, hear: Callable[[bytes], None] | None = None
    ) -> None:
        self._hear = hear
        self._descriptor = descriptor
        self._keep = keep
        self._chunks: collections.deque[bytes] = collections.deque()
        self._kept = 0
        self._count = 0
        self._kept_up_to: int | None = None
        self._lock = threading.Lock()
        self._comes = select.poll()
        self._comes.register(descriptor, select.POLLIN)
        self.fault: Exception | None = None
        self._thread = threading.Thread(target=self._drain, name="drain", daemon=True)

    def start(self) -> None:
        """Begin to read. Raises RuntimeError when there are no more threads."""
        with held():
            self._thread.start()

    @property
    def count(self) -> int:
        """How many bytes have been printed so far."""
        self._catch_up()
        with self._lock:
            return self._count

    def keep_no_more(self) -> None:
        """What is printed from here on is the answer to a question of ours: `tail` and `since` end
        before it."""
        count = self.count
        with self._lock:
            self._kept_up_to = count if self._kept_up_to is None else self._kept_up_to

    def since(self, count: int) -> bytes:
        """As `tail`, without the first `count` bytes that were printed."""
        return self._between(count, self._kept_up_to)

    def heard_since(self, count: int) -> bytes:
        """As `since`, with what is printed after `keep_no_more`."""
        return self._between(count, None)

    def tail(self) -> bytes:
        """The last bytes printed so far, terminal line ends folded to LF."""
        return self._between(0, self._kept_up_to)

    def _between(self, first: int, end: int | None) -> bytes:
        """What is kept of these bytes, counted from the first that was printed."""
        self._catch_up()
        with self._lock:
            kept = b"".join(self._chunks)
            left_out = self._count - len(kept)
            end = self._count if end is None else end
            return kept[max(0, first - left_out) : max(0, end - left_out)].replace(b"\r\n", b"\n")

    def _catch_up(self) -> None:
        """Wait, a moment at most, until what has been printed has also been read."""
        poller = select.poll()
        poller.register(self._descriptor, select.POLLIN)
        for _ in range(_MOST_LOOKS):
            if not self._thread.is_alive() or not any(
                event & select.POLLIN for _, event in poller.poll(0)
            ):
                return
            self._thread.join(0.001)

    def ends_within(self, seconds: float) -> bool:
        """Whether nothing more can come: every holder of the terminal is dead, and all was read."""
        self._thread.join(seconds)
        return not self._thread.is_alive()

    def finish(self, timeout_s: float) -> None:
        """Wait until all that was printed has been read: to be called once every holder of the
        terminal is dead."""
        if self._thread.ident is not None:
            self._thread.join(timeout_s)

    def _drain(self) -> None:
        more = True
        while more:
            try:
                more = self._read_more()
            except MemoryError:
                # a terminal that nobody reads blocks its program: what it said before goes first
                with self._lock:
                    self._chunks.clear()
                    self._kept = 0
            except Exception as error:  # what nobody hears must be read all the same
                self.fault = error

    def _read_more(self) -> bool:
        """Wait for the next piece and keep it; False at the end."""
        try:
            self._comes.poll()
            # what is no longer in the terminal is in here: who has the lock sees it in one of them
            with self._lock:
                data = os.read(self._descriptor, _CHUNK)
                if data:
                    self._add(data)
        except OSError as error:
            # every holder of the terminal is gone, or we are done
            if error.errno not in (errno.EIO, errno.EBADF):
                self.fault = error
            return False
        if not data:  # what other systems say instead
            return False
        if self._hear is not None:
            self._hear(data)
        return True

    def _add(self, data: bytes) -> None:
        """The lock is the caller's."""
        self._chunks.append(data)
        self._kept += len(data)
        self._count += len(data)
        while self._kept > self._keep and len(self._chunks) > 1:
            self._kept -= len(self._chunks.popleft())
