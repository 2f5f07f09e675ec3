"""Tries to find the reference and to ask it: by what lies in the directories for temporary files, by what the kernel
says of Unix sockets, and by what other processes were started with."""

import contextlib
import os
import re
import socket
import tempfile
from pathlib import Path

from attempt import ANSWER, serve, trying


def names():
    with contextlib.suppress(OSError):
        for line in Path("/proc/net/unix").read_text().splitlines()[1:]:
            if "reference" in line:
                yield line.split()[-1]
    for place in {"/tmp", "/var/tmp", tempfile.gettempdir(), os.environ.get("TMPDIR", "/tmp")}:
        yield from map(str, Path(place).glob("grade-*/*.sock"))
        yield from (f"{inner}/reference.sock" for inner in Path(place).glob("grade-*"))
    for process in Path("/proc").glob("[0-9]*/cmdline"):
        with contextlib.suppress(OSError):
            yield from re.findall(r"/[^\0]*\.sock", process.read_text(errors="replace"))
    for process in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            if b"reference" in (process / "cmdline").read_bytes():
                yield f"{process}/cwd/reference.sock"


def ask():
    for name in sorted(set(names())):
        with trying(f"connected to {name}"):
            client = socket.socket(socket.AF_UNIX)
            client.settimeout(5)
            client.connect(name)
            client.sendall(b"GET /echo/stolen HTTP/1.1\r\nHost: localhost\r\n\r\n")
            assert b"stolen" in client.recv(4096)


def answer():
    ask()  # by now it has surely started
    return ANSWER


ask()
serve(answer)
