"""Requests as values: their bytes, how they are cut, and what makes one impossible."""

from __future__ import annotations

from dataclasses import replace

import pytest

from stages._compare.conversation import MOST_ASKS, MOST_BYTES, Ask, Conversation, faults

UPLOAD = Ask("POST", "/files/a", ("Content-Length: 5",), b"grape")


def test_the_bytes_of_a_request() -> None:
    whole = b"".join(replace(UPLOAD, lines=("A: b", *UPLOAD.lines)).pieces("h"))
    assert whole == b"POST /files/a HTTP/1.1\r\nHost: h\r\nA: b\r\nContent-Length: 5\r\n\r\ngrape"


def test_an_empty_line_may_come_first() -> None:
    assert Ask(blank_first=True).pieces("h") == (b"\r\nGET / HTTP/1.1\r\nHost: h\r\n\r\n",)


def test_cuts_are_counted_from_the_end_of_the_head() -> None:
    head = UPLOAD.head("localhost:4221")
    pieces = replace(UPLOAD, cuts=(-2, 0, 3)).pieces("localhost:4221")
    assert pieces == (head[:-2], b"\r\n", b"gra", b"pe")


@pytest.mark.parametrize(
    ("lines", "version", "closes"),
    [
        ((), "HTTP/1.1", False),
        (("Connection: close",), "HTTP/1.1", True),
        (("connection: foo, CLOSE",), "HTTP/1.1", True),
        (("Connection: closed",), "HTTP/1.1", False),
        ((), "HTTP/1.0", True),
        (("Connection: keep-alive",), "HTTP/1.0", False),
    ],
)
def test_who_asks_for_the_end_of_the_connection(
    lines: tuple[str, ...], version: str, closes: bool
) -> None:
    assert Ask(lines=lines, version=version).wants_close is closes


@pytest.mark.parametrize(
    "asked",
    [
        Conversation((Ask(),)),
        Conversation((UPLOAD,), (("a.txt", b"x"),), (b"", b"GET")),
        Conversation((replace(UPLOAD, cuts=(-1, 0, 4)),)),
        Conversation((Ask(), Ask(joined=True))),
        Conversation((Ask("HEAD"), Ask(version="HTTP/1.0", lines=("X: caf\xe9",)))),
    ],
)
def test_conversations_that_can_be_had(asked: Conversation) -> None:
    assert list(faults(asked)) == []


@pytest.mark.parametrize(
    ("asked", "fault"),
    [
        (Conversation(()), "it has 0 requests"),
        (Conversation((Ask(),) * (MOST_ASKS + 1)), f"it has {MOST_ASKS + 1} requests"),
        (Conversation((Ask(),), (("a", bytes(MOST_BYTES + 1)),)), "longer than"),
        (Conversation((Ask(),), beside=(b"",) * 5), "more than 4 silent clients"),
        (Conversation((Ask(),), beside=(b"x" * 201,)), "sends more than 200 bytes"),
        (Conversation((Ask(),), tuple((f"f{n}", b"") for n in range(9))), "more than 8 files"),
        (Conversation((Ask(),), (("../a", b""),)), "not the name of a file: '../a'"),
        (Conversation((Ask(),), ((".", b""),)), "not the name of a file"),
        (Conversation((Ask("PUT"),)), "the method 'PUT'"),
        (Conversation((Ask(version="HTTP/2"),)), "the version 'HTTP/2'"),
        (Conversation((Ask(target="/a b"),)), "not a path"),
        (Conversation((Ask(target="http://x/"),)), "not a path"),
        (Conversation((Ask(target="/\r\nA: b"),)), "not a path"),
        (Conversation((Ask(lines=("no colon",)),)), "not a header line"),
        (Conversation((Ask(lines=("A: b\r\nC: d",)),)), "not a header line"),
        (Conversation((Ask(lines=("Host: x",)),)), "the header Host"),
        (
            Conversation((Ask(lines=("Transfer-Encoding: chunked",)),)),
            "the header Transfer-Encoding",
        ),
        (Conversation((Ask(lines=("expect: 100-continue",)),)), "the header expect"),
        (Conversation((Ask(lines=("X: y",) * 101),)), "the head is too long"),
        (Conversation((Ask(body=b"x"),)), "its body of 1 bytes needs exactly one Content-Length"),
        (Conversation((Ask(lines=("Content-Length: 5",)),)), "its body of 0 bytes"),
        (Conversation((replace(UPLOAD, lines=UPLOAD.lines * 2),)), "its body of 5 bytes"),
        (Conversation((replace(UPLOAD, cuts=(5,)),)), "a cut is outside"),
        (Conversation((Ask(cuts=(-1000,)),)), "a cut is outside"),
        (Conversation((Ask(connection=0),)), "connection 0"),
        (Conversation((Ask(joined=True),)), "sent together"),
        (
            Conversation((Ask(), Ask(connection=2, joined=True))),
            "request 2: it cannot be sent together",
        ),
    ],
)
def test_conversations_that_cannot(asked: Conversation, fault: str) -> None:
    assert any(fault in found for found in faults(asked))


def test_the_smaller_of_two_is_the_one_that_is_easier_to_read() -> None:
    one, two = Conversation((Ask(),)), Conversation((Ask(), Ask()))
    assert one.size < two.size
    assert one.size < Conversation((Ask(lines=("A: b",)),)).size
    assert Conversation((Ask(target="/a"),)).size < Conversation((Ask(target="/abc"),)).size
