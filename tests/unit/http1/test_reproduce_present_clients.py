"""By hand with what a machine has: netcat, else bash, else Python."""

from __future__ import annotations

import shutil
import socket
import subprocess
import threading

import pytest

from grader.reproduce.choice import netcat
from grader.reproduce.present_clients import with_present_clients

PIECES = (b"GET / HTTP/1.1\r\n", b"Host: 'a'\r\n\r\n")


def _one_answer(listener: socket.socket, heard: list[bytes]) -> None:
    client, _ = listener.accept()
    with client:
        data = b""
        while not data.endswith(b"\r\n\r\n"):
            data += client.recv(4096)
        heard.append(data)
        client.sendall(b"HTTP/1.1 200 OK\r\n\r\n")


def test_with_netcat_nothing_changes() -> None:
    command = netcat(PIECES, 4221)
    assert with_present_clients(command, lambda _: True) == command
    curl = "curl -i http://localhost:4221/"
    assert with_present_clients(curl, lambda _: False) == curl


@pytest.mark.skipif(not shutil.which("bash"), reason="no bash here")
@pytest.mark.parametrize("there", [{"bash"}, set()])
def test_without_netcat_the_same_bytes_are_sent(there: set[str]) -> None:
    heard: list[bytes] = []
    with socket.create_server(("localhost", 0)) as listener:
        command = with_present_clients(
            netcat(PIECES, listener.getsockname()[1]), there.__contains__
        )
        assert "nc -w" not in command
        server = threading.Thread(target=_one_answer, args=(listener, heard))
        server.start()
        ran = subprocess.run(["sh", "-c", command], capture_output=True, check=False, timeout=60)
        server.join()
    assert heard == [b"".join(PIECES)]
    assert ran.stdout == b"HTTP/1.1 200 OK\r\n\r\n", ran.stderr
