"""The parser reads a request the same however it is cut, and refuses what is none with the right
status."""

import h11
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reference.http1.buffer import Limits
from reference.http1.headers import Headers
from reference.http1.messages import HTTPError, Request
from reference.http1.parser import RequestParser

SMALL = Limits(target=20, fields=60, body=10, chunk_line=12)
HOST = Headers({"Host": "a"})
NEXT = b"GET /next HTTP/1.1\r\nHost: a\r\n\r\n"
CHUNKED = b"POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n"


def fields(*pairs: tuple[str, str]) -> Headers:
    return Headers([("Host", "a"), *pairs])


REQUESTS = {
    "plain": (b"GET / HTTP/1.1\r\nHost: a\r\n\r\n", Request("GET", "/", HOST)),
    "empty lines first": (b"\r\n\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n", Request("GET", "/", HOST)),
    "1.0 without host": (b"GET / HTTP/1.0\r\n\r\n", Request("GET", "/", version="HTTP/1.0")),
    "1.2": (b"GET / HTTP/1.2\r\nHost: a\r\n\r\n", Request("GET", "/", HOST, version="HTTP/1.2")),
    "empty host": (b"GET / HTTP/1.1\r\nHost:\r\n\r\n", Request("GET", "/", Headers({"Host": ""}))),
    "host and port": (
        b"GET / HTTP/1.1\r\nHost: [::1]:80\r\n\r\n",
        Request("GET", "/", Headers({"Host": "[::1]:80"})),
    ),
    "blanks around a value": (
        b"GET / HTTP/1.1\r\nHost: a\r\nA: \t b c \t\r\nB:d\r\nC:\r\n\r\n",
        Request("GET", "/", fields(("A", "b c"), ("B", "d"), ("C", ""))),
    ),
    "any byte above 127": (
        b"GET /\xc3\xa9 HTTP/1.1\r\nHost: a\r\nA: \xe9\r\n\r\n",
        Request("GET", "/\xc3\xa9", fields(("A", "\xe9"))),
    ),
    "absolute": (
        b"GET HTTP://a/b?c HTTP/1.1\r\nHost: a\r\n\r\n",
        Request("GET", "HTTP://a/b?c", HOST),
    ),
    "asterisk": (b"OPTIONS * HTTP/1.1\r\nHost: a\r\n\r\n", Request("OPTIONS", "*", HOST)),
    "authority": (b"CONNECT a:80 HTTP/1.1\r\nHost: a\r\n\r\n", Request("CONNECT", "a:80", HOST)),
    "counted body": (
        b"POST / HTTP/1.1\r\nHost: a\r\ncontent-length: 5\r\n\r\na\r\n\r\n",
        Request("POST", "/", fields(("content-length", "5")), b"a\r\n\r\n"),
    ),
    "one length said twice": (
        b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1, 1\r\n\r\na",
        Request("POST", "/", fields(("Content-Length", "1, 1")), b"a"),
    ),
    "leading zeros": (
        b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 0000000000002\r\n\r\nab",
        Request("POST", "/", fields(("Content-Length", "0000000000002")), b"ab"),
    ),
    "no chunk": (
        CHUNKED + b"0\r\n\r\n",
        Request("POST", "/", fields(("Transfer-Encoding", "chunked"))),
    ),
    "chunks, extension, trailer": (
        CHUNKED + b"3\r\n\r\n0\r\n007 \t;b=c\r\n1234567\r\n0;x\r\nD: e\r\n\r\n",
        Request("POST", "/", fields(("Transfer-Encoding", "chunked")), b"\r\n01234567"),
    ),
    "extensions of every form": (
        CHUNKED + b'1;a;b = c\r\na\r\n1;a="\\";="\r\nb\r\n0\r\n\r\n',
        Request("POST", "/", fields(("Transfer-Encoding", "chunked")), b"ab"),
    ),
    "many zeros before a chunk size": (
        CHUNKED + b"00000000001\r\na\r\n00000\r\n\r\n",
        Request("POST", "/", fields(("Transfer-Encoding", "chunked")), b"a"),
    ),
}

