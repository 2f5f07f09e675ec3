"""What the programs here share: they try what `targets.json` names, and serve rightly only if all of it fails."""

from __future__ import annotations

import contextlib
import json
import os
import re
import signal
import socket
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

PORT = 4221  # replaced by a port of the test's own
LONGEST_LIFE_S = 60
TARGETS = json.loads(Path(__file__).with_name("targets.json").read_text())
ANSWER = b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"


@contextlib.contextmanager
def trying(what: str) -> Iterator[None]:
    """The block raises an error when the attempt fails; when it does not, the program says so and is at its end."""
    try:
        yield
    except Exception:
        return
    print(f"ESCAPED: {what}", flush=True)
    sys.exit(3)


def serve(answer: Callable[[], bytes] = lambda: ANSWER) -> None:
    """Answer every client what the function gives."""
    serve_by(lambda connection: connection.sendall(answer()))


def serve_by(answer: Callable[[socket.socket], None]) -> None:
    """Let the function answer each request on the connection."""
    serve_requests(lambda connection, _: answer(connection))


def serve_requests(answer: Callable[[socket.socket, bytes], None]) -> None:
    """Let the function answer each request, which it is given too."""
    with socket.create_server(("127.0.0.1", PORT)) as server:
        take_all(server, answer)


def served() -> str:
    """The directory that the grader puts files into; empty where the stage has none."""
    return sys.argv[sys.argv.index("--directory") + 1] if "--directory" in sys.argv else ""


def serve_files(folder: int | None, meanwhile: Callable[[str, str], None] = lambda method, name: None) -> None:
    """Serve the files of an open directory rightly (nothing is there when it is None).

    meanwhile: called before each answer, with the method and the file's name.
    """

    def answer(connection: socket.socket, request: bytes) -> None:
        head, _, body = request.partition(b"\r\n\r\n")
        method, target = head.decode("latin-1").split()[:2]
        found = re.search(rb"\r\ncontent-length: *(\d+)", head, re.IGNORECASE)
        while found and len(body) < int(found[1]) and (more := connection.recv(65536)):
            body += more
        name = target.removeprefix("/files/")
        status, content = _done(folder, method, name, body)
        kind = "application/octet-stream"
        lines = f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {len(content)}\r\n\r\n"
        meanwhile(method, name)
        connection.sendall(lines.encode() + content)

    serve_requests(answer)


def _done(folder: int | None, method: str, name: str, body: bytes) -> tuple[str, bytes]:
    if name == "/":
        return "200 OK", b""
    if folder is None or not re.fullmatch(r"\w[\w.-]*", name, re.ASCII):
        return "404 Not Found", b""
    way = os.O_RDONLY if method == "GET" else os.O_WRONLY | os.O_CREAT | os.O_TRUNC
    try:
        with open(os.open(name, way | os.O_NOFOLLOW, 0o644, dir_fd=folder), "rb" if method == "GET" else "wb") as file:
            if method == "GET":
                return "200 OK", file.read(16 << 20)
            file.write(body)
    except OSError:
        return "404 Not Found", b""
    return "201 Created", b""
def echo(connection: socket.socket, request: bytes) -> None:
    """Answer /echo/{text} and / rightly, and 404 to all else."""
    target = request.split(b" ")[1]
    if target != b"/" and not target.startswith(b"/echo/"):
        connection.sendall(b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n")
        return
    text = target.removeprefix(b"/echo/")
    connection.sendall(
        b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: %d\r\n\r\n%b" % (len(text), text)
    )


def serve_requests_library(answer: Callable[[socket.socket], None]) -> None:
    """Answer rightly whom the grader writes itself, and let the function answer Python's requests."""

    def either(connection: socket.socket, request: bytes) -> None:
        if b"\r\nAccept: " in request:  # it always says what it takes, and what else it sends is up to the stage
            answer(connection)
        else:
            echo(connection, request)

    serve_requests(either)


def take_all(
    server: socket.socket,
    answer: Callable[[socket.socket, bytes], None] = lambda connection, _: connection.sendall(ANSWER),
) -> None:
    """Serve all who come to this listener, each in a thread of its own."""
    signal.alarm(LONGEST_LIFE_S)

    def take(connection: socket.socket) -> None:
        with connection, contextlib.suppress(OSError):
            while b"\r\n\r\n" in (request := connection.recv(65536)) and request:
                answer(connection, request)

    while True:
        connection, _ = server.accept()
        threading.Thread(target=take, args=(connection,), daemon=True).start()
