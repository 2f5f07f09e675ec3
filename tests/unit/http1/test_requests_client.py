"""`requests` on our sockets: what it gets, where it does not go, and what has an end whatever a
server sends."""

from __future__ import annotations

import gzip
import socket
import zlib
from typing import TYPE_CHECKING

import pytest
import requests

from grader.check.failure import Failure, Kind
from grader.check.transcript import Direction
from tests.unit.tiny_servers import serving

if TYPE_CHECKING:
    from pathlib import Path

RIGHT = "while head(client):\n    answer(client)"
LIMIT = 16 << 20


def get(handler: str, place: Path, **budgets: float) -> tuple[int, bytes]:
    """What `requests` makes of the answer."""
    with (
        serving(handler, place, **budgets) as snapshot,
        snapshot.session().requests_client() as client,
    ):
        answer = client.get(f"http://localhost:{snapshot.server.port}/")
        return answer.status_code, answer.content


def sends(data: bytes) -> str:
    return f"head(client); client.sendall({data!r}); client.close()"


def test_it_gets_what_is_sent_and_all_of_it_is_recorded(tmp_path: Path) -> None:
    with serving(RIGHT, tmp_path) as snapshot:
        session = snapshot.session()
        with session.requests_client() as client:
            answers = [client.get(f"http://localhost:{snapshot.server.port}/") for _ in range(3)]
        received = [
            entry.data
            for entry in snapshot.transcript.entries
            if entry.direction is Direction.RECEIVED
        ]
    assert [(answer.status_code, answer.content) for answer in answers] == [(200, b"ok")] * 3
    assert session.connection_count == 1
    assert b"".join(received) == b"HTTP/1.1 200 X\r\nContent-Length: 2\r\n\r\nok" * 3


def in_turn(*answers: bytes) -> str:
    """A server that gives these answers, one after the other on one connection."""
    return f"for data in {list(answers)!r}: head(client); client.sendall(data)"


CODED = [
    ("gzip", gzip.compress(b"hello")),
    ("gzip", gzip.compress(b"hel") + gzip.compress(b"lo")),
    ("deflate", zlib.compress(b"hello")),
    ("deflate", zlib.compress(b"hello", wbits=-15)),
    ("deflate, gzip", gzip.compress(zlib.compress(b"hello"))),
    ("identity", b"hello"),
    ("unheard-of", b"hello"),
]


def test_bodies_are_decoded_as_requests_does(tmp_path: Path) -> None:
    heads = [
        b"HTTP/1.1 200 OK\r\nContent-Encoding: %b\r\n" % coding.encode() for coding, _ in CODED
    ]
    counted = [b"Content-Length: %d\r\n\r\n%b" % (len(body), body) for _, body in CODED]
    chunked = [
        b"Transfer-Encoding: chunked\r\n\r\n%x\r\n%b\r\n0\r\n\r\n" % (len(body), body)
        for _, body in CODED
    ]
    answers = [head + body for head, body in zip(heads * 2, counted + chunked, strict=True)]
    with serving(in_turn(*answers), tmp_path) as snapshot:
        session = snapshot.session()
        with session.requests_client() as client:
            found = [
                client.get(f"http://localhost:{snapshot.server.port}/").content for _ in answers
            ]
    assert found == [b"hello"] * len(answers)
    assert session.connection_count == 1


def test_no_body_is_one_too(tmp_path: Path) -> None:
    for coding in ("", "Content-Encoding: gzip\r\n", "Content-Encoding: gzip, gzip\r\n"):
        assert get(sends(f"HTTP/1.1 204 No\r\n{coding}\r\n".encode()), tmp_path) == (204, b"")


ELSEWHERE = [
    "302 Found\r\nLocation: http://127.0.0.1:{port}/",
    "302 Found\r\nLocation: https://127.0.0.1:{port}/",
    "301 Moved\r\nLocation: HTTPS://user:word@localhost:{port}/",
    "303 See\r\nLocation: //127.0.0.1:{port}/",
    "307 Temporary\r\nLocation: http+unix://127.0.0.1:{port}/",
    "308 Permanent\r\nLocation: ftp://127.0.0.1:{port}/",
    "302 Found\r\nLocation: /again",
    "302 Found\r\nLocation: http://[",
    "302 Found\r\nLocation: \xff\xfe",
    "302 Found\r\nLocation: ",
    "305 Use Proxy\r\nLocation: http://127.0.0.1:{port}/",
    (
        "401 Unauthorized\r\n"
        "WWW-Authenticate: Digest realm=x, nonce=y, domain=http://127.0.0.1:{port}/"
    ),
    "407 Proxy\r\nProxy-Authenticate: Basic",
    "503 Later\r\nRetry-After: 3600",
    (
        "200 OK\r\n"
        "Refresh: 0; url=http://127.0.0.1:{port}/\r\n"
        "Alt-Svc: h3=127.0.0.1:{port}\r\n"
        "Link: <https://a/>"
    ),
    "200 OK\r\nSet-Cookie: a=b; Domain=127.0.0.1; Path=/; Expires=never",
]


