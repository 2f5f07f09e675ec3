"""Properties of the codec for all inputs, with h11 as an independent opinion on what is HTTP."""

import gzip
import zlib
from collections.abc import Iterator
from itertools import pairwise

import h11
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from grader.http1.wire import (
    Framing,
    Incomplete,
    Malformed,
    ReadLimits,
    Request,
    Response,
    ResponseReader,
    explain_leftover,
)

TOKEN = st.text("!#$%&'*+-.^_`|~0123456789abcXYZ", min_size=1, max_size=12)
# h11 accepts on writing what may stand in a field value; blanks at the ends are no part of it.
VALUE = st.text(
    [chr(code) for code in (*range(0x20, 0x7F), *range(0x80, 0x100), 0x09)], max_size=20
).map(lambda text: text.strip(" \t"))
RESERVED = {"content-length", "transfer-encoding", "connection"}
HEADERS = st.lists(
    st.tuples(TOKEN.filter(lambda name: name.lower() not in RESERVED), VALUE), max_size=5
)
BODIES = st.lists(st.binary(max_size=40), max_size=4)
STATUS = st.integers(200, 599)
METHODS = st.sampled_from(["GET", "HEAD", "POST"])

# Bytes that look like HTTP often enough to reach every corner of the reader.
PIECES = st.sampled_from(
    b"HTTP/1.1 |HTTP/1.0 |200 OK|204 No|100 Go|\r\n|\r\n\r\n|\n|\r| |\t|Content-Length:"
    b" 5|Content-Length|:|5|a|0|hello|Transfer-Encoding: chunked|A: b|\x00|\xff|;|,|HTTP/1.1 200"
    b" OK\r\n|0\r\n\r\n|5\r\nhello\r\n|\\r\\n".split(b"|")
)
SOUP = st.one_of(
    st.lists(PIECES, max_size=12).map(b"".join),
    st.lists(PIECES, max_size=12).map(lambda pieces: b"HTTP/1.1 200 OK\r\n" + b"".join(pieces)),
    st.lists(PIECES, max_size=12).map(
        lambda pieces: b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + b"".join(pieces)
    ),
    st.binary(max_size=60),
)
SMALL = ReadLimits(head=80, headers=4, chunk_line=12, body=10, interim=1)


def assert_fit_to_print(error: Malformed) -> None:
    assert 0 <= error.raw_start <= error.offset <= error.raw_start + len(error.raw)
    for text in (error.summary, error.expected, error.hint):
        assert text.isascii()
        assert text.isprintable()


def answers(
    data: bytes, cuts: list[int], limits: ReadLimits | None = None
) -> Iterator[Response | tuple[str, int, str]]:
    """Read everything there is, cut into pieces, to the end of the connection; an error ends it."""
    reader = ResponseReader(limits=limits) if limits else ResponseReader()
    edges = [0, *sorted(min(cut, len(data)) for cut in cuts), len(data)]
    try:
        for begin, end in pairwise(edges):
            reader.feed(data[begin:end])
            while (response := reader.response()) is not None:
                yield response
        reader.eof()
        while reader.trailing:
            response = reader.response()
            assert response is not None
            yield response
    except Malformed as error:
        assert_fit_to_print(error)
        yield ("cut" if isinstance(error, Incomplete) else "wrong", error.offset, error.cite)


@given(SOUP, st.lists(st.integers(0, 200), max_size=6), st.sampled_from([None, SMALL]))
@example(b"HTTP/1.1 200 OK\r\n\r\n", [1, 17, 18], None)
@example(b"HTTP/1.1 200 OK\r\n" * 9, [80], SMALL)
def test_only_malformed_is_raised_and_cuts_change_nothing(
    data: bytes, cuts: list[int], limits: ReadLimits | None
) -> None:
    whole = list(answers(data, [], limits))
    assert len(whole) <= len(data)
    # With fewer bytes the reason given may be another, but not the place, nor the section.
    assert list(answers(data, cuts, limits)) == whole
    assert list(answers(data, list(range(len(data))), limits)) == whole


@given(
    STATUS,
    VALUE,
    HEADERS,
    BODIES,
    METHODS,
    st.sampled_from(["length", "chunked", "close"]),
    st.data(),
)
def test_what_h11_writes_is_read_back(
    status: int,
    reason: str,
    headers: list[tuple[str, str]],
    body: list[bytes],
    method: str,
    framing: str,
    cuts: st.DataObject,
) -> None:
    written = written_by_h11(
        status, reason, headers, b"" if status in (204, 304) else body, method, framing
    )
    position = cuts.draw(st.integers(0, len(written)))
    reader = ResponseReader(method)
    reader.feed(written[:position])
    response = reader.response()
    reader.feed(written[position:])
    reader.eof()
    response = response or reader.response()
    assert response is not None
    sent = [
        (field.name, field.value)
        for field in response.headers
        if field.name.lower() not in RESERVED
    ]
    assert (response.status, response.reason, sent) == (status, reason, headers)
    bodiless = method == "HEAD" or status in (204, 304)
    assert response.body == (b"" if bodiless else b"".join(body))
    assert (response.framing is Framing.NONE) == bodiless
    assert response.raw == written


