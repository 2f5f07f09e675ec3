"""What counts as a difference, and what a server is free to do: each rule in both directions."""

from __future__ import annotations

import gzip
import zlib
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from grader.check.failure import Failure, Kind
from grader.http1.wire import Response, ResponseReader
from stages._compare.conversation import Ask, Conversation
from stages._compare.differences import difference
from stages._compare.expectations import expectations_of, needed
from stages._compare.observed import EndOfAnswer, Observed
from stages._compare.routes import KNOWN

if TYPE_CHECKING:
    from grader.comparing.difference import Difference

ALL = frozenset(KNOWN)
EARLY = ALL - {"keep-alive"}
TEXT = Ask(target="/echo/grape")
AGENT = Ask(target="/user-agent", lines=("User-Agent: me/1",))
FILE = Ask(target="/files/a")
UPLOAD = Ask("POST", "/files/a", ("Content-Length: 3",), b"abc")
UNKNOWN = Ask(target="/grape")
CLOSING = ("Connection: close",)
OUTSIDE = Ask(target="/files/../secret.txt")
FAILED = Failure(Kind.SILENCE, "No answer")


def response(
    body: bytes = b"", status: int = 200, *headers: str, reason: str = "X", method: str = "GET"
) -> Response:
    """An answer with a Content-Length, as the wire reader gives it."""
    lines = [f"HTTP/1.1 {status} {reason}", *headers, f"Content-Length: {len(body)}", "", ""]
    return read("\r\n".join(lines).encode() + body, method)


def read(data: bytes, method: str = "GET") -> Response:
    reader = ResponseReader()
    reader.feed(data)
    reader.eof()
    found = reader.response(method)
    assert found is not None
    return found


def plain(body: bytes = b"grape", *headers: str) -> Response:
    return response(body, 200, "Content-Type: text/plain", *headers)


def field(
    ask: Ask,
    reference: Observed | Response,
    yours: Observed | Response,
    *,
    taught: frozenset[str] = ALL,
    strict: bool = False,
) -> str | None:
    """The field in which they differ."""
    found = judged(ask, reference, yours, taught=taught, strict=strict)
    return found.field if found else None


def judged(
    ask: Ask,
    reference: Observed | Response,
    yours: Observed | Response,
    *,
    taught: frozenset[str] = ALL,
    strict: bool = False,
) -> Difference | None:
    asked = Conversation((ask,))
    sides = [side if isinstance(side, Observed) else Observed(side) for side in (reference, yours)]
    return difference(asked, expectations_of(asked, taught, strict=strict), sides[:1], sides[1:])


# --- what every server may choose -----------------------------------------------------------------


@pytest.mark.parametrize(
    ("ask", "reference", "yours"),
    [
        (TEXT, plain(),
         response(b"grape", 200, "content-TYPE: Text/Plain; charset=utf-8", reason="Fine")),
        (TEXT, plain(), response(b"grape", 200, "Server: me", "Content-Type: text/plain", "X: y")),
        (TEXT, plain(),
         read(b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nTransfer-Encoding: chunked\r\n\r\n"
                             b"3\r\ngra\r\n2\r\npe\r\n0\r\n\r\n")),
        (Ask(), response(), response(b"It works", 200, "Content-Type: text/html")),
        (UNKNOWN, response(b"none\n", 404, "Content-Type: text/plain"),
         response(b"{}", 404, "Content-Type: a/json")),
        (UPLOAD, Observed(response(b"", 201), stored=b"abc"),
         Observed(response(b"made", 201), stored=b"abc")),
        (OUTSIDE, response(b"", 404), response(b"", 403)),
        (OUTSIDE, response(b"", 404), response(b"", 400)),
        (OUTSIDE, Observed(response(b"", 404)), Observed(failure=FAILED)),
        (OUTSIDE, Observed(response(b"", 404)), Observed(response(b"", 400), ended=True)),
    ],
)  # fmt: skip
def test_what_is_free(ask: Ask, reference: Observed | Response, yours: Observed | Response) -> None:
    assert field(ask, reference, yours) is None


