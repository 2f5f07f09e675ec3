"""A check sends nothing that a later stage teaches: else a fault is told in a stage that is not
about it."""

from __future__ import annotations

import re
import sys
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

import pytest

from grader.course import course_root, load_course
from grader.text.escape import unescape

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tests.golden import Gradings

ROOT: Final = Path(__file__).parents[2]
SEED: Final = 5
MOST_OPEN: Final = 5  # by a required check: a pool of so many workers is none too few
MANY: Final = "concurrency/many_clients"

NEVER: Final = "nowhere"
TAUGHT: Final[Mapping[str, str]] = MappingProxyType(
    {
        "/echo/": "echo", "/user-agent": "headers", "/files/": "files", "?": "paths", "%": "echo",
        "POST": "files", "HEAD": "methods", "another method": "methods", "HTTP/1.0": "keep-alive",
        "another version": "malformed", "no request line": "concurrency", "Accept-Encoding": "gzip",
        "Connection": "keep-alive", "Content-Length": "files", "Expect": "chunked",
        "Transfer-Encoding": "chunked", "User-Agent": "headers", "another header": "headers",
        "Range": "ranges", "If-Range": "ranges", "If-Match": NEVER,
        "If-None-Match": "conditional", "If-Modified-Since": "conditional",
        "a second request": "keep-alive", "a reset": "concurrency",
    }
)  # fmt: skip
"""What a request may hold or a client may do, and the stage that teaches it."""

ANY_HEADER: Final = "whatever stands in a header, it is not to be read yet"
NO_METHOD: Final = "it is no method at all"
ANY_CODING: Final = "who knows no chunks may refuse it"
NOT_READ: Final = "what ordinary clients send by themselves has to be read over"
EXCEPTIONS: Final[Mapping[str, Mapping[str, str]]] = MappingProxyType(
    {
        "ok/head_has_no_body": {
            "HEAD": "no other stage of the track is about HEAD, and the course gives this advice"
        },
        "paths/header_does_not_route": {"another header": ANY_HEADER},
        "paths/unusual_path_is_survived": {"%": "it need not be decoded, only survived"},
        "paths/unusual_path_is_answered": {"%": "any answer will do"},
        "echo/header_does_not_route": {"another header": ANY_HEADER},
        "echo/ordinary_client": {"another header": NOT_READ},
        "headers/ordinary_headers": dict.fromkeys(
            ["Connection", "Range", "If-Range", "If-None-Match", "If-Modified-Since"], NOT_READ
        ),
        "keep-alive/body_is_no_request": dict.fromkeys(
            ["HEAD", "another method"], "any answer will do: the request after it counts"
        ),
        "files/parts_and_conditions": dict.fromkeys(
            ["Range", "If-Match", "If-None-Match", "If-Modified-Since"],
            "what is not taught may be ignored: 200 will do",
        ),
        "malformed/says_400": {"another method": NO_METHOD},
        "malformed/refused_later_too": {
            "another method": NO_METHOD,
            "Transfer-Encoding": "as it is answered alone",
        },
        "malformed/chunks_win": {"Transfer-Encoding": ANY_CODING},
        "malformed/closes_after_both": {"Transfer-Encoding": ANY_CODING},
    }
)
"""The checks that send it all the same, and why that is right."""


@pytest.fixture(scope="module", params=["http", "hardening", "static-site", "web-app"])
def checks(request: pytest.FixtureRequest, gradings: Gradings) -> list[Any]:
    """What each check of a track sends to the reference, which passes them all."""
    reference = (sys.executable, "-m", "reference")
    grading = gradings.whole(ROOT, reference, request.param, seed=SEED)
    assert grading.exit_code == 0, grading.output
    return [check for stage in grading.report["stages"] for check in stage["checks"]]


def test_a_check_sends_what_has_been_taught(checks: list[Any]) -> None:
    early = {check["id"]: found for check in checks if (found := _too_early(check))}
    excepted = {
        name: set(why)
        for name, why in EXCEPTIONS.items()
        if name in {check["id"] for check in checks}
    }

    assert early == excepted


def test_a_required_check_holds_few_connections_open(checks: list[Any]) -> None:
    """Of the base track: on the other one, errors end connections."""
    required = [check for check in checks if check["level"] == "required" and check["id"] != MANY]
    if not any(check["id"] == MANY for check in checks):
        pytest.skip("this track does not say so")

    assert {
        check["id"]: most for check in required if (most := _most_open(check)) > MOST_OPEN
    } == {}