def written_by_h11(
    status: int,
    reason: str,
    headers: list[tuple[str, str]],
    body: list[bytes] | bytes,
    method: str,
    framing: str,
) -> bytes:
    """Return the answer as h11's server writes it, in answer to a request with that method."""
    server = h11.Connection(h11.SERVER)
    version = "1.0" if framing == "close" else "1.1"
    server.receive_data(f"{method} / HTTP/{version}\r\nHost: x\r\n\r\n".encode())
    server.next_event()
    server.next_event()
    chunks = [body] if isinstance(body, bytes) else body
    length = [("Content-Length", str(sum(map(len, chunks))))] if framing == "length" else []
    pairs = [(name.encode(), value.encode("latin-1")) for name, value in (*headers, *length)]
    answer = h11.Response(status_code=status, headers=pairs, reason=reason.encode("latin-1"))
    events: list[h11.Event] = [answer]
    if method != "HEAD":
        events += [h11.Data(data=chunk) for chunk in chunks]
    return b"".join(server.send(event) or b"" for event in (*events, h11.EndOfMessage()))


# Where this reader deliberately refuses what h11 takes as a client; each row shows that it does.
STRICTER = {
    "bare-lf": b"HTTP/1.1 200 OK\nContent-Length: 0\n\n",
    "folded": b"HTTP/1.1 200 OK\r\nA: b\r\n c\r\nContent-Length: 0\r\n\r\n",
    "version": b"HTTP/1.2 200 OK\r\nContent-Length: 0\r\n\r\n",
    "status-code": b"HTTP/1.1 600 OK\r\nContent-Length: 0\r\n\r\n",
    "length-and-chunked": (
        b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"
    ),
    "transfer-coding-1.0": b"HTTP/1.0 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
}


def h11_takes(data: bytes) -> bool:
    """Tell whether h11's client reads one whole answer to a GET from the beginning of the data."""
    client = h11.Connection(h11.CLIENT)
    client.send(h11.Request(method="GET", target="/", headers=[("Host", "x")]))
    client.send(h11.EndOfMessage())
    client.receive_data(data)
    client.receive_data(b"")
    try:
        while True:
            event = client.next_event()
            if isinstance(event, h11.EndOfMessage):
                return True
            if event is h11.NEED_DATA or event is h11.PAUSED:
                return False
    except h11.RemoteProtocolError:
        return False


@pytest.mark.parametrize(("rule", "data"), STRICTER.items(), ids=STRICTER)
def test_each_stricter_rule_is_one(rule: str, data: bytes) -> None:
    assert h11_takes(data)
    reader = ResponseReader()
    reader.feed(data)
    with pytest.raises(Malformed) as caught:
        reader.response()
    assert caught.value.rule == rule


@given(SOUP)
def test_what_h11_takes_is_taken_but_for_the_stricter_rules(data: bytes) -> None:
    reader = ResponseReader()
    reader.feed(data)
    reader.eof()
    try:
        taken = reader.response() is not None
        rule = ""
    except Malformed as error:
        taken, rule = False, error.rule
    if h11_takes(data):
        assert taken or rule in STRICTER


@given(st.binary(max_size=2000), st.sampled_from(["gzip", "deflate"]), st.binary(max_size=40))
def test_codings_decode_or_are_malformed(data: bytes, coding: str, noise: bytes) -> None:
    packed = gzip.compress(data) if coding == "gzip" else zlib.compress(data)
    assert coded(coding, packed).decoded_body() == data
    for broken in (noise, packed[: len(packed) // 2] + noise, packed + noise):
        try:
            assert len(coded(coding, broken).decoded_body(max_bytes=5000)) <= 5000
        except Malformed as error:
            assert_fit_to_print(error)


def coded(coding: str, body: bytes) -> Response:
    reader = ResponseReader()
    head = f"HTTP/1.1 200 OK\r\nContent-Encoding: {coding}\r\nContent-Length: {len(body)}\r\n\r\n"
    reader.feed(head.encode() + body)
    response = reader.response()
    assert response is not None
    return response


@given(st.binary(max_size=20), st.binary(min_size=1, max_size=20), METHODS)
def test_every_leftover_has_an_explanation(body: bytes, rest: bytes, method: str) -> None:
    reader = ResponseReader(method)
    reader.feed(
        b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n" % len(body)
        + body * (method != "HEAD")
        + rest
    )
    response = reader.response()
    assert response is not None
    error = explain_leftover(response, reader.trailing)
    assert error.summary.isprintable()
    assert error.offset == len(response.raw)
    assert error.raw[error.offset - error.raw_start :] == rest


@given(TOKEN, HEADERS, st.none() | st.binary(max_size=40))
def test_ordinary_requests_are_understood_by_h11(
    name: str, headers: list[tuple[str, str]], body: bytes | None
) -> None:
    others = [pair for pair in headers if pair[0].lower() not in ("host", "expect", "upgrade")]
    server = h11.Connection(h11.SERVER)
    server.receive_data(Request.of("POST", f"/{name}", headers=others, body=body).to_bytes())
    request = server.next_event()
    assert isinstance(request, h11.Request)
    assert request.target == f"/{name}".encode()
    sent = [(key.decode(), value.decode("latin-1")) for key, value in request.headers.raw_items()]
    assert sent[: 1 + len(others)] == [("Host", "localhost:4221"), *others]
    received = b""
    while isinstance(event := server.next_event(), h11.Data):
        received += event.data
    assert isinstance(event, h11.EndOfMessage)
    assert received == (body or b"")
