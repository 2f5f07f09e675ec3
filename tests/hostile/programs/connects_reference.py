"""Tries to find the reference of its own run and to ask it, by every way in which its socket could have a name."""

import contextlib
import os
import re
import socket
from collections.abc import Iterator
from pathlib import Path

from attempt import ANSWER, TARGETS, serve, trying

SCRATCH = TARGETS["scratch"]  # of this run only: what others grade at the same time is their own matter


def names() -> Iterator[str]:
    with contextlib.suppress(OSError):
        yield from re.findall(rf"{re.escape(SCRATCH)}/\S+", Path("/proc/net/unix").read_text())
    yield from map(str, Path(SCRATCH).glob("grade-*/*.sock"))
    yield from (f"{inner}/reference.sock" for inner in Path(SCRATCH).glob("grade-*"))
    for process in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            said = (process / "cmdline").read_text(errors="replace")
            yield from re.findall(rf"{re.escape(SCRATCH)}/[^\0]*\.sock", said)
            if SCRATCH in said or os.readlink(process / "cwd").startswith(SCRATCH):
                yield from (f"{process}/{link}/reference.sock" for link in ("cwd", f"root{SCRATCH}"))


def ask() -> None:
    for name in sorted(set(names())):
        with trying(f"connected to {name}"), socket.socket(socket.AF_UNIX) as client:
            client.settimeout(5)
            client.connect(name)
            client.sendall(b"GET /echo/stolen HTTP/1.1\r\nHost: localhost\r\n\r\n")
            assert b"stolen" in client.recv(4096)


def answer() -> bytes:
    ask()  # by now it has surely started
    return ANSWER


ask()
serve(answer)
