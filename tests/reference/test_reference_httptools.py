"""The parser on httptools reads what our own one reads, but for what is named here."""

from types import MappingProxyType
from typing import Final

import pytest

from reference.http1.buffer import Limits
from reference.http1.messages import HTTPError, Request
from tests.reference.test_reference_parser import CHUNKED, NEXT, REFUSED, REQUESTS, SMALL, cuts

pytest.importorskip("httptools")

from reference.http1.httptools_parser import HttptoolsParser

STRICTER: Final = frozenset(
    {
        "any byte above 127",  # in a target
        "one length said twice",
        "chunks, extension, trailer",  # a blank before the semicolon
        "extensions of every form",  # blanks around the equals sign
    }
)
"""What llhttp refuses, and our own parser reads."""

OTHERWISE: Final = MappingProxyType({"no version": 505, "endless method": 400})
"""What it refuses with another status."""

LATER: Final = frozenset({"large chunk", "large chunks"})
"""What it refuses when the bytes have come, and not when they are announced."""

READ: Final = frozenset(
    {"two spaces", "extension with a value alone", "extension without its value", "long chunk line"}
)
"""What it reads, and our own parser refuses."""


def outcome(pieces: list[bytes], limits: Limits = SMALL) -> list[Request | int]:
    """As in the test of our own parser."""
    parser = HttptoolsParser(limits)
    found: list[Request | int] = []
    for piece in pieces:
        parser.feed(piece)
        try:
            while (request := parser.next_request()) is not None:
                found.append(request)
        except HTTPError as error:
            return [*found, error.status]
    return found


@pytest.mark.parametrize("name", REQUESTS)
def test_a_request_is_read_however_it_is_cut(name: str) -> None:
    data, request = REQUESTS[name]
    expected = [400] if name in STRICTER else [request]
    assert all(outcome(pieces) == expected for pieces in cuts(data))


@pytest.mark.parametrize("name", sorted(REQUESTS.keys() - STRICTER))
def test_what_follows_a_request_is_the_next_one(name: str) -> None:
    data, request = REQUESTS[name]
    if request.version == "HTTP/1.0":
        pytest.skip("after it the connection closes, and llhttp reads nothing more")
    following = Request("GET", "/next", REQUESTS["plain"][1].headers)
    assert all(outcome(pieces) == [request, following] for pieces in cuts(data + NEXT))


@pytest.mark.parametrize("name", sorted(REFUSED.keys() - READ - LATER - {"large trailer"}))
def test_no_request_is_refused(name: str) -> None:
    """At the latest with the empty line, when the head is looked at as a whole."""
    data, status = REFUSED[name]
    found = {str(outcome([*pieces, b"\r\nHost: a\r\n\r\n"])) for pieces in cuts(data)}
    assert found == {str([OTHERWISE.get(name, status)])}


def test_a_large_trailer_is_refused() -> None:
    data, _ = REFUSED["large trailer"]
    found = {str(outcome([*pieces, b"\r\n\r\n"])) for pieces in cuts(data)}
    assert found == {"[400]", "[431]"}  # before its end, or with it


def test_a_large_chunk_is_refused_when_it_comes() -> None:
    assert outcome([CHUNKED, b"b\r\n"]) == []
    assert outcome([CHUNKED, b"b\r\n", b"0123456789a"]) == [413]
    assert outcome([CHUNKED, b"a\r\n0123456789\r\n1\r\na"]) == [413]


@pytest.mark.parametrize("data", [REQUESTS["plain"][0][:-2] + b"A: ", CHUNKED + b"1;a"])
def test_a_line_without_an_end_is_refused_while_it_comes(data: bytes) -> None:
    begun = [data, *[b"x"] * 60]
    assert outcome(begun) == []
    assert outcome([*begun, b"x"]) in ([431], [400])


OFFER: Final = b"GET / HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: h2c\r\n"


def test_after_an_offer_to_upgrade_http_goes_on() -> None:
    data = OFFER + b"\r\n" + NEXT
    for pieces in (*cuts(data + data), [data * 5000]):
        requests = outcome(pieces, Limits())
        assert [r.target for r in requests] == ["/", "/next"] * (len(requests) // 2)
        assert len(requests) == sum(map(len, pieces)) // len(data) * 2


@pytest.mark.parametrize("body", [b"Content-Length: 3", b"Transfer-Encoding: chunked"])
def test_a_body_after_an_offer_to_upgrade_is_never_read_as_a_request(body: bytes) -> None:
    assert outcome([OFFER + body + b"\r\n\r\n" + NEXT], Limits()) == [501]


def test_a_client_that_holds_back_its_body_is_told_to_go_on_once() -> None:
    parser = HttptoolsParser()
    assert parser.between_requests
    parser.feed(b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nExpect: 100-continue\r\n\r\n")
    assert (parser.next_request(), parser.between_requests) == (None, False)
    assert [parser.take_continue() for _ in range(2)] == [True, False]
    parser.feed(b"a")
    request = parser.next_request()
    assert request is not None
    assert (request.body, parser.between_requests) == (b"a", True)
