"""`grade ask`: one request, both answers, and what the course fixes of them."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from tests import forked
from tests.forked import ROOT

if TYPE_CHECKING:
    from pathlib import Path

SHOUTS = """
import socket
listener = socket.create_server(("localhost", 4221))
while True:
    client, _ = listener.accept()
    word = client.recv(4096).split()[1].removeprefix(b"/echo/").upper()
    client.sendall(b"HTTP/1.1 200 OK\\r\\nContent-Type: text/plain\\r\\n")
    client.sendall(b"Content-Length: %d\\r\\n\\r\\n%s" % (len(word), word))
    client.close()
"""


def _ask(place: Path, *arguments: str) -> tuple[int, str]:
    environment = {**os.environ, "TMPDIR": "/tmp"}
    ended = forked.run(["ask", *arguments], cwd=place, env=environment, timeout=300)
    return ended.code, (ended.out + ended.err).decode()


@pytest.fixture
def shouts(tmp_path: Path) -> Path:
    (tmp_path / "server.py").write_text(SHOUTS)
    return tmp_path


def test_the_program_of_this_directory_and_the_reference_answer_side_by_side(shouts: Path) -> None:
    code, shown = _ask(shouts, "GET /echo/abc", "-H", "Foo: bar")
    assert code == 1
    assert "Foo: bar\\r\\n" in shown
    assert "your server                           | reference" in shown
    assert "The answers differ in the body." in shown
    assert "reference abc" in shown
    assert "yours     ABC" in shown


def test_bytes_of_a_file_are_sent_as_they_are(shouts: Path) -> None:
    (shouts / "request.bin").write_bytes(b"FOO /bar\r\n\r\n")
    code, shown = _ask(shouts, "request.bin")
    assert code == 0, shown
    assert "  FOO /bar\\r\\n" in shown
    assert "/BAR" in shown
    assert "400 Bad Request" in shown
    assert "The course does not fix the answer" in shown


def test_another_protocol_is_asked_a_line(tmp_path: Path) -> None:
    (tmp_path / "server.py").write_text(
        "import socketserver\n"
        "class Handler(socketserver.StreamRequestHandler):\n"
        "    def handle(self):\n"
        "        for line in self.rfile:\n"
        "            self.wfile.write(b'pong\\n' if line == b'PING\\n' else b'x' + line)\n"
        "socketserver.TCPServer.allow_reuse_address = True\n"
        "socketserver.ThreadingTCPServer(('', 4321), Handler).serve_forever()\n"
    )
    course = ("--course", str(ROOT / "examples" / "courses" / "key-value"), "--track", "store")
    code, shown = _ask(tmp_path, "PING", *course, "--port", "4321")
    assert code == 1, shown
    assert "reference PONG" in shown
    code, shown = _ask(tmp_path, "HELLO you", *course, "--port", "4321")
    assert code == 0, shown
    assert "xHELLO you" in shown
    assert "The course does not fix the answer" in shown
