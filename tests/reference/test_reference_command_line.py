"""`python -m reference` as a user starts and stops it."""

import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from reference.__main__ import main

COMMAND = [sys.executable, "-W", "error", "-m", "reference"]
ROOT = Path(__file__).parents[2]


def refused(*arguments: str) -> tuple[int, str]:
    done = subprocess.run(
        [*COMMAND, *arguments], cwd=ROOT, capture_output=True, text=True, timeout=60
    )
    assert done.stdout == ""
    return done.returncode, done.stderr


@contextmanager
def launched(*arguments: str) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """A running server and the line it prints."""
    pipe = subprocess.PIPE
    with subprocess.Popen(
        [*COMMAND, *arguments], cwd=ROOT, stdout=pipe, stderr=pipe, text=True
    ) as process:
        assert process.stdout is not None
        try:
            yield process, process.stdout.readline()
        finally:
            process.kill()


def stopped(process: subprocess.Popen[str], number: int) -> tuple[int, str, str]:
    process.send_signal(number)
    out, err = process.communicate(timeout=60)
    return process.returncode, out, err


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_server_is_started_and_stopped(kind: str, tmp_path: Path, number: int) -> None:
    (tmp_path / "a").write_bytes(b"1")
    with launched("--server", kind, "--port", "0", "--directory", str(tmp_path)) as (process, line):
        assert line.startswith("listening on http://127.0.0.1:")
        assert line.endswith(f" ({kind})\n")
        port = int(line.split(" ")[2].rpartition(":")[2])
        with socket.create_connection(("127.0.0.1", port), timeout=20) as client:
            client.sendall(b"GET /files/a HTTP/1.1\r\nHost: a\r\n\r\n")
            assert client.recv(1000).startswith(b"HTTP/1.1 200 OK\r\n")
            assert stopped(process, number) == (0, "", "")
            assert client.recv(1000)[-1:] in (b"1", b"")
        with launched("--server", kind, "--port", str(port)) as (_, line):  # the port is free again
            assert f":{port} " in line


def test_a_unix_socket(kind: str, tmp_path: Path) -> None:
    path = tmp_path / "s"
    with launched("--server", kind, "--unix", str(path)) as (process, line):
        assert line == f"listening on unix:{path} ({kind})\n"
        with socket.socket(socket.AF_UNIX) as client:
            client.settimeout(20)
            client.connect(str(path))
            client.sendall(b"GET / HTTP/1.0\r\n\r\n")
            assert client.recv(1000).startswith(b"HTTP/1.1 200 OK\r\n")
        assert stopped(process, signal.SIGTERM) == (0, "", "")
    assert not path.exists()


def test_a_port_in_use() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        expected = f"reference: cannot listen on 127.0.0.1 port {port}: address already in use\n"
        assert refused("--port", str(port)) == (1, expected)


def test_a_path_in_use(tmp_path: Path) -> None:
    path = tmp_path / "s"
    path.touch()
    expected = f"reference: cannot listen on {path}: address already in use\n"
    assert refused("--unix", str(path)) == (1, expected)
    assert path.exists()


def test_a_directory_that_does_not_exist(tmp_path: Path) -> None:
    path = str(tmp_path / "none")
    assert refused("--directory", path) == (
        1,
        f"reference: the directory {path!r} does not exist\n",
    )


def test_a_package_that_is_not_installed(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(sys.modules, "httptools", None)
    monkeypatch.delitem(sys.modules, "reference.http1.httptools_parser", raising=False)
    monkeypatch.setattr(sys, "argv", ["reference", "--server", "httptools"])
    assert main() == 1
    expected = "reference: --server httptools needs a package: pip install httptools\n"
    assert capsys.readouterr() == ("", expected)


@pytest.mark.parametrize(
    "arguments",
    [
        ["--server", "apache"],
        ["--port", "http"],
        ["--port", "65536"],
        ["--port", "1", "--unix", "x"],
    ],
)
def test_what_is_not_understood(arguments: list[str]) -> None:
    code, message = refused(*arguments)
    assert code == 2
    assert arguments[-2] in message
