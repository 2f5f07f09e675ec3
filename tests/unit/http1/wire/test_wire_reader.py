"""Right answers of every framing: read whole, in pieces of every size, and with more behind
them."""

import time

import pytest

from grader.http1.wire import Framing, Header, ReadPart, Response, ResponseReader

OK = b"HTTP/1.1 200 OK\r\n"
CHUNKED = OK + b"Transfer-Encoding: chunked\r\n\r\n"

# fmt: off
# Name, bytes, method of the request, status, reason, body, framing.
ANSWERS: list[tuple[str, bytes, str, int, str, bytes, Framing]] = [
    ("length", OK + b"Content-Length: 5\r\n\r\nhello", "GET", 200, "OK", b"hello", Framing.LENGTH),
    ("length-zero", OK + b"content-length:0\r\n\r\n", "GET", 200, "OK", b"", Framing.LENGTH),
    ("length-padded", OK + b"Content-Length:\t 005 \r\n\r\nhello",
     "GET", 200, "OK", b"hello", Framing.LENGTH),
    ("length-list", OK + b"Content-Length: 2, 2\r\n\r\nhi", "GET", 200, "OK", b"hi",
     Framing.LENGTH),
    ("length-twice", OK + b"Content-Length: 2\r\nContent-Length: 02\r\n\r\nhi",
     "GET", 200, "OK", b"hi", Framing.LENGTH),
    ("chunked", CHUNKED + b"3\r\nabc\r\n2\r\n\r\n\r\n0\r\n\r\n",
     "GET", 200, "OK", b"abc\r\n", Framing.CHUNKED),
    ("chunk-extensions", CHUNKED + b"00A;x=y;z=\"a b\"\r\n0123456789\r\n0;last\r\n\r\n",
     "GET", 200, "OK", b"0123456789", Framing.CHUNKED),
    ("chunked-any-case", OK + b"transfer-encoding: , CHUNKED\r\n\r\n0\r\n\r\n",
     "GET", 200, "OK", b"", Framing.CHUNKED),
    ("trailers", CHUNKED + b"1\r\na\r\n0\r\nSum: 1\r\n\r\n", "GET", 200, "OK", b"a",
     Framing.CHUNKED),
    ("head", OK + b"Content-Length: 500\r\n\r\n", "HEAD", 200, "OK", b"", Framing.NONE),
    ("head-chunked", CHUNKED, "HEAD", 200, "OK", b"", Framing.NONE),
    ("head-unbounded", OK + b"Content-Length: 99999999999\r\n\r\n", "HEAD", 200, "OK", b"",
     Framing.NONE),
    ("connect", OK + b"\r\n", "CONNECT", 200, "OK", b"", Framing.NONE),
    ("no-content", b"HTTP/1.1 204 No Content\r\n\r\n", "GET", 204, "No Content", b"", Framing.NONE),
    ("not-modified", b"HTTP/1.1 304 Not Modified\r\nContent-Length: 9\r\n\r\n",
     "GET", 304, "Not Modified", b"", Framing.NONE),
    ("switching", b"HTTP/1.1 101 Switching Protocols\r\n\r\n",
     "GET", 101, "Switching Protocols", b"", Framing.NONE),
    ("empty-reason", b"HTTP/1.1 404 \r\nContent-Length: 0\r\n\r\n", "GET", 404, "", b"",
     Framing.LENGTH),
    ("no-reason", b"HTTP/1.1 404\r\nContent-Length: 0\r\n\r\n", "GET", 404, "", b"",
     Framing.LENGTH),
    ("odd-reason", b"HTTP/1.0 599 \xc9t\xe9 \t: x\r\nContent-Length: 0\r\n\r\n",
     "GET", 599, "\xc9t\xe9 \t: x", b"", Framing.LENGTH),
    ("odd-headers", OK + b"!#$%&'*+-.^_`|~9: \xff\tv : w \r\nEmpty:\r\nContent-Length: 0\r\n\r\n",
     "GET", 200, "OK", b"", Framing.LENGTH),
]
# fmt: on
CLOSED = [OK + b"\r\nhello", b"HTTP/1.0 200 OK\r\nConnection: close\r\n\r\nhello"]
TAILS = [b"H", OK, b"\r\n", b"\x00" * 9]