# --- what is compared -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("ask", "reference", "yours", "wanted"),
    [
        (TEXT, plain(), Observed(failure=FAILED), "answer"),
        (TEXT, plain(), response(b"grape", 404), "status"),
        (UNKNOWN, response(b"", 404), response(), "status"),
        (UPLOAD, response(b"", 201), response(b"", 200), "status"),
        (TEXT, plain(), plain(b"grap"), "body"),
        (AGENT, plain(b"me/1"), plain(b"me"), "body"),
        (FILE, response(b"x", 200, "Content-Type: application/octet-stream"), plain(b"x"),
         "media type"),
        (TEXT, plain(), response(b"grape"), "media type"),
        (TEXT, plain(), plain(b"grape", "Content-Encoding: gzip"), "coding"),
        (UPLOAD, Observed(response(b"", 201), stored=b"abc"),
         Observed(response(b"", 201), stored=b"ab"), "file"),
        (UPLOAD, Observed(response(b"", 201), stored=b"abc"), Observed(response(b"", 201)), "file"),
        (OUTSIDE, response(b"", 404), response(b"nobody outside may read this: 6174"),
         "bounds of the directory"),
        (OUTSIDE, Observed(response(b"", 404)), Observed(response(b"", 404), outside=True),
         "bounds of the directory"),
        (TEXT, plain(), Observed(plain(), surplus=FAILED), "bytes after the answer"),
    ],
)  # fmt: skip
def test_what_is_not_free(
    ask: Ask, reference: Observed | Response, yours: Observed | Response, wanted: str
) -> None:
    assert field(ask, reference, yours) == wanted


def test_the_difference_is_told_as_what_the_reference_does_and_what_the_other_does() -> None:
    found = judged(TEXT, plain(), response(b"grape", 404))
    assert found is not None
    assert found.failure.summary == "The status is 404, not 200."
    assert found.failure.expected == "status 200"


# --- codings --------------------------------------------------------------------------------------

GZIP = plain(gzip.compress(b"grape"), "Content-Encoding: gzip")
DEFLATE = plain(zlib.compress(b"grape"), "Content-Encoding: deflate")


@pytest.mark.parametrize(
    ("listed", "yours", "wanted"),
    [
        ("gzip", GZIP, None),
        ("gzip", plain(gzip.compress(b"grape", 1), "Content-Encoding: gzip"), None),
        ("gzip", plain(), "coding"),
        ("foo, gzip", plain(), "coding"),
        ("gzip", plain(b"grape", "Content-Encoding: gzip"), "body"),
        ("gzip", plain(gzip.compress(b"grap"), "Content-Encoding: gzip"), "body"),
        ("foo", GZIP, "coding"),
        ("foo", plain(), None),
        ("deflate", DEFLATE, None),
        ("deflate", plain(), None),
        ("deflate", GZIP, "coding"),
        ("gzip, deflate", GZIP, None),
        ("gzip, deflate", DEFLATE, None),
        ("gzip, deflate", plain(), "coding"),
    ],
)
def test_the_coding_of_a_text(listed: str, yours: Response, wanted: str | None) -> None:
    ask = replace(TEXT, lines=(f"Accept-Encoding: {listed}",))
    assert field(ask, GZIP if "gzip" in listed else plain(), yours) == wanted


@pytest.mark.parametrize(
    ("listed", "yours", "wanted"),
    [
        ("gzip;q=0", plain(), None),
        ("gzip;q=0", GZIP, "coding"),
        ("gzip; q=0", GZIP, "coding"),
        ("GZIP", plain(), "coding"),
        ("notgzip", GZIP, "coding"),
        ("identity;q=1.0, gzip;q=0.1", GZIP, "coding"),
        ("identity;q=1.0, gzip;q=0.1", plain(), None),
        ("deflate;q=0.5, gzip;q=1.0", DEFLATE, "coding"),
        ("deflate;q=1.0, gzip;q=0.5", GZIP, None),
        ("deflate;q=1.0, gzip;q=0.5", DEFLATE, None),
    ],
)
def test_weights_and_look_alikes_count_in_strict_runs_only(
    listed: str, yours: Response, wanted: str | None
) -> None:
    ask = replace(TEXT, lines=(f"Accept-Encoding: {listed}",))
    assert field(ask, plain(), yours, strict=True) == wanted
    assert field(ask, plain(), yours) is None


