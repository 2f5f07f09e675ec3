"""Puts a link to another submission's directory in place of its own before it listens, and serves what is there."""

import contextlib
import os

import attempt

shared, neighbour = attempt.served(), os.path.dirname(attempt.TARGETS["files"][0])
folder = None
if shared:
    os.rename(shared, f"{shared}-before")
    os.symlink(neighbour, shared)
    with contextlib.suppress(OSError):
        folder = os.open(shared, os.O_RDONLY | os.O_DIRECTORY)
attempt.serve_files(folder)
