"""Wrong bytes as a check meets them: which request they answer, and what else was asked."""

from __future__ import annotations

from dataclasses import replace

from grader.check.failure import Kind
from grader.check.transcript import Direction, Entry
from grader.http1.recognise import WrongBytes, explain_wrong_bytes
from grader.http1.wire import ResponseReader

ANSWER = b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n"


def get(text: str) -> bytes:
    return f"GET /echo/{text} HTTP/1.1\r\nHost: localhost:4221\r\n\r\n".encode()


def entries(*exchanges: tuple[int, bytes, bytes]) -> list[Entry]:
    found = []
    for connection, request, body in exchanges:
        found.append(Entry(connection, Direction.SENT, 0.0, request))
        if body:
            found.append(
                Entry(connection, Direction.RECEIVED, 0.0, ANSWER % len(body) + body, by="server")
            )
    return found


def wrong(found: bytes, wanted: bytes, connection: int, index: int) -> WrongBytes:
    reader = ResponseReader()
    reader.feed(ANSWER % len(found) + found)
    response = reader.response()
    assert response is not None
    at = replace(response, connection=connection, index=index)
    return WrongBytes(Kind.MISMATCH, "It differs.", found, wanted, hint="Mine.", response=at)


def test_the_answer_to_an_earlier_request_of_the_connection() -> None:
    seen = entries((1, get("one"), b"one"), (1, get("two"), b"one"))
    told = explain_wrong_bytes(wrong(b"one", b"two", 1, 1), seen)
    assert told.summary == "The body is that of an earlier answer, to GET /echo/one."


def test_the_text_of_a_client_that_is_connected_at_the_same_time() -> None:
    seen = [*entries((1, get("one"), b""), (2, get("two"), b"")), *entries((1, b"", b"two"))]
    told = explain_wrong_bytes(wrong(b"two", b"one", 1, 0), seen)
    assert told.summary == (
        "The body belongs to another connection, which asked for GET /echo/two."
    )


def test_a_file_is_compared_with_the_request_that_brought_it() -> None:
    content = bytes(range(1, 256)) * 8
    upload = b"POST /files/a HTTP/1.1\r\nContent-Length: 2040\r\n\r\n" + content
    head = len(upload) - len(content)
    failure = WrongBytes(
        Kind.FILES, "It differs.", content[: 1024 - head], content, subject="file", hint="Mine."
    )
    told = explain_wrong_bytes(failure, entries((1, upload, b""), (2, get("abc"), b"abc")))
    assert told.summary == (
        f"The file holds only the first {1024 - head} bytes of 2,040. With the {head} bytes before"
        " them in the request that is 1,024: your server read once."
    )


def test_what_nobody_can_name_stays_as_it_was() -> None:
    failure = wrong(b"xyz", b"one", 1, 0)
    assert explain_wrong_bytes(failure, entries((1, get("one"), b"xyz"))) is failure
    assert explain_wrong_bytes(failure, []) is failure


def test_without_a_hint_the_hint_of_the_check_stays() -> None:
    failure = wrong(b"", b"one", 1, 0)
    told = explain_wrong_bytes(failure, entries((1, get("one"), b"")))
    assert (told.summary, told.hint) == ("The body is empty: 3 bytes should be in it.", "Mine.")


def test_bytes_that_are_no_answers_do_no_harm() -> None:
    seen = [
        Entry(1, Direction.SENT, 0.0, b"\r\n\r\nGET"),
        Entry(1, Direction.RECEIVED, 0.0, b"\0\xff", by="server"),
        Entry(2, Direction.SENT, 0.0, get("one") + b"GET / HTTP/1.1\r\n"),
        Entry(2, Direction.RECEIVED, 0.0, b"HTTP/1.1 200 OK\r\n", by="server"),
    ]
    failure = wrong(b"ONE", b"one", 2, 0)
    assert explain_wrong_bytes(failure, seen).summary == "The body is the text in upper case."


def test_what_follows_a_length_that_is_too_short_is_named() -> None:
    answer = ANSWER % 3 + b"abcdef"
    seen = [
        Entry(1, Direction.SENT, 0.0, get("abcdef")),
        Entry(1, Direction.RECEIVED, 0.0, answer, by="server"),
    ]
    told = explain_wrong_bytes(wrong(b"abc", b"abcdef", 1, 0), seen)
    assert told.summary == (
        "The body holds only the first 3 bytes of 6: Content-Length is 3, and the rest comes"
        " after it."
    )
    characters = explain_wrong_bytes(
        wrong("\u00fcm\u00fc".encode()[:3], "\u00fcm\u00fc".encode(), 1, 0), seen
    )
    assert characters.cause == "body: counted_characters"


def test_an_empty_body_says_where_its_text_stands() -> None:
    far = b"GET / HTTP/1.1\r\nX: " + b"x" * 1200 + b"\r\nUser-Agent: fig\r\n\r\n"
    near = far.replace(b"x" * 1200, b"x")
    for request, says in (
        (far, "They begin at byte 1,233 of the request."),
        (near, ""),
    ):
        told = explain_wrong_bytes(
            wrong(b"", b"fig", 1, 0), [Entry(1, Direction.SENT, 0.0, request)]
        )
        assert told.summary == f"The body is empty: 3 bytes should be in it. {says}".rstrip()
