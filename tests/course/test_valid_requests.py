"""What the checks send is valid HTTP, to h11 and to Node's llhttp, unless a check means it to be
wrong."""

from __future__ import annotations

import base64
import re
import shutil
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pytest

from grader.text.escape import unescape
from tests.course.test_submissions import SEED, SUBMISSIONS
from tests.valid_http import ACCEPT_ENCODING, complaint_of_h11

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.golden import Gradings

READER: Final = Path(__file__).parent / "node_reads.js"
SERVERS: Final = {
    "http": "right_server.py",
    "hardening": "hardened_server.py",
    "static-site": "versioned_server.py",
    "web-app": "web_server.py",
}

WRONG_ON_PURPOSE: Final = {
    "http": frozenset(
        {
            "concurrency/garbage",
            "echo/undecodable_is_answered",
            "echo/undecodable_is_survived",
            "gzip/odd_lists_are_survived",
        }
    ),
    "hardening": frozenset(
        {
            "chunked/answers_400",
            "chunked/bare_line_feed",
            "chunked/blank_behind_the_size",
            "chunked/chunked_is_not_last",
            "chunked/line_end_behind_a_chunk",
            "chunked/longer_than_its_size",
            "chunked/not_only_digits",
            "chunked/nothing_is_smuggled",
            "chunked/says_400",
            "chunked/trailers_are_no_headers",
            "chunked/unknown_coding",
            "pipelining/answers_what_came_before",
            "pipelining/malformed_ends_it",
            "pipelining/nothing_behind_is_answered",
            "pipelining/nothing_behind_is_stored",
        }
    ),
    "static-site": frozenset({"traversal/whole_url_stays_inside"}),
    "web-app": frozenset({"middleware/adds_no_header", "request-log/header_forges_no_line"}),
}
"""The checks that send what is no HTTP. All of *malformed* may, but for its ordinary case."""

NOT_H11: Final = frozenset({"ok/ignores_a_leading_empty_line", "limits/many_digits"})
"""Valid, and h11 does not read it: an empty line before the request (RFC 9112 2.2), more than 20
digits."""

NOT_LLHTTP: Final = frozenset(
    {
        "chunked/size_overflows",
        "limits/endless_extension",
        "limits/length_overflows",
        "limits/many_digits",
        "methods/all_methods",
        "methods/minds_the_case",
        "methods/refuses_the_unknown",
        "methods/says_501",
        "pipelining/nothing_after_close",
    }
)
"""Valid, and llhttp does not read it: its lists of methods and versions are closed, its numbers
have 64 bits, and it reads nothing after a request with `Connection: close`."""

Connections = list[tuple[str, bytes]]


@pytest.fixture(scope="module", params=list(SERVERS))
def track(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="module")
def sent(track: str, gradings: Gradings) -> Connections:
    """What each connection of each check has sent to a right server, by the id of the check."""
    grading = gradings.whole(SUBMISSIONS, ("python3", SERVERS[track]), track, seed=SEED + 1)
    checks = [check for stage in grading.report["stages"] for check in stage["checks"]]
    assert {check["verdict"] for check in checks} == {"passed"}
    wrong = WRONG_ON_PURPOSE[track] | {
        check["id"] for check in checks if _may_be_wrong(check["id"])
    }
    return [found for check in checks if check["id"] not in wrong for found in _sent_by(check)]


def _may_be_wrong(check: str) -> bool:
    return check.startswith("malformed/") and check != "malformed/unusual_but_legal"


def _sent_by(check: dict[str, object]) -> Iterator[tuple[str, bytes]]:
    connections: dict[int, bytes] = {}
    for entry in check["transcript"]:  # type: ignore[attr-defined]
        if entry["direction"] == "sent":
            number = entry["connection"]
            connections[number] = connections.get(number, b"") + unescape(entry["bytes"])
    return ((str(check["id"]), _as_far_as_http(data)) for data in connections.values())


def _as_far_as_http(data: bytes) -> bytes:
    """Without what follows the handshake of a WebSocket, which is no HTTP any more."""
    head, end, _ = data.partition(b"\r\n\r\n")
    return head + end if b"\r\nupgrade: websocket" in head.lower() else data


def test_h11_reads_it(sent: Connections) -> None:
    complaints = [
        (check, why, data[:200]) for check, data in sent if (why := complaint_of_h11(data))
    ]

    assert {check for check, *_ in complaints} == NOT_H11.intersection(
        check for check, _ in sent
    ), complaints


@pytest.mark.skipif(shutil.which("node") is None, reason="there is no node on PATH")
def test_llhttp_reads_it(sent: Connections) -> None:
    lines = b"".join(base64.b64encode(data) + b"\n" for _, data in sent)
    node = subprocess.run(
        ["node", READER], input=lines, capture_output=True, timeout=60, check=True
    )
    read = zip(sent, node.stdout.decode().splitlines(), strict=True)
    complaints = [(check, why, data[:200]) for (check, data), why in read if why]

    assert {check for check, *_ in complaints} == NOT_LLHTTP.intersection(
        check for check, _ in sent
    ), complaints


def test_lists_of_codings_are_lists(sent: Connections) -> None:
    lines = re.findall(
        rb"^accept-encoding:[ \t]*(.*?)[ \t]*\r$",
        b"".join(data for _, data in sent),
        re.MULTILINE | re.IGNORECASE,
    )

    assert [line for line in lines if not ACCEPT_ENCODING.fullmatch(line.decode("latin-1"))] == []


@pytest.mark.parametrize(
    "data", [b"GET  / HTTP/1.1\r\n\r\n", b"GET / HTTP/1.1\r\nHost: a\r\nA : b\r\n\r\n"]
)
def test_what_is_no_http_would_be_seen(data: bytes) -> None:
    assert complaint_of_h11(data)
    assert not ACCEPT_ENCODING.fullmatch("gzip; q = 0")
