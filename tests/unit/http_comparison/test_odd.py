"""What is demanded of the answer to an odd request, and what each server is free to do: each rule
both ways."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from grader.check.failure import Failure, Kind
from stages._compare.conversation import Ask, Leaving
from stages._compare.observed import Observed
from stages._compare.odd_rules import EVIL, UNNAMED
from tests.unit.http_comparison.test_differences import field, plain, response

if TYPE_CHECKING:
    from grader.http1.wire import Response

GONE = Observed(failure=Failure(Kind.CLOSED, "closed without an answer"))
DEAD = Observed(failure=Failure(Kind.EXIT, "the program ended"))
SILENT = Observed(failure=Failure(Kind.SILENCE, "No answer"))
REFUSED = response(b"", 400)
STORED, REFUSED_AND_STORED = (
    Observed(response(b"", 201), stored=b"abc"),
    Observed(REFUSED, stored=b"abc"),
)
NOT_FOUND = response(b"", 404)


def upload(odd: str, *lines: str) -> Ask:
    return Ask("POST", "/files/a", lines, b"abc", odd=odd)


UNDECODABLE = Ask(target="/echo/%zz", odd="undecodable")
SPLIT = Ask("POST", "/files/a%0d%0aX-Evil:%201", ("Content-Length: 4",), EVIL, odd="contained")
SHELL = Ask(target="/files/*", odd="contained")
NO_LENGTH = upload("no length", "Content-Length: +3")
BARE_CR = upload("framed", "X-Note: 1\rContent-Length: 1", "Content-Length: 3")
DECOY = upload("framed", "X-Content-Length: 1", "Content-Length: 3")
CHUNKS = Ask(
    "POST", "/files/a", ("Transfer-Encoding: chunked",), b"3\r\nabc\r\n0\r\n\r\n", odd="chunks"
)
NO_CHUNKS = Ask(
    "POST", "/files/a", ("Transfer-Encoding: chunked",), b"+3\r\nabc\r\n0\r\n\r\n", odd="no chunks"
)
AGENT = Ask(target="/user-agent", lines=("X-Note: 1\rUser-Agent: evil",), odd="framed")
OFFER = Ask(target="/", lines=("Connection: Upgrade", "Upgrade: h2c"), odd="ordinary headers")
RANGE = Ask(target="/files/a", lines=("Range: bytes=0-1",), odd="ordinary headers")
DELETE = Ask("DELETE", "/files/a", odd="method")
HOSTLESS = Ask(odd="framed", hostless=True)


@pytest.mark.parametrize(
    ("ask", "reference", "yours", "found"),
    [
        (UNDECODABLE, plain(b"%zz"), REFUSED, None),
        (UNDECODABLE, plain(b"%zz"), GONE, None),
        (UNDECODABLE, plain(b"%zz"), DEAD, "answer"),
        (SPLIT, REFUSED, response(b"", 201, "Location: /files/a%0D%0AX-Evil:%201"), None),
        (SPLIT, REFUSED, response(b"", 201, "Location: /files/a", "X-Evil: 1"), "header"),
        (SHELL, NOT_FOUND, NOT_FOUND, None),
        (SHELL, NOT_FOUND, plain(UNNAMED), "body"),
        (NO_LENGTH, REFUSED, Observed(REFUSED, ended=True), None),
        (NO_LENGTH, REFUSED, Observed(REFUSED, ended=False), "connection"),
        (NO_LENGTH, REFUSED, REFUSED_AND_STORED, "file"),
        (NO_LENGTH, REFUSED, STORED, "status"),
        (NO_LENGTH, REFUSED, GONE, "answer"),
        (BARE_CR, REFUSED, REFUSED, None),
        (BARE_CR, REFUSED, STORED, None),
        (BARE_CR, REFUSED, Observed(response(b"", 201), stored=b"a"), "file"),
        (DECOY, STORED, STORED, None),
        (DECOY, STORED, Observed(response(b"", 201), stored=b"a"), "file"),
        (DECOY, STORED, REFUSED, "status"),
        (CHUNKS, STORED, REFUSED, None),
        (CHUNKS, STORED, GONE, None),
        (CHUNKS, STORED, SILENT, "answer"),
        (CHUNKS, STORED, Observed(response(b"", 201), stored=CHUNKS.body), "file"),
        (NO_CHUNKS, REFUSED, GONE, None),
        (NO_CHUNKS, REFUSED, STORED, "status"),
        (AGENT, REFUSED, response(b"not a value: 1\rUser-Agent: evil", 400), None),
        (AGENT, REFUSED, plain(b""), None),
        (AGENT, REFUSED, plain(b"evil"), "body"),
        (OFFER, response(), response(b"", 101), None),
        (
            OFFER,
            response(),
            Observed(response(b"", 101), surplus=Failure(Kind.MALFORMED, "frames of HTTP/2")),
            None,
        ),
        (
            OFFER,
            response(),
            Observed(response(), surplus=Failure(Kind.MALFORMED, "x")),
            "bytes after the answer",
        ),
        (OFFER, response(), REFUSED, "status"),
        (RANGE, NOT_FOUND, response(b"", 416), None),
        (RANGE, NOT_FOUND, REFUSED, "status"),
        (
            DELETE,
            Observed(response(b"", 405), stored=b"abc"),
            Observed(response(b"", 501), stored=b"abc"),
            None,
        ),
        (DELETE, Observed(response(b"", 405), stored=b"abc"), Observed(response(b"", 405)), "file"),
        (
            DELETE,
            response(b"", 405, "Allow: GET, HEAD"),
            response(b"", 405, "Allow: HEAD,GET"),
            None,
        ),
        (DELETE, response(b"", 405, "Allow: GET, HEAD"), response(b"", 405, "Allow: GET"), None),
        (
            DELETE,
            response(b"", 405, "Allow: GET, HEAD"),
            response(b"", 405, "Allow: HEAD"),
            "header",
        ),
        (DELETE, response(b"", 405, "Allow: GET, HEAD"), response(b"", 405), "header"),
        (DELETE, response(b"", 405, "Allow: GET, HEAD"), response(b"", 501), None),
        (HOSTLESS, response(b"", 400), response(b"", 400), None),
        (HOSTLESS, response(b"", 400), response(), "status"),
        (
            DELETE,
            Observed(response(b"", 405), stored=b"abc"),
            Observed(response(b"", 204)),
            "status",
        ),
    ],
)
def test_an_odd_request(
    ask: Ask, reference: Observed | Response, yours: Observed | Response, found: str | None
) -> None:
    assert field(ask, reference, yours) == found


def test_by_advice_allow_names_each_method_that_the_reference_names() -> None:
    yours = response(b"", 405, "Allow: GET")
    assert field(DELETE, response(b"", 405, "Allow: GET, HEAD"), yours, strict=True) == "header"
    assert field(DELETE, response(b"", 405, "Allow: GET, PUT"), yours, strict=True) is None
    options, both = Ask("OPTIONS", "/", odd="method"), response(b"", 204, "Allow: GET, HEAD")
    assert field(options, both, response(b"", 204, "Allow: GET"), strict=True) == "header"
    assert field(options, both, response(b"", 204, "Allow: GET")) is None


def test_a_client_that_leaves_is_owed_nothing() -> None:
    assert field(Ask(leaves=Leaving.RESET), response(), GONE) is None


def test_before_a_rule_is_taught_nothing_is_owed() -> None:
    assert field(NO_CHUNKS, REFUSED, STORED, taught=frozenset({"ok", "paths", "files"})) is None


def test_that_undecodable_targets_are_answered_is_advice() -> None:
    assert field(UNDECODABLE, plain(b"%zz"), GONE, strict=True) == "answer"
