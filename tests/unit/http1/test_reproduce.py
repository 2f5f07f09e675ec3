"""The printed command, run by a shell: does it send what was sent?"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import threading
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from grader.check.transcript import Direction, Entry
from grader.http1 import reproduce

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

SHELLS = sorted({shell for name in ("sh", "bash", "dash", "zsh") if (shell := shutil.which(name))})
some = settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])


def sent(*pieces: bytes, connection: int = 1) -> list[Entry]:
    return [
        Entry(connection, Direction.OPENED, 0.0),
        *(Entry(connection, Direction.SENT, 0.0, piece) for piece in pieces),
    ]


def command(entries: Iterable[Entry], port: int = 4221, *, raw: bool = True) -> str:
    found = reproduce.command(list(entries), port, raw=raw)
    assert found is not None
    return found


@pytest.fixture(scope="module")
def stubs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A PATH on which nc keeps what it is given and sleep does not sleep."""
    place = tmp_path_factory.mktemp("stubs")
    for name, line in {"nc": 'cat >> "$SENT"', "sleep": ":"}.items():
        (place / name).write_text(f"#!/bin/sh\n{line}\n")
        (place / name).chmod(0o755)
    return place


def run(shell: str, line: str, stubs: Path) -> bytes:
    """What the command gives to nc."""
    kept = stubs / f"sent-{os.getpid()}"
    kept.write_bytes(b"")
    path = f"{stubs}:{os.environ['PATH']}"
    done = subprocess.run(
        [shell, "-c", line], env={"PATH": path, "SENT": str(kept)}, capture_output=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, b""), line
    return kept.read_bytes()


def any_bytes(first: st.SearchStrategy[bytes] | None = None) -> st.SearchStrategy[bytes]:
    """Printable and binary, none that begins with a dash."""
    found = st.one_of(
        st.binary(min_size=1, max_size=60), st.text(min_size=1, max_size=60).map(str.encode)
    )
    return found.filter(lambda data: not data.startswith(b"-"))


@pytest.mark.parametrize("shell", SHELLS)
@some
@given(data=any_bytes())
def test_printf_sends_exactly_what_was_sent(shell: str, data: bytes, stubs: Path) -> None:
    assert run(shell, command(sent(data)), stubs) == data


@pytest.mark.parametrize("shell", SHELLS)
def test_printf_sends_every_byte(shell: str, stubs: Path) -> None:
    data = (
        bytes(range(256))
        + b"%s%d%%\\n\\0 'quoted' \"twice\" `id` $(id) $HOME !x"
        + bytes(reversed(range(256)))
    )
    assert run(shell, command(sent(data)), stubs) == data


@pytest.mark.parametrize("data", [b"-n\r\n\r\n", b"--\r\n"])
def test_printf_sends_what_begins_with_a_dash(data: bytes, stubs: Path) -> None:
    assert run("sh", command(sent(data)), stubs) == data


@some
@given(pieces=st.lists(any_bytes(), min_size=2, max_size=4))
def test_pieces_are_sent_one_after_the_other(pieces: list[bytes], stubs: Path) -> None:
    line = command(sent(*pieces))
    assert line.count("sleep 0.3") == len(pieces) - 1 or b"sleep 0.3" in b"".join(pieces)
    assert run("sh", line, stubs) == b"".join(pieces)


def test_of_something_long_the_length_is_kept(stubs: Path) -> None:
    data = b"POST / HTTP/1.1\r\n\r\n" + b"y" * 100_000
    said = run("sh", command(sent(data)), stubs)
    assert len(said) == len(data)
    assert said[:1200] == data[:1200]
    assert said[-20:] == data[-20:]
    assert len(command(sent(data))) < 2000


def test_of_something_long_in_escapes_the_command_is_short(stubs: Path) -> None:
    data = b"POST / HTTP/1.1\r\n\r\n" + bytes(range(256)) * 40 + b"\r\n0\r\n\r\n"
    said = run("sh", command(sent(data)), stubs)
    assert len(said) == len(data)
    assert said[:200] == data[:200]
    assert said.endswith(b"\r\n0\r\n\r\n")
    assert len(command(sent(data))) < 2000


LINES = b"X-A: it's -%\r\n" * 3000


@pytest.mark.parametrize(
    "data",
    [
        b"GET /" + b"x" * 70_000 + b" HTTP/1.1\r\nHost: a\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: a\r\n" + LINES + b"\r\n",
        b"GET / HTTP/1.1\r\nHost: a\r\n" + LINES,
        LINES + b"X-",
        b"POST / HTTP/1.1\r\n\r\n" + b"x" * 500 + b"\r\n" + b"x" * 500 + b"\r\n0\r\n\r\n",
    ],
    ids=["a target", "lines", "lines without an end", "nothing but lines", "chunks"],
)
@pytest.mark.parametrize("shell", SHELLS)
def test_what_repeats_is_sent_exactly_however_long(data: bytes, shell: str, stubs: Path) -> None:
    assert run(shell, command(sent(data)), stubs) == data
    assert len(command(sent(data), raw=False)) < 300