def test_without_the_stage_nobody_looks_at_codings() -> None:
    assert field(TEXT, plain(), GZIP, taught=frozenset({"ok", "paths", "echo"})) is None
    assert (
        field(TEXT, plain(), plain(gzip.compress(b"x"), "Content-Encoding: gzip"), taught=EARLY)
        == "coding"
    )


# --- the end of an answer, and of a connection ----------------------------------------------------

UNTIL_CLOSE = read(b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\ngrape")


@pytest.mark.parametrize(
    ("ask", "taught", "yours", "wanted"),
    [
        (TEXT, EARLY, Observed(UNTIL_CLOSE, told=EndOfAnswer.BY_CLOSING), None),
        (TEXT, EARLY, Observed(UNTIL_CLOSE, told=EndOfAnswer.NOT), "end of the answer"),
        (TEXT, ALL, Observed(UNTIL_CLOSE, told=EndOfAnswer.BY_CLOSING), "end of the answer"),
        (
            replace(TEXT, lines=CLOSING),
            ALL,
            Observed(UNTIL_CLOSE, told=EndOfAnswer.BY_CLOSING),
            None,
        ),
        (
            replace(TEXT, lines=CLOSING),
            ALL,
            Observed(UNTIL_CLOSE, told=EndOfAnswer.NOT),
            "end of the answer",
        ),
        (TEXT, EARLY, Observed(plain(), ended=True), None),
        (TEXT, EARLY, Observed(plain(b"grape", "Connection: close"), ended=True), None),
        (TEXT, ALL, Observed(plain(), ended=False), None),
        (TEXT, ALL, Observed(plain(), ended=True), "connection"),
        (TEXT, ALL, Observed(plain(b"grape", "Connection: close"), ended=False), "connection"),
        (replace(TEXT, lines=CLOSING), ALL, Observed(plain(), ended=True), None),
        (
            replace(TEXT, lines=CLOSING),
            ALL,
            Observed(plain(b"grape", "Connection: close"), ended=True),
            None,
        ),
        (replace(TEXT, lines=CLOSING), ALL, Observed(plain(), ended=False), "connection"),
    ],
)
def test_ends(ask: Ask, taught: frozenset[str], yours: Observed, wanted: str | None) -> None:
    assert field(ask, plain(), yours, taught=taught) == wanted


def test_before_keep_alive_the_end_of_other_answers_is_advice() -> None:
    endless = Observed(read(b"HTTP/1.1 404 Not Found\r\n\r\n"), told=EndOfAnswer.NOT)
    assert field(UNKNOWN, response(b"", 404), endless, taught=EARLY) is None
    assert (
        field(UNKNOWN, response(b"", 404), endless, taught=EARLY, strict=True)
        == "end of the answer"
    )


def test_a_404_that_announces_a_close_is_advice() -> None:
    announced = response(b"", 404, "Connection: close")
    assert field(UNKNOWN, response(b"", 404), announced) is None
    assert field(UNKNOWN, response(b"", 404), announced, strict=True) == "connection"


# --- what only strict runs ask --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("ask", "reference", "yours", "wanted"),
    [
        (Ask(target="/echo/a%20b"), plain(b"a b"), plain(b"a%20b"), None),
        (Ask(target="/echo/a%20b"), plain(b"a b"), plain(b"a+b"), "body"),
        (Ask(target="/echo/a/b"), plain(b"a/b"), plain(b"a"), "body"),
        (Ask(target="/?a=1"), response(), response(b"", 404), "status"),
        (Ask(target="/echoed"), response(b"", 404), response(), "status"),
        (Ask("HEAD"), response(b"", 200, method="HEAD"), response(b"", 405, method="HEAD"), None),
        (Ask(target="/user-agent"), plain(b""), response(b"", 400), None),
        (Ask(target="/user-agent"), plain(b""), plain(b"unknown"), None),
        (Ask(target="/user-agent"), plain(b""), response(b"", 500), "status"),
        (Ask(target="/user-agent", lines=("User-Agent: caf\xe9",)), plain(b"caf\xe9"),
         response(b"", 400), None),
        (Ask(target="/user-agent", lines=("User-Agent:\tme \t",)), plain(b"me"), plain(b"me \t"),
         "body"),
        (Ask(target="/user-agent", lines=("X-Note: User-Agent: a", "User-Agent: b")), plain(b"b"),
         plain(b"a"), "body"),
        (Ask(target="/a", lines=("Accept-Encoding: gzip",)), response(b"", 404),
         response(b"x", 404, "Content-Encoding: gzip"), "body"),
        (Ask("POST", "/files/a", ("content-length: 1",), b"x"),
         Observed(response(b"", 201), stored=b"x"),
         Observed(response(b"", 201), stored=b""), "file"),
        (Ask(blank_first=True), response(), response(b"", 400), "status"),
        (Ask(cuts=(-5,)), response(), response(b"", 400), "status"),
    ],
)  # fmt: skip
def test_what_advice_covers(
    ask: Ask, reference: Observed | Response, yours: Observed | Response, wanted: str | None
) -> None:
    assert field(ask, reference, yours, strict=True) == wanted
    assert field(ask, reference, yours) is None


