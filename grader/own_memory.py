"""The grader's own memory: how much of it grading may take, and that this binds nothing that the
grader starts.

What a server sends is bounded where it is read. This is for what was not thought of: it ends in one
sentence, and not in the whole machine standing still, or in the kernel ending whatever it likes.
"""

from __future__ import annotations

import contextlib
import resource
import sys
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

MOST: Final = 4 << 30
"""Bytes of address space, which the libraries and the stacks and heaps of threads take whether they
use it or not: a whole track takes 0.44 GiB, of which 0.08 GiB are in memory."""

_M_MMAP_THRESHOLD: Final = -3
_LARGE: Final = 1 << 20

EXHAUSTED: Final = (
    f"the grader ran out of memory: its limit is {MOST >> 30} GiB, or less if `ulimit -v` is less"
)
"""What is said of a `MemoryError`, wherever it comes from."""

_ENDED_FIRST: Final = "500"  # of 1000: as if it had half of the machine's memory besides its own
_AS_STARTED: Final = resource.getrlimit(resource.RLIMIT_AS)


@contextlib.contextmanager
def bounded() -> Iterator[None]:
    """In here, who asks for too much gets `MemoryError`. Linux only: elsewhere this limit means
    something else."""
    _give_back_what_is_large()
    soft, hard = _AS_STARTED
    if sys.platform != "linux" or (soft != resource.RLIM_INFINITY and soft <= MOST):
        yield
        return
    resource.setrlimit(resource.RLIMIT_AS, (MOST, hard))
    try:
        yield
    finally:
        restore()


def _give_back_what_is_large() -> None:
    """Megabytes of a file that came are the machine's again once they are compared. By itself
    glibc (mallopt(3)) keeps them for the next ones after it has seen some, in pieces that the next
    ones do not fit into."""
    import ctypes  # who only asks for help does without

    with contextlib.suppress(AttributeError):  # another C library has no such limit
        ctypes.CDLL(None).mallopt(_M_MMAP_THRESHOLD, _LARGE)


def restore() -> None:
    """The limit with which we were started: in a child, before exec. Go, Node and Java ask for more
    address space than a machine has memory."""
    if sys.platform == "linux":
        resource.setrlimit(resource.RLIMIT_AS, _AS_STARTED)


def go_first() -> None:
    """In a child, before exec: when the machine has no memory left, this is ended rather than the
    grader (proc(5)). To say so takes no privilege; to take it back neither, unless root has said
    it."""
    if sys.platform == "linux":
        with (
            contextlib.suppress(OSError, ValueError),
            open("/proc/self/oom_score_adj", "r+", encoding="ascii") as file,
        ):
            if int(file.read()) < int(_ENDED_FIRST):
                file.seek(0)
                file.write(_ENDED_FIRST)
