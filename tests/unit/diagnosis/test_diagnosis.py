"""From what was observed to the sentence that is said of it."""

from __future__ import annotations

from typing import Any

import pytest

from grader.check.failure import Kind
from grader.diagnosis import (
    Silence,
    explain_closed,
    explain_exit,
    explain_silence,
)
from grader.http1.messages import explain_malformed
from grader.http1.silence import HINTS, half_answer
from grader.http1.wire import Malformed, ReadPart, ReadProgress, ResponseReader

NOTHING = ResponseReader().progress


def seen(**known: Any) -> Silence:  # noqa: ANN401
    found: dict[str, Any] = {
        "hints": HINTS, "received": 0, "begun": b"", "budget_s": 5.0, "unread": 0,
        "accepted": True, "answers": 0, "hopeless": False,
    }  # fmt: skip
    half = half_answer(known.pop("progress", NOTHING))
    return Silence(half=half, **{**found, **known})


def begun(data: bytes) -> ReadProgress:
    reader = ResponseReader()
    reader.feed(data)
    assert reader.response("GET") is None
    return reader.progress


@pytest.mark.parametrize(
    ("known", "words"),
    [
        ({}, ["no answer", "for 5 s", "read the whole request"]),
        ({"hopeless": True}, ["no answer", "never will", "read the whole request"]),
        ({"budget_s": 0.25}, ["no answer", "for 0.25 s"]),
        ({"unread": 7}, ["no answer", "for 5 s", "7 bytes", "unread"]),
        ({"unread": 7, "hopeless": True}, ["no answer", "never will", "7 bytes", "unread"]),
        ({"unread": 7, "answers": 1}, ["no answer", "next request", "7 bytes", "unread"]),
        ({"answers": 1}, ["no answer", "read the whole request"]),
        ({"accepted": False}, ["not accept", "within 5 s"]),
        ({"accepted": False, "hopeless": True}, ["not accept", "never will"]),
        ({"accepted": False, "unread": 7}, ["not accept", "within 5 s"]),
    ],
)
def test_silence(known: dict[str, Any], words: list[str]) -> None:
    failure = explain_silence(seen(**known))
    assert failure.kind is Kind.SILENCE
    assert [word for word in words if word not in failure.summary] == []
    assert failure.expected == "an answer"
    assert str(failure.actual).startswith("silence")
    assert failure.hint
    assert failure.offset is None


def test_what_to_do_depends_on_what_was_seen() -> None:
    cases = [seen(), seen(unread=7), seen(unread=7, answers=1), seen(accepted=False)]
    assert len({explain_silence(case).hint for case in cases}) == len(cases)
    assert explain_silence(seen(hopeless=True)).hint == explain_silence(seen()).hint


@pytest.mark.parametrize(
    ("data", "hint"),
    [
        (b"HTTP/1.1 20", r"The status line ends with \r\n."),
        (b"HTTP/1.1 200 OK\r\nA: b\r\n", r"the head ends with \r\n\r\n."),
        (
            b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nabc",
            "Content-Length counts the bytes of the body",
        ),
        (b"HTTP/1.1 200 OK\r\n\r\nabc", "close the connection after the body"),
        (
            b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n",
            "ends with a chunk of size 0",
        ),
        (
            b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n",
            "ends with an empty line after the last chunk",
        ),
    ],
)
def test_half_an_answer(data: bytes, hint: str) -> None:
    failure = explain_silence(seen(progress=begun(data), received=len(data), begun=data))
    assert failure.kind is Kind.INCOMPLETE
    assert failure.summary.startswith("the answer stopped half-way: ")
    assert hint in (failure.hint or "")
    assert (failure.actual, failure.offset) == (data, len(data))
    assert failure.expected


def test_half_an_answer_of_which_only_the_beginning_is_shown() -> None:
    data = b"HTTP/1.1 200 OK\r\nContent-Length: 50000\r\n\r\n"
    failure = explain_silence(seen(progress=begun(data), received=9000, begun=data))
    assert failure.offset is None


def test_every_part_has_its_hint() -> None:
    for part in set(ReadPart) - {ReadPart.NOTHING}:
        failure = explain_silence(seen(progress=ReadProgress(part, "so far", "the rest")))
        assert failure.hint


@pytest.mark.parametrize(
    ("status", "words"),
    [
        (0, "ended with exit status 0"),
        (1, "ended with exit status 1"),
        (128, "ended with exit status 128"),
        (137, "was killed by SIGKILL"),
        (139, "was killed by SIGSEGV"),
        (255, "ended with exit status 255"),
        (128 + 99, "ended with exit status 227"),
    ],
)
def test_how_a_program_ended(status: int, words: str) -> None:
    failure = explain_exit(status, b"", "before it listened")
    assert failure.kind is Kind.EXIT
    assert failure.summary == f"your program {words} before it listened"
    assert failure.actual == words
    assert ("end of main" in (failure.hint or "")) == ("killed" not in words)
    assert ("debugger" in (failure.hint or "")) == ("SIGSEGV" in words)


@pytest.mark.parametrize(
    ("output", "last"),
    [
        (b"Traceback\n  File\nNameError: x\n", "NameError: x"),
        (b"error\n\n   \n", "error"),
        (b"\xff\xfe", "\ufffd\ufffd"),
        (b"  indented  ", "indented"),
    ],
)
def test_the_last_words_of_a_program(output: bytes, last: str) -> None:
    failure = explain_exit(1, output, "meanwhile")
    assert (
        failure.summary
        == f"your program ended with exit status 1 meanwhile; its last words: {last}"
    )
    assert "file and the line" in (failure.hint or "")


def test_a_connection_that_ended() -> None:
    closed, reset = explain_closed(HINTS, False), explain_closed(HINTS, True)
    assert (closed.kind, reset.kind) == (Kind.CLOSED, Kind.CLOSED)
    assert closed.summary == "the server closed the connection without answering"
    assert reset.summary == "the server reset the connection without answering"
    assert (closed.actual, reset.actual) == ("end of connection", "connection reset")


def test_malformed_bytes_keep_their_place() -> None:
    reader = ResponseReader()
    reader.feed(b"HTTP/1.1 200 OK\r\nBad Name: x\r\n\r\n")
    with pytest.raises(Malformed) as caught:
        reader.response("GET")
    malformed, failure = caught.value, explain_malformed(caught.value)
    assert failure.kind is Kind.MALFORMED
    assert (failure.summary, failure.expected, failure.actual) == (
        malformed.summary,
        malformed.expected,
        malformed.raw,
    )
    assert (failure.hint, failure.cite) == (malformed.mend, malformed.cite)
    assert malformed.raw[failure.offset or 0 :].startswith((b" Name", b"Bad Name"))
