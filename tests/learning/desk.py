"""Where a learner of these tests works: a directory with a server, and `grade`, run there."""

from __future__ import annotations

import json
import os
import signal
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pexpect
import psutil

from tests import forked

ROOT = Path(__file__).resolve().parents[2]
PATIENCE_S = 90  # until a test gives up; nothing is judged by it
SHORT = ("--up-to", "paths")
SERVER = '''"""Answers what the first stages ask; {words} says to what."""

import socket

LISTENING = socket.create_server(("127.0.0.1", {port}))
while True:
    client, _ = LISTENING.accept()
    try:
        head = b""
        while b"\\r\\n\\r\\n" not in head and (piece := client.recv(65536)):
            head += piece
        found = head.split(b" ")[1:2] == [b"/"]
        {then}
        status = b"200 OK" if found else {other!r}
        fields = b"Content-Length: 0\\r\\nConnection: close\\r\\n"
        client.sendall(b"HTTP/1.1 " + status + b"\\r\\n" + fields + b"\\r\\n")
    except OSError:
        pass
    client.close()
'''


@dataclass(frozen=True)
class Done:
    """A run of `grade` that has ended. said: all its words, with one blank between."""

    code: int
    out: str
    err: str

    @property
    def said(self) -> str:
        return " ".join(f"{self.out} {self.err}".split())


@dataclass(frozen=True)
class Desk:
    """The directory, a place for temporary files, and the port of the server."""

    place: Path
    temporary: Path
    port: int

    @property
    def record(self) -> Path:
        return self.place / ".grade" / "progress.json"

    def known(self) -> dict[str, Any]:
        """What is kept of the stages of the course."""
        return dict(json.loads(self.record.read_text())["courses"]["http-server"])

    def environment(self, **more: str) -> dict[str, str]:
        return {
            "PATH": os.environ["PATH"], "HOME": str(self.place.parent),
            "TMPDIR": str(self.temporary), "PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1",
            "TERM": "xterm", "LANG": "C.UTF-8", **more,
        }  # fmt: skip

    def server(
        self, *, other: str = "404 Not Found", then: str = "pass", words: str = "it"
    ) -> Path:
        """Write the server: it answers / with 200, and everything else with `other`."""
        path = self.place / "server.py"
        path.write_text(SERVER.format(port=self.port, other=other.encode(), then=then, words=words))
        return path

    def grade(self, *arguments: str, expect: int, **environment: str) -> Done:
        """`grade` with these arguments. It leaves nothing in the place for temporary files."""
        run = self.ran(*arguments, **environment)
        assert run.code == expect, run.out + run.err
        return run

    def ran(self, *arguments: str, **environment: str) -> Done:
        """As `grade`, however it ends."""
        run = forked.run(
            arguments, cwd=self.place, env=self.environment(**environment), timeout=PATIENCE_S,
            safe_path=True,
        )  # fmt: skip
        out, err = run.out.decode(), run.err.decode()
        assert "Traceback" not in err
        assert list(self.temporary.iterdir()) == []
        return Done(run.code, out, err)

    def graded(self, *arguments: str, expect: int, **environment: str) -> Done:
        """Grade the server of this desk."""
        port = ("--port", str(self.port), "--python", sys.executable)
        return self.grade("server.py", *port, *arguments, expect=expect, **environment)

    def terminal(self, *arguments: str, **environment: str) -> pexpect.spawn[str]:
        """`grade` with these arguments on a terminal of its own."""
        return pexpect.spawn(
            sys.executable, ["-P", "-m", "grader", *arguments], cwd=str(self.place),
            env=self.environment(**environment), encoding="utf-8", timeout=PATIENCE_S,
            dimensions=(50, 100), echo=True,
        )  # fmt: skip


def descendants(process: int) -> list[psutil.Process]:
    return psutil.Process(process).children(recursive=True)


def kill_left(processes: list[psutil.Process]) -> list[str]:
    """The command lines of those that have not ended, which are ended now."""
    _, alive = psutil.wait_procs(processes, timeout=10)
    named = []
    for process in alive:
        if process.is_running() and process.status() != psutil.STATUS_ZOMBIE:
            named.append(" ".join(process.cmdline()))
            os.kill(process.pid, signal.SIGKILL)
    return named