def test_what_the_record_left_out_is_sent_as_well(stubs: Path) -> None:
    entries = [
        Entry(1, Direction.OPENED, 0.0),
        Entry(1, Direction.SENT, 0.0, b"GET /", left_out=3_000_000),
    ]
    assert run("sh", command(entries), stubs) == b"GET /" + b"x" * 3_000_000


def test_much_that_was_sent_in_pieces_is_sent_at_once(stubs: Path) -> None:
    pieces = [b"GET /", *[b"x" * 65536] * 4]
    assert run("sh", command(sent(*pieces)), stubs) == b"".join(pieces)
    assert "sleep 0.3" not in command(sent(*pieces))


def test_nothing_was_sent() -> None:
    assert reproduce.command([], 80, raw=True) is None
    assert reproduce.command([Entry(1, Direction.OPENED, 0.0)], 80, raw=True) is None


@pytest.mark.parametrize("raw", [True, False])
def test_no_byte_could_be_sent(raw: bool, stubs: Path) -> None:
    """The server had hung up before."""
    assert run("sh", command(sent(b""), raw=raw), stubs) == b""


def test_a_real_nc_sends_it() -> None:
    if shutil.which("nc") is None:
        pytest.skip("nc is not installed")
    data = bytes(range(256))
    assert heard(lambda port: command(sent(data), port)) == data


# --- curl -----------------------------------------------------------------------------------------

REQUESTS = [
    b"GET / HTTP/1.1\r\nHost: localhost:{port}\r\n\r\n",
    (
        b"GET /a/../b?c=%20d&e='f'\"$HOME\" HTTP/1.1\r\nHost: localhost:{port}\r\nX-Quote: it's"
        b' "$(id)"\r\n\r\n'
    ),
    b"HEAD /x HTTP/1.1\r\nHost: localhost:{port}\r\nAccept-Encoding: gzip\r\n\r\n",
    b"POST /files/x HTTP/1.1\r\nHost: localhost:{port}\r\nContent-Length: 11\r\n\r\na b'c\"$d&e=",
    b"POST /x HTTP/1.1\r\nHost: localhost:{port}\r\nContent-Length: 0\r\n\r\n",
    (
        b"POST /x HTTP/1.1\r\nHost: localhost:{port}\r\nContent-Type: text/plain\r\n"
        b"Content-Length: 1\r\n\r\nx"
    ),
    b"GET / HTTP/1.1\r\nHost: localhost:{port}\r\nX:  two  blanks\r\n\r\n",
    b"GET / HTTP/1.1\r\nHost: localhost:{port}\r\nUser-Agent: mine/1\r\nAccept: text/html\r\n\r\n",
]
ELSEWHERE = {
    "globbed": b"GET /files/{{a,b}}[1-2] HTTP/1.1\r\nHost: localhost:{port}\r\n\r\n",
    "a fragment": b"GET /a#b HTTP/1.1\r\nHost: localhost:{port}\r\n\r\n",
    "without Host": b"GET / HTTP/1.1\r\nAccept: */*\r\n\r\n",
    "another Host": b"GET / HTTP/1.1\r\nHost: example.com\r\n\r\n",
    "a second Host": b"GET / HTTP/1.1\r\nHost: localhost:{port}\r\nhost: x\r\n\r\n",
    "two framings": (
        b"POST / HTTP/1.1\r\nHost: localhost:{port}\r\nTransfer-Encoding: chunked\r\n"
        b"Content-Length: 1\r\n\r\nx"
    ),
    "an expectation": b"GET / HTTP/1.1\r\nHost: localhost:{port}\r\nExpect: 100-continue\r\n\r\n",
    "GET with a body": b"GET / HTTP/1.1\r\nHost: localhost:{port}\r\nContent-Length: 3\r\n\r\nabc",
    "two requests": b"GET /1 HTTP/1.1\r\nHost: localhost:{port}\r\n\r\n" * 2,
    "a wrong length": b"POST / HTTP/1.1\r\nHost: localhost:{port}\r\nContent-Length: 9\r\n\r\nabc",
    "without a length": b"POST / HTTP/1.1\r\nHost: localhost:{port}\r\n\r\n",
    "an absolute target": b"GET http://localhost/a HTTP/1.1\r\nHost: localhost:{port}\r\n\r\n",
}
RAW = [
    b"GET / HTTP/1.0\r\n\r\n",
    b"DELETE / HTTP/1.1\r\nHost: x\r\n\r\n",
    b"GET / HTTP/1.1\r\nHost:x\r\n\r\n",
    b"GET / HTTP/1.1\nHost: x\n\n",
    b"GET  / HTTP/1.1\r\nHost: x\r\n\r\n",
    b"GET / HTTP/1.1\r\nX: caf\xe9\r\n\r\n",
    b"GET / HTTP/1.1\r\nX: tab\tx\r\n\r\n",
    b"GET / HTTP/1.1\r\nX-Empty: \r\n\r\n",
    b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\n\0\xff",
    b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\n@f",
    b"hello",
]


