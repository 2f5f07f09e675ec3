"""Runs `grade launch` and a failure's command beside it, in a network of their own where that can
be made.

A process of its own, because it moves into that network: a question as JSON is its argument, the
answer as JSON its output. Asked are `launch` and `command` as a report has them; `path`,
what stands before PATH; and `ends`, whether the program ends by itself.
"""

from __future__ import annotations

import contextlib
import fcntl
import json
import os
import re
import shlex
import signal
import socket
import struct
import subprocess
import sys
from pathlib import Path
from typing import IO, Any

from grader.isolation.syscalls import NEWNET
from grader.isolation.user import new_user_namespace

ROOT = Path(__file__).parents[2]

LISTENS = re.compile(r"^Listening on http://localhost:(\d+)/", re.MULTILINE)
DIRECTORY = re.compile(r"DIR=(\S+)")


def in_its_own_network() -> None:
    """Every port is free there. Where that cannot be made, the machine's own network has to do."""
    with contextlib.suppress(OSError):
        new_user_namespace(NEWNET, None)
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as anything:
            # up and running, by the SIOCSIFFLAGS of netdevice(7)
            fcntl.ioctl(anything, 0x8914, struct.pack("16sh22x", b"lo", 0x41))


def opened(output: IO[bytes]) -> str:
    """What is printed up to the empty line after the address, or to the end."""
    said = ""
    while line := output.readline().decode(errors="replace"):
        said += line
        if LISTENS.search(said) and not line.strip():
            break
    return said


def shown(command: str, environment: dict[str, str]) -> str:
    """What a shell prints that is given the command."""
    done = subprocess.run(
        ["sh", "-c", command],
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        timeout=90,
        check=False,
    )
    return done.stdout.decode("latin-1")


def answered(launch: str, command: str, path: str, *, ends: bool) -> dict[str, Any]:
    """What both printed, how the launch ended, and whether its directory is still there.

    ends: the program ends by itself, and is not stopped by Ctrl-C.
    """
    words = [sys.executable, "-m", "grader", *shlex.split(launch)[1:]]
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1", "TMPDIR": "/tmp"}
    with subprocess.Popen(
        words, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    ) as launched:
        assert launched.stdout is not None
        said, seen = opened(launched.stdout), ""
        place = DIRECTORY.search(said)
        try:
            if LISTENS.search(said):
                there = {
                    "DIR": place[1] if place else "",
                    "PATH": f"{path}:{os.environ['PATH']}".lstrip(":"),
                }
                seen = shown(command, {**environment, **there})
        finally:
            if not ends:
                launched.send_signal(signal.SIGINT)
            said += launched.stdout.read().decode(errors="replace")
    left = bool(place and os.path.lexists(place[1]))
    return {"said": said, "shown": seen, "exit_code": launched.returncode, "left": left}


def main() -> None:
    question = json.loads(sys.argv[1])
    in_its_own_network()
    json.dump(
        answered(question["launch"], question["command"], question["path"], ends=question["ends"]),
        sys.stdout,
    )


if __name__ == "__main__":
    main()