by_name = pytest.mark.parametrize(
    ("data", "method"), [row[1:3] for row in ANSWERS], ids=[row[0] for row in ANSWERS]
)


def read(reader: ResponseReader, *pieces: bytes) -> Response:
    """Feed the pieces; only the last may complete the answer, which is returned."""
    for piece in pieces[:-1]:
        reader.feed(piece)
        assert reader.response() is None
    reader.feed(pieces[-1])
    response = reader.response()
    assert response is not None
    return response


@pytest.mark.parametrize(
    ("data", "method", "status", "reason", "body", "framing"),
    [row[1:] for row in ANSWERS],
    ids=[row[0] for row in ANSWERS],
)
def test_whole(
    data: bytes, method: str, status: int, reason: str, body: bytes, framing: Framing
) -> None:
    response = read(ResponseReader(method), data)
    assert (response.status, response.reason, response.body) == (status, reason, body)
    assert (response.framing, response.raw, response.start) == (framing, data, 0)
    assert data.startswith(response.head)
    assert response.head.endswith(b"\r\n\r\n")


@by_name
def test_cut_anywhere_it_reads_the_same(data: bytes, method: str) -> None:
    whole = read(ResponseReader(method), data)
    assert read(ResponseReader(method), *(data[i : i + 1] for i in range(len(data)))) == whole
    for cut in range(1, len(data)):
        assert read(ResponseReader(method), data[:cut], data[cut:]) == whole


@by_name
@pytest.mark.parametrize("tail", TAILS)
def test_what_follows_is_kept_for_the_next(data: bytes, method: str, tail: bytes) -> None:
    reader = ResponseReader(method)
    assert read(reader, data + tail) == read(ResponseReader(method), data)
    assert reader.trailing == tail
    assert reader.start == len(data)


@pytest.mark.parametrize("data", CLOSED)
def test_a_body_that_ends_with_the_connection(data: bytes) -> None:
    for pieces in ([data], [data[index : index + 1] for index in range(len(data))]):
        reader = ResponseReader()
        for piece in pieces:
            reader.feed(piece)
            assert reader.response() is None
        reader.eof()
        response = reader.response()
        assert response is not None
        assert (response.body, response.framing, response.raw) == (b"hello", Framing.CLOSE, data)
        assert reader.trailing == b""


def test_answers_to_pipelined_requests_are_read_in_turn() -> None:
    first = OK + b"Content-Length: 3\r\n\r\none"
    head = OK + b"Content-Length: 3\r\n\r\n"
    reader = ResponseReader()
    reader.feed(first + head + CHUNKED + b"3\r\ntwo\r\n0\r\n\r\n" + OK)
    answers = [reader.response(), reader.response("HEAD"), reader.response("GET")]
    assert [answer and answer.body for answer in answers] == [b"one", b"", b"two"]
    assert [answer and answer.start for answer in answers] == [
        0,
        len(first),
        len(first) + len(head),
    ]
    assert reader.response() is None
    assert reader.trailing == OK


def test_interim_answers_are_collected() -> None:
    interim = b"HTTP/1.1 100 Continue\r\n\r\n" + b"HTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\n"
    data = interim + OK + b"Content-Length: 2\r\n\r\nhi"
    for pieces in ([data], [data[index : index + 1] for index in range(len(data))]):
        response = read(ResponseReader("POST"), *pieces)
        assert response.body == b"hi"
        assert [answer.status for answer in response.interim] == [100, 103]
        assert response.start == len(interim)
        assert b"".join(answer.raw for answer in response.interim) == interim


