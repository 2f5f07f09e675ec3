"""Reads a small file that somebody else wrote: a regular one, by its own name, and never more of it than a bound."""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path
from typing import Final

MOST_BYTES: Final = 64 * 1024
_FLAGS: Final = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_NOCTTY | os.O_CLOEXEC


def read_small(path: Path) -> bytes:
    """All of a file. Raises OSError, whose `strerror` says what is wrong, also of a link, of a directory, a pipe or a
    device, and of a file longer than 64 KiB; nothing of these is read."""
    try:
        descriptor = os.open(path, _FLAGS)
    except OSError as error:
        if error.errno == errno.ELOOP:  # see open(2), O_NOFOLLOW
            raise OSError(errno.ELOOP, "it is a link", str(path)) from error
        raise
    try:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            raise OSError(errno.EINVAL, "it is not a regular file", str(path))
        with open(descriptor, "rb", closefd=False) as file:
            content = file.read(MOST_BYTES + 1)
    finally:
        os.close(descriptor)
    if len(content) > MOST_BYTES:
        raise OSError(errno.EFBIG, f"it is longer than {MOST_BYTES >> 10} KiB", str(path))
    return content
