"""Servers of a few lines, launched as a submission is, and what a check would hold of them."""

from __future__ import annotations

import socket
import sys
import textwrap
import time
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, cast

from msgspec.structs import replace

from grader.budgets import Budgets
from grader.check.random_inputs import RandomInputs
from grader.check.transcript import Transcript
from grader.http1.connection import Connection
from grader.http1.session import Session
from grader.net.session import Surroundings
from grader.net.tries import Try
from grader.program.launch import watch
from grader.program.program import Program
from grader.program.server import Server
from grader.system.patience import Deadline, wait
from grader.system.sockets import SocketTable, listeners_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from grader.program.reference import Reference
    from grader.program.served_directory import SharedFiles

PATIENT = Budgets(start=60, answer=60, message=60, close=60, quiet=60)
"""So long that a test which waits for one of them fails by its own account: what is seen at once
needs none."""

HEAD = """
import os, select, signal, socket, sys, threading, time
listener = socket.create_server(("127.0.0.1", int(sys.argv[1]) if len(sys.argv) > 1 else 0))
held = []

def head(client):
    "Read until the empty line."
    data = b""
    while b"\\r\\n\\r\\n" not in data and (more := client.recv(65536)):
        data += more
    return data

def answer(client, body=b"ok", status=200, *headers):
    lines = [f"HTTP/1.1 {status} X", f"Content-Length: {len(body)}", *headers, "", ""]
    client.sendall("\\r\\n".join(lines).encode() + body)

def rest():
    while True:
        signal.pause()
"""
CONCURRENT = """
while True:
    threading.Thread(target=handle, args=(listener.accept()[0],), daemon=True).start()
"""
LOOP = """
while True:
    client, _ = listener.accept()
    held.append(client)
    handle(client)
"""


def source_of(handler: str, *, loop: str = LOOP) -> str:
    """A server that does this with every client, one after the other."""
    return (
        f"{HEAD}\ndef handle(client):\n{textwrap.indent(textwrap.dedent(handler), '    ')}\n{loop}"
    )


@dataclass(slots=True)
class Scene:
    """A server, and one check's record of it."""

    server: Server
    budgets: Budgets
    transcript: Transcript
    files: SharedFiles | None = None
    opened: list[Connection | Session] = field(default_factory=list)

    def connect(self, **budgets: float) -> Connection:
        connection = Connection(self.server, replace(self.budgets, **budgets), self.transcript)
        self.opened.append(connection)
        return connection

    def asked(self, request: bytes = b"GET / HTTP/1.1\r\n\r\n", **budgets: float) -> Connection:
        """A connection on which this was sent."""
        connection = self.connect(**budgets)
        connection.send(request)
        return connection

    def session(self, attempt: Try | None = None, **budgets: float) -> Session:
        around = Surroundings(
            self.server, self.files, cast("Reference", None), replace(self.budgets, **budgets),
            attempt=attempt or Try(),
        )  # fmt: skip
        session = Session(around, RandomInputs(0, "x"), self.transcript)
        self.opened.append(session)
        return session


@contextmanager
def serving(handler: str, place: Path, *, loop: str = LOOP, **budgets: float) -> Iterator[Scene]:
    """A server with this handler, on a port of its own choice, once it listens."""
    command = [sys.executable, "-S", "-E", "-c", source_of(handler, loop=loop)]
    with SocketTable() as table:
        program = Program(command, directory=place, environment={"PYTHONUNBUFFERED": "1"})
        try:
            found: list[Any] = []

            def listens(timeout_s: float) -> bool:
                found[:] = listeners_of(table, program.tree())
                return bool(found) or program.wait_exit(min(timeout_s, 0.002))

            wait(listens, Deadline(60, watch(program)), step_s=0.001)
            assert found, program.output.tail()
            server = Server(program, "127.0.0.1", found[0].port, table)
            snapshot = Scene(server, replace(PATIENT, **budgets), Transcript(time.monotonic))
            try:
                yield snapshot
            finally:
                for opened in snapshot.opened:
                    opened.close()
        finally:
            program.kill()


def free_port() -> int:
    """A port that nobody uses."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