START = b"GET / HTTP/1.1\r\nHost: a\r\n"
REFUSED = {
    "garbage": (b"GARBAGE\r\n", 400),
    "no version": (b"GET /\r\n", 400),
    "two spaces": (b"GET  / HTTP/1.1\r\n", 400),
    "four parts": (b"GET / / HTTP/1.1\r\n", 400),
    "lower-case version": (b"GET / http/1.1\r\n", 400),
    "long version": (b"GET / HTTP/1.10\r\n", 400),
    "a version of a mail": (b"GET / SMTP/1.1\r\n", 400),
    "no target form": (b"GET x HTTP/1.1\r\n", 400),
    "asterisk for GET": (b"GET * HTTP/1.1\r\n", 400),
    "user in the authority": (b"GET http://u@a/ HTTP/1.1\r\n", 400),
    "control byte in the target": (b"GET /\x00 HTTP/1.1\r\n", 400),
    "fragment": (b"GET /#a HTTP/1.1\r\n", 400),
    "fragment behind a query": (b"GET /?a#b HTTP/1.1\r\n", 400),
    "fragment of a URI": (b"GET http://a/#b HTTP/1.1\r\n", 400),
    "HTTP/2.0": (b"GET / HTTP/2.0\r\n", 505),
    "HTTP/9.9": (b"GET / HTTP/9.9\r\n", 505),
    "HTTP/0.9": (b"GET / HTTP/0.9\r\n", 505),
    "bare LF": (b"GET / HTTP/1.1\n", 400),
    "bare LF after a header": (START + b"A: b\n", 400),
    "long target": (b"GET /" + 20 * b"a" + b" HTTP/1.1\r\n", 414),
    "endless line": (b"GET /" + 200 * b"a", 414),
    "endless method": (200 * b"A", 414),
    "long header": (START + b"A: " + 100 * b"b", 431),
    "many headers": (START + 20 * b"A: b\r\n", 431),
    "no host": (b"GET / HTTP/1.1\r\n\r\n", 400),
    "two hosts": (START + b"host: b\r\n\r\n", 400),
    "no host name": (b"GET / HTTP/1.1\r\nHost: a b\r\n\r\n", 400),
    "host with a path": (b"GET / HTTP/1.0\r\nHost: a/b\r\n\r\n", 400),
    "no colon": (START + b"Nonsense\r\n", 400),
    "space before the colon": (START + b"A : b\r\n\r\n", 400),
    "no name": (START + b": b\r\n\r\n", 400),
    "folded line": (START + b"A: b\r\n c: d\r\n\r\n", 400),
    "bare CR": (START + b"A: b\rC: d\r\n\r\n", 400),
    "zero byte": (START + b"A: \x00\r\n\r\n", 400),
    "length of letters": (START + b"Content-Length: banana\r\n\r\n", 400),
    "no length": (START + b"Content-Length:\r\n\r\n", 400),
    "negative length": (START + b"Content-Length: -1\r\n\r\n", 400),
    "signed length": (START + b"Content-Length: +1\r\n\r\n", 400),
    "superscript length": (START + b"Content-Length: \xb2\r\n\r\n", 400),
    "two lengths": (START + b"Content-Length: 1\r\nContent-Length: 2\r\n\r\n", 400),
    "two lengths in one": (START + b"Content-Length: 1, 2\r\n\r\n", 400),
    "large body": (START + b"Content-Length: 11\r\n\r\n", 413),
    "length and chunked": (CHUNKED[:-2] + b"Content-Length: 0\r\n\r\n", 400),
    "chunked twice": (CHUNKED[:-4] + b", chunked\r\n\r\n", 400),
    "chunked in 1.0": (CHUNKED.replace(b"1.1", b"1.0"), 400),
    "gzip": (CHUNKED.replace(b"chunked", b"gzip"), 400),
    "identity": (CHUNKED.replace(b"chunked", b"identity"), 400),
    "xchunked": (CHUNKED.replace(b"chunked", b"xchunked"), 400),
    "chunked, gzip": (CHUNKED.replace(b"chunked", b"chunked, gzip"), 400),
    "chunked, then another on a line of its own": (
        CHUNKED[:-2].replace(b": ", b":") + b"Transfer-Encoding:x\r\n\r\n",
        400,
    ),
    "chunked with a parameter": (CHUNKED.replace(b"chunked", b"chunked;q=1"), 400),
    "gzip, chunked": (CHUNKED.replace(b"chunked", b"gzip, chunked"), 501),
    "no coding": (CHUNKED.replace(b"chunked", b""), 400),
    "no chunk size": (CHUNKED + b"x\r\n", 400),
    "negative chunk": (CHUNKED + b"-1\r\n", 400),
    "hexadecimal prefix": (CHUNKED + b"0x1\r\n", 400),
    "blank behind a chunk size": (CHUNKED + b"1 \r\n", 400),
    "blank before a chunk size": (CHUNKED + b" 1\r\n", 400),
    "form feed behind a chunk size": (CHUNKED + b"1\x0c\r\n", 400),
    "two words in a chunk line": (CHUNKED + b"1 2\r\n", 400),
    "extension without a name": (CHUNKED + b"1;\r\n", 400),
    "extension with a value alone": (CHUNKED + b"1;=a\r\n", 400),
    "extension without its value": (CHUNKED + b"1;a=\r\n", 400),
    "extension of two words": (CHUNKED + b"1;a b\r\n", 400),
    "quotes that do not end": (CHUNKED + b'1;a="b\r\n', 400),
    "bare LF behind a chunk size": (CHUNKED + b"1\n", 400),
    "bare LF behind a chunk": (CHUNKED + b"1\r\na\n0", 400),
    "long chunk line": (CHUNKED + b"1;aaaaaaaaaaaaaaaaa", 400),
    "chunk too long": (CHUNKED + b"1\r\nabc", 400),
    "large chunk": (CHUNKED + b"b\r\n", 413),
    "large chunks": (CHUNKED + b"a\r\n0123456789\r\n1\r\n", 413),
    "large trailer": (CHUNKED + b"0\r\nA: " + 100 * b"b", 431),
    "bad trailer": (CHUNKED + b"0\r\nA : b\r\n\r\n", 400),
    "unknown expectation": (START + b"Expect: 100-continue, tea\r\n\r\n", 417),
}