def test_what_no_check_covers_is_only_answered() -> None:
    for ask in (
        Ask(target="/echo/"),
        Ask(target="/echo/..x"),
        Ask("POST", "/files/a"),
        Ask("POST", "/"),
    ):
        assert field(ask, plain(), response(b"", 400)) is None
        assert field(ask, plain(), Observed(failure=FAILED)) == "answer"


def test_what_one_client_said_may_not_come_back_to_another() -> None:
    asked = Conversation((AGENT, Ask(target="/user-agent")))
    laws = expectations_of(asked, ALL, strict=True)
    reference = [Observed(plain(b"me/1")), Observed(plain(b""))]
    assert difference(asked, laws, reference, reference) is None
    found = difference(asked, laws, reference, [Observed(plain(b"me/1")), Observed(plain(b"me/1"))])
    assert found is not None
    assert found.key == ("body", 1)


# --- which request, which stage -------------------------------------------------------------------


def test_the_first_difference_counts_and_what_is_not_judged_does_not() -> None:
    asked = Conversation((TEXT, UNKNOWN, TEXT))
    laws = expectations_of(asked, ALL, strict=False)
    reference = [Observed(plain()), Observed(response(b"", 404)), Observed(plain())]
    wrong = [Observed(plain()), Observed(response(b"", 500)), Observed(plain(b"x"))]
    found = difference(asked, laws, reference, wrong)
    assert found is not None
    assert found.key == ("status", 1)
    unjudged = [
        Observed(judged=False),
        Observed(failure=FAILED, judged=False),
        Observed(judged=False),
    ]
    assert difference(asked, laws, reference, unjudged) is None


@pytest.mark.parametrize(
    ("asked", "field", "slug"),
    [
        (Conversation((Ask(),)), "status", "ok"),
        (Conversation((UNKNOWN,)), "status", "paths"),
        (Conversation((TEXT, replace(UNKNOWN, connection=2))), "body", "echo"),
        (Conversation((AGENT, replace(TEXT, connection=2))), "body", "headers"),
        (Conversation((TEXT,), beside=(b"",)), "answer", "concurrency"),
        (Conversation((UPLOAD,)), "file", "files"),
        (Conversation((OUTSIDE,)), "bounds of the directory", "files"),
        (Conversation((replace(TEXT, lines=("accept-encoding: gzip",)),)), "body", "gzip"),
        (Conversation((TEXT,)), "coding", "gzip"),
        (Conversation((TEXT, TEXT)), "answer", "keep-alive"),
        (Conversation((TEXT,)), "connection", "keep-alive"),
        (Conversation((replace(TEXT, lines=CLOSING),)), "body", "keep-alive"),
    ],
)
def test_the_stage_that_a_difference_belongs_to(asked: Conversation, field: str, slug: str) -> None:
    order = ("bind-port", *KNOWN)
    assert max(needed(asked, field), key=order.index) == slug
    assert needed(asked) <= set(order)