def test_it_goes_nowhere_else(tmp_path: Path) -> None:
    """Each answer is taken for what it is, and nobody comes to where it points."""
    with socket.create_server(("127.0.0.1", 0)) as elsewhere:
        elsewhere.setblocking(False)
        port = elsewhere.getsockname()[1]
        answers = [
            f"HTTP/1.1 {lines}\r\nContent-Length: 2\r\n\r\nhi".format(port=port)
            for lines in ELSEWHERE
        ]
        with serving(
            in_turn(*(answer.encode("latin-1") for answer in answers)), tmp_path
        ) as snapshot:
            session = snapshot.session()
            with session.requests_client() as client:
                found = [client.get(f"http://localhost:{snapshot.server.port}/") for _ in answers]
            sent = [
                entry for entry in snapshot.transcript.entries if entry.direction is Direction.SENT
            ]
        assert [(str(answer.status_code), answer.content, answer.history) for answer in found] == [
            (lines[:3], b"hi", []) for lines in ELSEWHERE
        ]
        assert (session.connection_count, len(sent)) == (1, len(ELSEWHERE))
        with pytest.raises(BlockingIOError):
            elsewhere.accept()


def test_no_adapter_is_there_but_ours(tmp_path: Path) -> None:
    with serving(RIGHT, tmp_path) as snapshot:
        session = snapshot.session()
        for scheme in ("https", "ftp", "http+unix"):
            with (
                pytest.raises(Failure, match="No connection adapters"),
                session.requests_client() as client,
            ):
                client.get(f"{scheme}://localhost:{snapshot.server.port}/")
    assert session.connection_count == 0