def heard(line_for: object) -> bytes:
    """What a server hears when the command is run; it answers once a whole request, or the end, has
    come."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        said = bytearray()

        def serve() -> None:
            opened, _ = listener.accept()
            with opened:
                while not _whole(bytes(said)) and (data := opened.recv(65536)):
                    said.extend(data)
                opened.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")

        thread = threading.Thread(target=serve)
        thread.start()
        line = line_for(listener.getsockname()[1])  # type: ignore[operator]
        environment = {"PATH": os.environ["PATH"], "HOME": "/nonexistent"}
        done = subprocess.run(
            ["sh", "-c", line], env=environment, capture_output=True, timeout=60, check=False
        )
        if done.returncode:  # it never came that far: let the server go
            socket.create_connection(listener.getsockname()).close()
        thread.join(60)
    assert done.returncode == 0, (line, done.stderr)
    return bytes(said)


def _whole(said: bytes) -> bool:
    head, end, body = said.partition(b"\r\n\r\n")
    length = next(
        (
            int(x.split(b":")[1])
            for x in head.split(b"\r\n")
            if x.lower().startswith(b"content-length:")
        ),
        0,
    )
    chunked = b"chunked" in head.lower() and not body.endswith(b"0\r\n\r\n")
    return bool(end) and len(body) >= length and not chunked


def taken_apart(request: bytes) -> tuple[bytes, list[bytes], bytes]:
    """The request line, the header lines in any order, the body."""
    head, _, body = request.partition(b"\r\n\r\n")
    first, *lines = head.split(b"\r\n")
    return first, sorted(lines), body


def as_heard(
    request: bytes,
) -> tuple[tuple[bytes, list[bytes], bytes], tuple[bytes, list[bytes], bytes], str]:
    if shutil.which("curl") is None:
        pytest.skip("curl is not installed")
    lines: list[str] = []
    wanted: list[bytes] = []

    def line_for(port: int) -> str:
        wanted.append(
            request.replace(b"{port}", b"%d" % port).replace(b"{{", b"{").replace(b"}}", b"}")
        )
        lines.append(command(sent(wanted[0]), port, raw=False))
        return lines[0]

    return taken_apart(heard(line_for)), taken_apart(wanted[0]), lines[0]


@pytest.mark.parametrize("request_bytes", REQUESTS)
def test_curl_sends_what_was_sent(request_bytes: bytes) -> None:
    (first, lines, body), (wanted_first, wanted_lines, wanted_body), line = as_heard(request_bytes)
    assert line.startswith("curl ")
    assert (first, body) == (wanted_first, wanted_body)
    more = [header for header in lines if header not in wanted_lines]
    assert [header for header in wanted_lines if header not in lines] == []
    assert {header.split(b":")[0] for header in more} <= {
        b"User-Agent",
        b"Accept",
    }, "what curl says of itself"


def test_curl_says_nothing_of_itself() -> None:
    found, wanted, _ = as_heard(REQUESTS[0])
    assert found == wanted


@pytest.mark.parametrize("request_bytes", ELSEWHERE.values(), ids=ELSEWHERE)
def test_what_curl_sends_otherwise_is_not_left_to_curl(request_bytes: bytes) -> None:
    data = request_bytes.replace(b"{port}", b"4221").replace(b"{{", b"{").replace(b"}}", b"}")
    line = command(sent(data), raw=False)
    assert not line.startswith("curl "), line


@pytest.mark.parametrize("data", RAW)
def test_what_curl_cannot_send_is_printed_by_printf(data: bytes, stubs: Path) -> None:
    line = command(sent(data), raw=False)
    assert not line.startswith("curl ")
    assert run("sh", line, stubs) == data


def test_a_fault_in_bytes_is_never_left_to_curl() -> None:
    request = REQUESTS[0].replace(b"{port}", b"4221")
    assert command(sent(request), raw=False).startswith("curl ")
    assert command(sent(request), raw=True).startswith("(printf ")
    assert command(sent(request[:9], request[9:]), raw=False).startswith("(printf ")