def test_what_is_looked_for_is_seen() -> None:
    sent = (
        b"POST /files/a%20b?c HTTP/1.0\r\nhost: x\r\nContent-length:6\r\nX: y\r\n\r\na\r\n\r\nb",
        b"POST /files/a HTTP/1.1\r\nContent-Length: 3\r\n\r\na: GET / HTTP/1.1\r\nRange: x\r\n\r\n",
        b"BREW /user-agent HTTP/2.0\r\nUser-Agent: x\r\n\r\nHEAD / HTTP/1.1\r\n\r\n",
        b"nonsense\r\n\r\n",
    )
    assert [set(_used(data)) for data in sent] == [
        {"POST", "/files/", "%", "?", "HTTP/1.0", "Content-Length", "another header"},
        {"POST", "/files/", "Content-Length", "Range", "a second request"},
        {
            "another method",
            "/user-agent",
            "another version",
            "User-Agent",
            "HEAD",
            "a second request",
        },
        {"no request line"},
    ]


# --- what was sent --------------------------------------------------------------------------------

_START: Final = re.compile(rb"([^\s]+) ([^\s]+) HTTP/([^\s]+)")
_KNOWN: Final = {name.lower(): name for name in TAUGHT}


def _too_early(check: Any) -> set[str]:  # noqa: ANN401  (JSON)
    here = _position(check["id"].partition("/")[0])
    return {use for use in _all_used(check) if _position(TAUGHT[use]) > here}


@cache
def _position(slug: str) -> int:
    slugs = [stage.slug for stage in load_course(course_root()).stages]
    return slugs.index(slug) if slug != NEVER else len(slugs)


def _all_used(check: Any) -> Iterator[str]:  # noqa: ANN401  (JSON)
    acts = [entry for entry in check["transcript"] if entry["by"] == "grader"]
    if any(entry["direction"] == "reset" for entry in acts):
        yield "a reset"
    for connection in {entry["connection"] for entry in acts}:
        sent = (
            unescape(it["bytes"])
            for it in acts
            if (it["connection"], it["direction"]) == (connection, "sent")
        )
        yield from _used(b"".join(sent))


def _used(sent: bytes) -> Iterator[str]:
    """Of what a connection carried. Behind the first head, what does not look like one is body."""
    heads = list(_heads(sent))
    found = [head for head in heads if _START.match(head.partition(b"\r\n")[0])]
    if heads and heads[0] not in found:
        yield "no request line"
    if len(found) > 1:
        yield "a second request"
    for head in found:
        start, *lines = head.split(b"\r\n")
        yield from _used_by_start(*(word.decode("latin-1") for word in start.split(b" ", 2)))
        names = {line.partition(b":")[0].decode("latin-1").lower() for line in lines} - {"host"}
        yield from (_KNOWN.get(name, "another header") for name in names)


def _heads(sent: bytes) -> Iterator[bytes]:
    """What stands before each empty line, but for the bodies whose length is told."""
    rest = sent.lstrip(b"\r\n")
    while rest:
        head, _, rest = rest.partition(b"\r\n\r\n")
        yield head
        length = re.search(rb"(?im)^content-length: *(\d{1,9})\r?$", head)
        rest = rest[int(length[1]) if length else 0 :].lstrip(b"\r\n")


def _used_by_start(method: str, target: str, version: str) -> Iterator[str]:
    if method != "GET":
        yield method if method in TAUGHT else "another method"
    if version != "HTTP/1.1":
        yield version if version in TAUGHT else "another version"
    yield from (mark for mark in "?%" if mark in target)
    yield from (route for route in ("/echo/", "/files/") if target.startswith(route))
    if target.partition("?")[0] == "/user-agent":
        yield "/user-agent"


def _most_open(check: Any) -> int:  # noqa: ANN401  (JSON)
    """How many connections the check has had open at a time."""
    now: set[int] = set()
    most = 0
    for entry in check["transcript"]:
        if entry["direction"] == "opened":
            now.add(entry["connection"])
        elif entry["direction"] in ("closed", "reset") and entry["by"] == "grader":
            now.discard(entry["connection"])
        most = max(most, len(now))
    return most
