"""How what a command by hand prints is looked at: where the fault is seen, and not a right
beginning."""

from __future__ import annotations

import os
import subprocess
from typing import TYPE_CHECKING

import pytest

from grader.check.failure import Failure, Kind
from grader.check.transcript import Direction, Entry
from grader.http1 import reproduce
from grader.http1.recognise import WrongBytes
from grader.http1.wire import Response, ResponseReader

if TYPE_CHECKING:
    from pathlib import Path

REQUEST = b"GET /files/a HTTP/1.1\r\nHost: localhost:4221\r\n\r\n"
HEAD = b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n"


def answered(body: bytes, head: bytes = HEAD, request: bytes = REQUEST) -> list[Entry]:
    came = (head % len(body) if b"%d" in head else head) + body
    return [
        Entry(1, Direction.OPENED, 0.0),
        Entry(1, Direction.SENT, 0.0, request),
        Entry(1, Direction.RECEIVED, 0.0, came, by="server"),
    ]


def response(entries: list[Entry]) -> Response:
    reader = ResponseReader()
    reader.feed(entries[-1].data)
    read = reader.response("GET")
    assert read is not None
    return read


def command(found: bytes, wanted: bytes, *, raw: bool = False, head: bytes = HEAD) -> str:
    """The command for an answer with this body."""
    entries = answered(found, head)
    read = response(entries)
    wrong = WrongBytes(Kind.MISMATCH, "No.", read.body, wanted, response=read)
    line = reproduce.command(entries, 4221, raw=raw, failure=wrong)
    assert line is not None
    return line


def piped(line: str, output: bytes) -> str:
    """What the end of the command makes of the output of its beginning."""
    pipe = line.partition(" | nc -w 2 localhost 4221 | ")[2] or line.partition(" | ")[2]
    done = subprocess.run(["sh", "-c", pipe], input=output, capture_output=True, check=True)
    return " ".join(done.stdout.decode().split())


LONG = bytes(range(65, 91)) * 400


def test_a_short_body_is_shown_with_its_head() -> None:
    line = command(b"apple", b"fig")
    assert line.startswith("curl -i ")
    assert "|" not in line


@pytest.mark.parametrize("wanted", [b"apple", b"apple\r", b"app le", b"ap\tple\n"])
def test_a_blank_is_shown_by_od(wanted: bytes) -> None:
    line = command(b"apple\n", wanted)
    assert line.startswith("curl -sS -H ")
    assert piped(line, b"apple\n") == "0000000 a p p l e \\n 0000006"


def test_of_a_body_that_is_cut_off_the_bytes_are_counted() -> None:
    assert piped(command(LONG[:1024], LONG), LONG[:1024]) == "1024"


def test_of_a_long_body_the_first_wrong_bytes_are_shown() -> None:
    found = LONG[:5000] + b"!" + LONG[5001:]
    shown = piped(command(found, LONG), found)
    assert "! " in shown
    assert len(shown) < 400


def test_what_is_too_much_is_shown() -> None:
    assert "e x t r a" in piped(command(LONG + b"extra", LONG), LONG + b"extra")


@pytest.mark.parametrize("found", [LONG[:1024], LONG[:5000] + b"!" + LONG[5001:], LONG + b"!!"])
def test_netcat_shows_the_same_after_the_head(found: bytes) -> None:
    """It prints the head, too."""
    alone = piped(command(found, LONG), found)
    assert piped(command(found, LONG, raw=True), HEAD % len(found) + found) == alone


def test_chunks_are_left_to_curl() -> None:
    chunked = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n6\r\napple\n\r\n0\r\n\r\n"
    entries = answered(b"", chunked)
    read = response(entries)
    wrong = WrongBytes(Kind.MISMATCH, "No.", b"apple\n", b"apple", response=read)
    assert "| od -c" in (reproduce.command(entries, 4221, raw=False, failure=wrong) or "")
    assert "| od -c" not in (reproduce.command(entries, 4221, raw=True, failure=wrong) or "")


def test_an_answer_without_an_end_gets_a_limit() -> None:
    endless = command(b"apple", b"fig", head=b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n")
    assert "-m 5" not in endless
    entries = answered(b"apple", b"HTTP/1.1 200 OK\r\n\r\n")
    failure = Failure(Kind.MISMATCH, "It has no end.")
    assert "curl -m 5 " in (reproduce.command(entries, 4221, raw=False, failure=failure) or "")
    closed = [*entries, Entry(1, Direction.CLOSED, 0.0, by="server")]
    assert "-m 5" not in (reproduce.command(closed, 4221, raw=False, failure=failure) or "")


def test_line_ends_that_are_wrong_are_seen() -> None:
    came = b"HTTP/1.1 200 OK\nContent-Length: 0\n\n"
    failure = Failure(Kind.MALFORMED, "No CR.", actual=came, offset=15)
    line = reproduce.command(answered(b"", came), 4221, raw=True, failure=failure)
    assert (line or "").endswith(" | head -c 300 | od -c")
    failure = Failure(Kind.MALFORMED, "No.", actual=b"HTTP/1.1 abc\r\n\r\n", offset=10)
    assert "od" not in (reproduce.command(answered(b""), 4221, raw=True, failure=failure) or "")


def test_of_a_long_answer_without_its_end_the_bytes_are_counted() -> None:
    failure = Failure(Kind.INCOMPLETE, "It is cut off.")
    line = reproduce.command(answered(LONG), 4221, raw=True, failure=failure)
    assert (line or "").endswith(" | wc -c")
    other = reproduce.command(answered(LONG), 4221, raw=True)
    assert (other or "").endswith(" | head -c 2000 | cat -v")


@pytest.mark.parametrize(
    ("found", "shows"),
    [
        (LONG[:1000], "1000"),
        (LONG[:9000] + b"!!" + LONG[9002:], "! !"),
        (LONG + b"more", "m o r e"),
        (b"few", "0000000 f e w"),
    ],
)
def test_the_file_is_looked_at_where_it_goes_wrong(
    found: bytes, shows: str, tmp_path: Path
) -> None:
    (tmp_path / "a").write_bytes(found)
    wrong = WrongBytes(Kind.FILES, "No.", found, LONG, subject="file", file="a")
    line = reproduce.command(answered(b""), 4221, raw=True, failure=wrong) or ""
    look = line.partition("localhost 4221; ")[2]
    done = subprocess.run(
        ["sh", "-c", look], env={**os.environ, "DIR": str(tmp_path)}, capture_output=True
    )
    assert shows in " ".join(done.stdout.decode().split()), look
    assert len(done.stdout) < 600


def test_after_a_script_the_file_is_looked_at_too() -> None:
    both = [*answered(b""), *(Entry(2, it.direction, 0.0, it.data) for it in answered(b""))]
    failure = Failure(Kind.FILES, "No.", file="a")
    entries = [both[0], both[3], *both[1:3], *both[4:]]
    line = reproduce.command([*entries, entries[2]], 4221, raw=True, failure=failure) or ""
    if "python3" in line:
        assert line.endswith('\nEND\nhead -c 300 "$DIR"/a | od -c')
    else:
        assert line.endswith('; head -c 300 "$DIR"/a | od -c')
