"""Checks that run in the background, in threads of their own, while others are judged."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from grader.system.signals import held

if TYPE_CHECKING:
    from collections.abc import Callable
    from concurrent.futures import Future, ThreadPoolExecutor

    from grader.engine.tried import Tried


class Background:
    """Checks that run beside the others. Leaving the context waits for those that still do."""

    def __init__(self) -> None:
        self._threads: ThreadPoolExecutor | None = None
        self._running: dict[str, Future[Tried]] = {}

    def start(self, name: str, attempt: Callable[[], Tried]) -> None:
        if self._threads is None:
            from concurrent.futures import ThreadPoolExecutor  # many stages do without

            self._threads = ThreadPoolExecutor(max_workers=8, thread_name_prefix="beside")
        with held():  # this may start a thread
            self._running[name] = self._threads.submit(attempt)

    def result(self, name: str) -> Tried | None:
        """What the check found, once it is done; `None` when it was not started beside."""
        return self._running.pop(name).result() if name in self._running else None

    def settle(self) -> None:
        """Wait for all of them: what runs on a server must not see it replaced."""
        for attempt in self._running.values():
            attempt.exception()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._threads is not None:
            self._threads.shutdown(cancel_futures=True)