def outcome(pieces: list[bytes]) -> list[Request | int]:
    """What a parser makes of the pieces: requests, and at the end perhaps a status."""
    parser = RequestParser(SMALL)
    found: list[Request | int] = []
    for piece in pieces:
        parser.feed(piece)
        try:
            while (request := parser.next_request()) is not None:
                found.append(request)
        except HTTPError as error:
            return [*found, error.status]
    return found


def cuts(data: bytes) -> list[list[bytes]]:
    """Whole, in two at each place, and byte by byte."""
    pairs = [[data[:cut], data[cut:]] for cut in range(1, len(data))]
    return [[data], *pairs, [data[at : at + 1] for at in range(len(data))]]


@pytest.mark.parametrize("name", REQUESTS)
def test_a_request_is_read_however_it_is_cut(name: str) -> None:
    data, request = REQUESTS[name]
    assert all(outcome(pieces) == [request] for pieces in cuts(data))


@pytest.mark.parametrize("name", REQUESTS)
def test_the_head_of_a_request_is_kept_as_it_came(name: str) -> None:
    data, _ = REQUESTS[name]
    head = data.lstrip(b"\r\n").partition(b"\r\n\r\n")[0] + b"\r\n\r\n"
    for pieces in cuts(data + NEXT):
        first, second = outcome(pieces)
        assert (first.head, second.head) == (head, NEXT)


@pytest.mark.parametrize("name", REQUESTS)
def test_what_follows_a_request_is_the_next_one(name: str) -> None:
    data, request = REQUESTS[name]
    following = Request("GET", "/next", HOST)
    assert all(outcome(pieces) == [request, following] for pieces in cuts(data + NEXT))