def test_after_switching_protocols_come_other_bytes() -> None:
    reader = ResponseReader()
    response = read(
        reader, b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n\r\n\x81\x02hi"
    )
    assert (response.status, reader.trailing) == (101, b"\x81\x02hi")


def test_trailers_are_no_headers() -> None:
    data = CHUNKED + b"0\r\nSum: 1\r\n\r\n"
    response = read(ResponseReader(), data)
    assert response.header("Sum") is None
    assert response.trailers == (Header("Sum", "1", data.index(b"Sum")),)


def test_progress_names_the_part() -> None:
    reader = ResponseReader()
    parts = []
    for piece in (
        b"",
        b"HT",
        b"TP/1.1 200 OK\r\n",
        CHUNKED[len(OK) :],
        b"1\r\n",
        b"a\r\n0\r\n",
        b"\r\n",
    ):
        reader.feed(piece)
        reader.response()
        parts.append(reader.progress.part)
    assert parts == [
        ReadPart.NOTHING,
        ReadPart.STATUS_LINE,
        ReadPart.HEADERS,
        ReadPart.CHUNKS,
        ReadPart.CHUNKS,
        ReadPart.TRAILERS,
        ReadPart.NOTHING,
    ]


def test_start_is_where_the_next_answer_begins() -> None:
    reader = ResponseReader()
    read(reader, OK + b"Content-Length: 2\r\n\r\nhi")
    assert reader.start == len(OK) + 23


def test_framing_is_known_from_the_end_of_the_head_to_the_end_of_the_answer() -> None:
    reader = ResponseReader()
    known = []
    for piece in (OK, b"\r\n", b"hello"):
        reader.feed(piece)
        assert reader.response() is None
        known.append(reader.framing)
    reader.eof()
    assert reader.response() is not None
    assert [*known, reader.framing] == [None, Framing.CLOSE, Framing.CLOSE, None]


def test_no_bytes_come_after_the_end() -> None:
    reader = ResponseReader()
    reader.eof()
    with pytest.raises(ValueError, match="after the end"):
        reader.feed(b"H")


def test_bytes_after_an_error_are_dropped() -> None:
    reader = ResponseReader()
    reader.feed(b"nonsense")
    with pytest.raises(Exception, match="nonsense"):
        reader.response()
    reader.feed(b"x" * 1000)
    assert reader.trailing == b"nonsense"


@pytest.mark.parametrize(
    ("head", "body", "tail"),
    [
        (OK + b"Content-Length: %d\r\n\r\n", b"x", b""),
        (CHUNKED + b"%x\r\n", b"x", b"\r\n0\r\n\r\n"),
        (CHUNKED, b"1\r\nx\r\n", b"0\r\n\r\n"),
        (OK + b"Content-Length: 0\r\n", b"A: b\r\n", b"\r\n"),
        (OK + b"Content-Length: 0\r\nA: ", b"x", b"\r\n\r\n"),
    ],
    ids=["length", "one-chunk", "chunks", "headers", "header"],
)
def test_reading_takes_linear_time(head: bytes, body: bytes, tail: bytes) -> None:
    """Sixteen times as many bytes, one by one, take sixteen times as long; if quadratic, 256
    times."""

    def seconds(size: int) -> float:
        data = (head % size if b"%" in head else head) + body * (size // len(body)) + tail
        reader, start = ResponseReader(), time.process_time()
        for index in range(len(data)):
            reader.feed(data[index : index + 1])
            response = reader.response()
        assert response is not None
        return time.process_time() - start

    times = {size: min(seconds(size) for _ in range(3)) for size in (1024, 16 * 1024)}
    assert times[16 * 1024] < 80 * max(times[1024], 0.0005)


def test_a_large_body_byte_by_byte() -> None:
    size = 1024 * 1024
    reader = ResponseReader()
    reader.feed(OK + b"Content-Length: %d\r\n\r\n" % size)
    for _ in range(size - 1):
        reader.feed(b"x")
        if reader.response() is not None:
            pytest.fail("too early")
    assert len(read(reader, b"x").body) == size
