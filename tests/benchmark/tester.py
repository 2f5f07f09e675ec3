"""A stand-in for the public tester of such a course: fourteen stages, each with a fresh launch of
the server, each with the requests of that stage. Where that tester sleeps before it tries again,
this one looks every 5 ms.

    python tests/benchmark/tester.py COMMAND...

The best-known one is a program in Go; this one imports only what it needs, so that its processor
time is close to what any program of the kind takes.
"""

from __future__ import annotations

import gzip
import os
import socket
import subprocess
import sys
import tempfile
import time

PORT = 4221
LOOK_S = 0.005
LONGEST_S = 10.0

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable


class Client:
    """One connection."""

    def __init__(self) -> None:
        self._socket = socket.create_connection(("127.0.0.1", PORT), LONGEST_S)

    def ask(self, path: str, *lines: str, method: str = "GET", body: bytes = b"") -> None:
        length = [f"Content-Length: {len(body)}"] * bool(body)
        head = [f"{method} {path} HTTP/1.1", f"Host: localhost:{PORT}", *lines, *length, "", ""]
        self._socket.sendall("\r\n".join(head).encode() + body)

    def answer(self) -> tuple[int, dict[str, str], bytes]:
        """Its status, its headers by their lower-case names, its body."""
        with self._socket.makefile("rb") as stream:
            status = int(stream.readline().split()[1])
            headers = {}
            while line := stream.readline().strip():
                name, _, value = line.decode("latin-1").partition(":")
                headers[name.lower()] = value.strip()
            return status, headers, stream.read(int(headers.get("content-length", 0)))

    def close(self) -> None:
        self._socket.close()

    def is_closed(self) -> bool:
        return self._socket.recv(1) == b""


def asked(path: str, *lines: str, method: str = "GET", body: bytes = b"") -> tuple[int, bytes]:
    """Status and body of one answer to a client of its own."""
    client = Client()
    client.ask(path, *lines, method=method, body=body)
    status, headers, got = client.answer()
    client.close()
    if headers.get("content-encoding") == "gzip":
        got = gzip.decompress(got)
    return status, got


def same(found: object, right: object) -> None:
    if found != right:
        raise SystemExit(f"{found!r} instead of {right!r}")


def binds(_place: str) -> None:
    Client().close()


def ok(_place: str) -> None:
    same(asked("/")[0], 200)


def paths(_place: str) -> None:
    same(asked("/banana")[0], 404)
    same(asked("/")[0], 200)


def echo(_place: str) -> None:
    same(asked("/echo/grape"), (200, b"grape"))


def user_agent(_place: str) -> None:
    same(asked("/user-agent", "User-Agent: mango/raspberry"), (200, b"mango/raspberry"))


def concurrent(_place: str) -> None:
    clients = [Client() for _ in range(3)]
    for client in reversed(clients):
        client.ask("/")
        same(client.answer()[0], 200)
        client.close()


def reads(place: str) -> None:
    with open(os.path.join(place, "pear"), "wb") as file:
        file.write(b"orange pear apple")
    same(asked("/files/pear"), (200, b"orange pear apple"))
    same(asked("/files/none")[0], 404)


def writes(place: str) -> None:
    same(asked("/files/plum", method="POST", body=b"banana plum")[0], 201)
    with open(os.path.join(place, "plum"), "rb") as file:
        same(file.read(), b"banana plum")


def gzip_header(_place: str) -> None:
    same(asked("/echo/kiwi", "Accept-Encoding: gzip"), (200, b"kiwi"))
    same(asked("/echo/kiwi", "Accept-Encoding: invalid"), (200, b"kiwi"))


def gzip_of_many(_place: str) -> None:
    same(asked("/echo/fig", "Accept-Encoding: one, gzip, two"), (200, b"fig"))
    same(asked("/echo/fig", "Accept-Encoding: one, two"), (200, b"fig"))


def gzip_body(_place: str) -> None:
    same(asked("/echo/lime", "Accept-Encoding: gzip"), (200, b"lime"))


def persistent(_place: str) -> None:
    client = Client()
    for path, right in (("/echo/one", b"one"), ("/user-agent", b"two")):
        client.ask(path, "User-Agent: two")
        same(client.answer()[2], right)


def interleaved(_place: str) -> None:
    clients = Client(), Client()
    for word in ("one", "two"):
        for client in clients:
            client.ask(f"/echo/{word}")
        for client in clients:
            same(client.answer()[2], word.encode())


def closes(_place: str) -> None:
    client = Client()
    client.ask("/")
    same(client.answer()[0], 200)
    client.ask("/", "Connection: close")
    same(client.answer()[0], 200)
    same(client.is_closed(), True)


STAGES: tuple[Callable[[str], None], ...] = (
    binds, ok, paths, echo, user_agent, concurrent, reads, writes, gzip_header, gzip_of_many,
    gzip_body, persistent, interleaved, closes,
)  # fmt: skip


def wait_until_it_listens() -> None:
    deadline = time.monotonic() + LONGEST_S
    while time.monotonic() < deadline:
        with socket.socket() as client:
            if client.connect_ex(("127.0.0.1", PORT)) == 0:
                return
        time.sleep(LOOK_S)
    raise SystemExit("nobody listens")


def main() -> None:
    """All stages; an exit code of 0 if they pass."""
    for stage in STAGES:
        with tempfile.TemporaryDirectory() as place:
            command = [*sys.argv[1:], "--directory", place]
            server = subprocess.Popen(command, stdout=subprocess.DEVNULL)
            try:
                wait_until_it_listens()
                stage(place)
            finally:
                server.kill()
                server.wait()


if __name__ == "__main__":
    main()
