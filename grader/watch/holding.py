"""What a run shows while more files may still change: nothing, unless it has a verdict before."""

from __future__ import annotations

import contextlib
import io
import threading
import time
from typing import TYPE_CHECKING, Self, TextIO

from grader.system.signals import held

if TYPE_CHECKING:
    from types import TracebackType


class HeldText(io.StringIO):
    """Text for the stream that is held until the moment, by the monotonic clock; from then on it
    goes there whenever it is flushed. Leaving the context hands over what is left; after an
    interruption what was still held is forgotten."""

    def __init__(self, stream: TextIO, until: float) -> None:
        super().__init__()
        self._stream = stream
        self._until = until
        self._one_at_a_time = threading.RLock()
        self._clock: threading.Timer | None = None

    @property
    def holds(self) -> bool:
        """Whether the moment has not come."""
        return time.monotonic() < self._until

    def hand_over_in_time(self) -> None:
        """Begin to wait for the moment: a program that hangs gives no occasion to flush."""
        if (left := self._until - time.monotonic()) > 0:
            self._clock = threading.Timer(left, self._in_time)
            self._clock.daemon = True
            with held():  # its thread leaves the signals to us
                self._clock.start()

    def release(self) -> None:
        """There is a verdict: nothing is held any more."""
        self._until = 0.0
        self._hand_over()

    def write(self, text: str, /) -> int:
        with self._one_at_a_time:
            return super().write(text)

    def flush(self) -> None:
        if not self.holds:
            self._hand_over()

    def _in_time(self) -> None:
        with contextlib.suppress(OSError):  # the run will see that nobody reads
            self._hand_over()

    def _hand_over(self) -> None:
        with self._one_at_a_time:
            text = self._taken()
            self._stream.write(text)
            self._stream.flush()

    def _taken(self) -> str:
        text = self.getvalue()
        self.seek(0)
        self.truncate()
        return text

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, _: BaseException | None, __: TracebackType | None
    ) -> None:
        if self._clock is not None:
            self._clock.cancel()
            self._clock.join()
        if kind is None or issubclass(kind, Exception):
            self._hand_over()