def test_nothing_of_this_machine_is_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither a proxy nor the password that somebody keeps for a host of that name."""
    netrc = tmp_path / "netrc"
    netrc.write_text("machine localhost login me password secret\n")
    netrc.chmod(0o600)
    for name, value in {
        "NETRC": str(netrc),
        "HTTP_PROXY": "http://127.0.0.1:1",
        "ALL_PROXY": "http://127.0.0.1:1",
    }.items():
        monkeypatch.setenv(name, value)
        monkeypatch.setenv(name.lower(), value)
    with (
        serving("answer(client, head(client))", tmp_path) as snapshot,
        snapshot.session().requests_client() as client,
    ):
        said = client.get(f"http://localhost:{snapshot.server.port}/").content
    assert b"GET / HTTP/1.1" in said
    assert b"Authorization" not in said


HEAD = "head(client); client.sendall(b'HTTP/1.1 200 OK\\r\\n"
CHUNKED = f"{HEAD}Transfer-Encoding: chunked\\r\\n\\r\\n"


@pytest.mark.e2e
@pytest.mark.parametrize(
    "handler",
    [
        f"{HEAD}\\r\\n')\nwhile True: client.sendall(bytes(65536))",
        (
            f"{HEAD}Content-Length: 999999999999\\r\\n\\r\\n')\n"
            "while True: client.sendall(bytes(65536))"
        ),
        f"{CHUNKED}')\nwhile True: client.sendall(b'f\\r\\n' + bytes(15) + b'\\r\\n')",
        f"{CHUNKED}0\\r\\n')\nwhile True: client.sendall(b'A: b\\r\\n' * 10000)",
        "head(client)\nwhile True: client.sendall(b'HTTP/1.1 100 Continue\\r\\n\\r\\n' * 1000)",
    ],
)
def test_what_has_no_end_is_not_read_to_it(tmp_path: Path, handler: str) -> None:
    with pytest.raises(Failure) as caught:
        get(handler, tmp_path)
    assert (caught.value.kind, caught.value.summary) == (
        Kind.MALFORMED,
        f"The answer has no end after {LIMIT} bytes; no request here asks for so many.",
    )


@pytest.mark.parametrize(
    "handler",
    [
        "head(client)\nwhile True: client.sendall(b'A' * 65536)",
        f"{HEAD}')\nwhile True: client.sendall(b'A' * 65536)",
        f"{HEAD}')\nwhile True: client.sendall(b'A: b\\r\\n' * 10000)",
        f"{CHUNKED}')\nwhile True: client.sendall(b'1' * 65536)",
        f"{CHUNKED}1;')\nwhile True: client.sendall(b'x' * 65536)",
    ],
)
def test_a_line_without_an_end_is_not_read_to_it(tmp_path: Path, handler: str) -> None:
    """By the bounds that the libraries have themselves, or by ours."""
    with pytest.raises(Failure, match=r"cannot read the answer|has no end after") as caught:
        get(handler, tmp_path)
    assert caught.value.kind is Kind.MALFORMED


def test_an_answer_of_the_largest_size_is_read(tmp_path: Path) -> None:
    """And one byte more is not: the bound counts what comes, its head too."""
    head = b"HTTP/1.1 200 OK\r\n\r\n"
    handler = "head(client); client.sendall({!r}); client.sendall(bytes({})); client.close()"
    assert get(handler.format(head, LIMIT - len(head)), tmp_path) == (200, bytes(LIMIT - len(head)))
    with pytest.raises(Failure, match="has no end after"):
        get(handler.format(head, LIMIT - len(head) + 1), tmp_path)


@pytest.mark.parametrize(
    ("coding", "body"),
    [
        ("gzip", gzip.compress(bytes(LIMIT + 1))),
        ("deflate", zlib.compress(bytes(LIMIT + 1))),
        ("gzip, gzip", gzip.compress(gzip.compress(bytes(LIMIT + 1)))),
        ("gzip", gzip.compress(bytes(LIMIT)) + gzip.compress(b"x")),
    ],
)
def test_what_grows_without_an_end_is_not_decoded_to_it(
    tmp_path: Path, coding: str, body: bytes
) -> None:
    head = b"HTTP/1.1 200 OK\r\nContent-Encoding: %b\r\nContent-Length: %d\r\n\r\n" % (
        coding.encode(),
        len(body),
    )
    with pytest.raises(Failure) as caught:
        get(sends(head + body), tmp_path)
    assert (caught.value.kind, caught.value.summary) == (
        Kind.MALFORMED,
        f"The body decompresses to more than {LIMIT} bytes.",
    )


def test_many_codings_are_refused(tmp_path: Path) -> None:
    """One that is itself when it is decoded would go on as long as somebody says so."""
    data = (
        b"HTTP/1.1 200 OK\r\nContent-Encoding: "
        + b"gzip," * 99
        + b"gzip\r\nContent-Length: 1\r\n\r\nx"
    )
    with pytest.raises(Failure, match=r"more than 5 codings|Too many content encodings"):
        get(sends(data), tmp_path)


def test_a_broken_coding_is_told_in_the_words_of_requests(tmp_path: Path) -> None:
    data = b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 5\r\n\r\nhello"
    with pytest.raises(Failure, match="cannot read the answer") as caught:
        get(sends(data), tmp_path)
    assert isinstance(caught.value.__cause__, requests.exceptions.ContentDecodingError)


@pytest.mark.parametrize(
    "handler",
    [
        f"{HEAD}\\r\\n')\nwhile True: client.sendall(b'x'); time.sleep(0.01)",
        (
            "head(client)\n"
            "for byte in b'HTTP/1.1 200 ' + bytes(9999): "
            "client.sendall(bytes([byte])); time.sleep(0.01)"
        ),
        (
            "head(client)\n"
            "while True: client.sendall(b'HTTP/1.1 100 Continue\\r\\n\\r\\n'); time.sleep(0.01)"
        ),
    ],
)
def test_a_drip_ends_with_the_budget_of_a_whole_answer(tmp_path: Path, handler: str) -> None:
    with pytest.raises(Failure) as caught:
        get(handler, tmp_path, message=0.3)
    assert caught.value.kind in (Kind.INCOMPLETE, Kind.MALFORMED, Kind.SILENCE)
    assert caught.value.kind is Kind.MALFORMED or "0.3 s" in caught.value.summary


def test_the_same_seed_uploads_the_same_bytes(tmp_path: Path) -> None:
    """The boundaries of `requests` are the system's random bytes."""
    handler = "head(client); answer(client)\nwhile client.recv(999): pass"
    uploads = []
    for _ in range(2):
        with serving(handler, tmp_path) as snapshot:
            session = snapshot.session()
            with session.requests_client() as client:
                client.post(session.url("/"), data={"a": "b"}, files={"c": ("d.txt", b"e")})
            sent = [it for it in snapshot.transcript.entries if it.direction is Direction.SENT]
        uploads.append(
            b"".join(entry.data for entry in sent).replace(b":%d" % snapshot.server.port, b"")
        )
    assert uploads[0] == uploads[1]
    boundary = uploads[0].partition(b"boundary=")[2][:32]
    assert uploads[0].count(b"--" + boundary) == 3
