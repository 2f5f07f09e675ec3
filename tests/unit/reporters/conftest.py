"""Two sources of reports: one run with everything in it, and hypothesis with hostile values."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import pytest
from msgspec.structs import replace

from grader.check.declaration import Level
from grader.check.failure import Kind
from grader.check.transcript import Direction, Entry
from grader.report.model import (
    CheckFinished,
    CheckReport,
    CheckStarted,
    Environment,
    Event,
    FailureDetail,
    Isolation,
    Report,
    RunFinished,
    RunHeader,
    RunStarted,
    StageFinished,
    StageReport,
    StageStarted,
    Verdict,
)
from tests.unit.reporters.hostile import reports

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy

Events = Callable[[Report], list[Event]]

HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n"
REQUEST = b"GET /user-agent HTTP/1.1\r\nHost: localhost:4221\r\nuSeR-aGeNt: grape/pear\r\n\r\n"
BINARY = bytes(range(256)) * 200
SPOILT = BINARY[:12800] + b"?" + BINARY[12801:]


def _exchange(request: bytes, response: bytes) -> tuple[Entry, ...]:
    return (
        Entry(1, Direction.OPENED, 0.0),
        Entry(1, Direction.SENT, 0.0004, request),
        Entry(1, Direction.RECEIVED, 0.004, response[:20], by="server"),
        Entry(1, Direction.RECEIVED, 0.005, response[20:], by="server"),
    )


def _passed(name: str, title: str, requirement: str) -> CheckReport:
    return CheckReport(
        name, title, requirement, "RFC", Level.REQUIRED, Verdict.PASSED, None, 1, 1, 0.0134
    )


def _failed(
    name: str, title: str, requirement: str, cite: str, failure: FailureDetail, *entries: Entry
) -> CheckReport:
    return CheckReport(
        name,
        title,
        requirement,
        cite,
        Level.REQUIRED,
        Verdict.FAILED,
        None,
        0,
        1,
        0.02,
        failure,
        entries,
    )


LINE_ENDS = _failed(
    "ok/line_ends",
    "Lines of the head end with CRLF",
    "Every line of the head MUST end with CRLF",
    "RFC 9112 2.2",
    FailureDetail(
        Kind.MALFORMED,
        "The second line of the head ends with a bare LF.",
        actual=HEAD[:-2] + b"\nContent-Length: 0\r\n\r\n",
        offset=41,
        hints=(r"Write \r\n behind every line.",),
    ),
    *_exchange(b"GET / HTTP/1.1\r\nHost: a\r\n\r\n", HEAD[:-2] + b"\nContent-Length: 0\r\n\r\n"),
)
SILENCE = _failed(
    "concurrency/silent_clients",
    "Silent clients do not block others",
    "A server MUST answer while others are connected and silent",
    "course: concurrency",
    FailureDetail(
        Kind.SILENCE,
        "No answer came within 2 s while two other clients were connected and silent.",
        expected="an answer on connection #3",
        actual="silence for 2.0 s",
        reproduce="nc localhost 4221 &\ncurl -i localhost:4221/",
        output_tail=b"listening\r\n",
    ),
    *(Entry(number, Direction.OPENED, 0.0) for number in (1, 2, 3)),
    Entry(3, Direction.SENT, 0.001, b"GET / HTTP/1.1\r\nHost: a\r\n\r\n"),
    Entry(3, Direction.RESET, 2.002, by="server"),
)
ANY_CASE = _failed(
    "headers/any_case",
    "Header names ignore case",
    "A server MUST find a header whatever the case of its name",
    "RFC 9110 5.1",
    FailureDetail(
        Kind.MISMATCH,
        "The body is 'grape/paer', and the request named its user agent 'grape/pear'.",
        expected=b"grape/pear",
        actual=b"grape/paer",
        offset=7,
        hints=("Names of headers are compared without regard to case.",),
        cite="RFC 9110 5.1, second paragraph",
        reproduce=(
            r"printf 'GET /user-agent HTTP/1.1\r\nuSeR-aGeNt: grape/pear\r\n\r\n' | nc localhost"
            r" 4221"
        ),
        output_tail=b"listening on 4221\r\n\x1b[31mKeyError: 'User-Agent'\x1b[0m\r\n",
    ),
    *_exchange(REQUEST, HEAD + b"Content-Length: 10\r\n\r\ngrape/paer"),
    Entry(1, Direction.CLOSED, 0.0051, by="server"),
)
ALL_BYTES = _failed(
    "files/all_bytes",
    "A file comes back byte for byte",
    "A server MUST return the bytes of a file exactly as they are, whatever they are, undecoded",
    "course: files",
    FailureDetail(
        Kind.MISMATCH,
        "Byte 12800 is 0x3f instead of 0x00.",
        expected=BINARY,
        actual=SPOILT,
        offset=12800,
    ),
    *_exchange(
        b"GET /files/x HTTP/1.1\r\nHost: a\r\n\r\n",
        HEAD + b"Content-Length: 51200\r\n\r\n" + SPOILT,
    ),
)
BLANKS = replace(
    ANY_CASE,
    id="headers/trailing_blanks",
    title="Whitespace after a value is dropped",
    requirement="A server SHOULD drop blanks behind a value",
    level=Level.ADVICE,
    failure=FailureDetail(
        Kind.MISMATCH,
        "the value 'plum/fig  ' keeps its two trailing blanks, which are no part of it",
        expected=b"plum/fig",
        actual=b"plum/fig  ",
        offset=8,
    ),
    transcript=(),
)
ERRORED = CheckReport(
    "gzip/ordinary",
    "A body is compressed on demand",
    "A server MUST compress where it is asked to",
    "RFC 9110 8.4",
    Level.REQUIRED,
    Verdict.ERRORED,
    "port 4221 is held by another program (nginx, process 4242)",
    max_points=1,
)
SKIPPED = replace(
    _passed("headers/x", "x", "x"),
    verdict=Verdict.SKIPPED,
    reason="the ordinary case failed",
    points=0,
)
HEADER = RunHeader(
    "http",
    "Write an HTTP server",
    "my_server.py",
    ("python3", "my_server.py"),
    Environment(
        "1.0",
        "3.11.7",
        "Linux",
        Isolation("landlock", ("UDP is not confined", "disk use is not bounded")),
        7306241,
        strict=False,
    ),
    "2026-11-20T11:20:00Z",
)


def _stage(
    number: int,
    slug: str,
    title: str,
    *checks: CheckReport,
    verdict: Verdict,
    reason: str | None = None,
) -> StageReport:
    points = sum(check.max_points for check in checks)
    return StageReport(number, slug, title, "http", verdict, reason, 0.5, checks, points)


STAGES = (
    _stage(
        1,
        "bind-port",
        "Bind to a port",
        _passed(
            "bind-port/listens",
            "The program listens on its port",
            "The program MUST listen on port 4221 of the loopback interface, and stay",
        ),
        _passed("bind-port/accepts", "A connection is accepted", "A connection MUST be accepted"),
        verdict=Verdict.PASSED,
    ),
    _stage(2, "ok", "Answer 200", LINE_ENDS, verdict=Verdict.FAILED),
    _stage(3, "paths", "Tell paths apart", verdict=Verdict.SKIPPED, reason="ok failed"),
    _stage(
        5,
        "headers",
        "Read headers",
        ANY_CASE,
        BLANKS,
        *[SKIPPED] * 3,
        verdict=Verdict.FAILED,
    ),
    _stage(6, "concurrency", "Serve many at once", SILENCE, verdict=Verdict.FAILED),
    _stage(7, "files", "Serve files", ALL_BYTES, verdict=Verdict.FAILED),
    _stage(8, "gzip", "Compress", ERRORED, verdict=Verdict.ERRORED),
)


@pytest.fixture(scope="session")
def sample() -> Report:
    """A run in which everything happens."""
    return Report(HEADER, Verdict.FAILED, None, 3.2, STAGES)


@pytest.fixture(scope="session")
def events() -> Events:
    """The events that fold into a report."""
    return lambda report: list(_events(report))


def _events(report: Report) -> Iterator[Event]:
    yield RunStarted(
        report.header,
        tuple((stage.number, stage.slug, stage.title) for stage in report.stages),
    )
    for stage in report.stages:
        yield StageStarted(stage.number, stage.slug, stage.title, stage.track)
        for check in stage.checks:
            yield CheckStarted(check.id, check.title)
            yield CheckFinished(check)
        yield StageFinished(stage)
    yield RunFinished(report)


@pytest.fixture(scope="session")
def hostile() -> SearchStrategy[Report]:
    """Reports in which every text and every byte may be what a hostile server or file name made
    it."""
    return reports