@pytest.mark.parametrize("name", REQUESTS)
def test_nothing_is_read_from_a_part_of_a_request(name: str) -> None:
    data, _ = REQUESTS[name]
    assert all(outcome([data[:cut]]) == [] for cut in range(len(data)))


@pytest.mark.parametrize("name", REFUSED)
def test_no_request_is_refused_however_it_is_cut(name: str) -> None:
    data, status = REFUSED[name]
    assert all(outcome(pieces) == [status] for pieces in cuts(data))
    assert outcome([data + NEXT])[-1] == status


def test_limits_are_the_last_accepted_size() -> None:
    target, value = b"/" + 19 * b"a", 48 * b"b"
    data = b"POST %s HTTP/1.0\r\nContent-Length: 10\r\n\r\n0123456789" % target
    assert all(len(outcome(pieces)) == 1 for pieces in cuts(data))
    just_fits = b"GET / HTTP/1.0\r\nABCDEF: %s\r\n\r\n" % value
    assert all(outcome(pieces) != [431] for pieces in cuts(just_fits))
    assert all(outcome(pieces) == [431] for pieces in cuts(just_fits.replace(b": ", b":  ")))


def test_a_length_of_thousands_of_digits_is_too_large() -> None:
    parser = RequestParser()
    parser.feed(START + b"Content-Length: " + 5000 * b"9" + b"\r\n\r\n")
    with pytest.raises(HTTPError) as refused:
        parser.next_request()
    assert refused.value.status == 413


tokens = st.text("abcdefXYZ-019!#~", min_size=1, max_size=12)
visible = st.characters(min_codepoint=0x21, max_codepoint=0xFF, exclude_characters="\x7f")
values = st.text(visible, max_size=20)
bodies = st.binary(max_size=300)


@st.composite
def sent_requests(draw: st.DrawFn) -> tuple[bytes, Request]:
    """A request as h11 writes it, and as we should read it."""
    method, chunked, body = (
        draw(st.sampled_from(["GET", "POST", "PUT"])),
        draw(st.booleans()),
        draw(bodies),
    )
    target = "/" + draw(st.text("abc/%20?=&.", max_size=30))
    framing = ("Transfer-Encoding", "chunked") if chunked else ("Content-Length", str(len(body)))
    own = [
        ("X-" + name, value)
        for name, value in draw(st.lists(st.tuples(tokens, values), max_size=5))
    ]
    pairs = [("Host", "test"), *own, framing]
    writer = h11.Connection(h11.CLIENT)
    head = [(name.encode(), value.encode("latin-1")) for name, value in pairs]
    data = writer.send(h11.Request(method=method, target=target, headers=head)) or b""
    half = draw(st.integers(0, len(body)))
    for piece in filter(None, (body[:half], body[half:])):
        data += writer.send(h11.Data(data=piece)) or b""
    data += writer.send(h11.EndOfMessage()) or b""
    return data, Request(method, target, Headers(pairs), body)


@settings(deadline=None)
@given(st.lists(sent_requests(), min_size=1, max_size=3), st.data())
def test_what_h11_writes_is_read_as_meant(
    sent: list[tuple[bytes, Request]], data: st.DataObject
) -> None:
    stream = b"".join(written for written, _ in sent)
    places = sorted(data.draw(st.lists(st.integers(0, len(stream)), max_size=5)))
    parser, found = RequestParser(), []
    for start, end in zip([0, *places], [*places, len(stream)], strict=True):
        parser.feed(stream[start:end])
        while (request := parser.next_request()) is not None:
            found.append(request)
    assert [lowered(request) for request in found] == [lowered(request) for _, request in sent]


def lowered(request: Request) -> tuple[object, ...]:
    """h11 writes names as it likes: compare them in lower case."""
    headers = [(name.lower(), value) for name, value in request.headers]
    return request.method, request.target, headers, request.body, request.version


@settings(deadline=None)
@given(st.binary(max_size=200))
def test_no_bytes_raise_anything_but_an_http_error(data: bytes) -> None:
    outcome([data])
    outcome([START + data])
    outcome([CHUNKED + data])
