"""Puts a link, a pipe, a file or nothing in place of its directory, another thing before each answer, and serves on."""

import itertools
import os
import threading

import attempt

shared, neighbour = attempt.served(), os.path.dirname(attempt.TARGETS["files"][0])
folder, before = None, f"{shared}-before"
turns, one_at_a_time = itertools.cycle(range(4)), threading.Lock()


def replace(method: str, name: str) -> None:
    with one_at_a_time:
        if not os.path.lexists(before):
            os.rename(shared, before)
        elif os.path.lexists(shared):
            os.unlink(shared)
        turn = next(turns)
        if turn == 0:
            os.symlink(neighbour, shared)
        elif turn == 1:
            os.mkfifo(shared)
        elif turn == 2:
            with open(shared, "wb") as file:
                file.write(b"a file")


if shared:
    folder = os.open(shared, os.O_RDONLY | os.O_DIRECTORY)
attempt.serve_files(folder, replace if shared else lambda method, name: None)
