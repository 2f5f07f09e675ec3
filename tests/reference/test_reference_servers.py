"""The four servers over real sockets."""

from __future__ import annotations

import socket
from typing import TYPE_CHECKING

import pytest

from reference.transports import Timeouts
from tests.reference.conftest import PATIENCE

if TYPE_CHECKING:
    from pathlib import Path

    from reference import Request, Response
    from tests.reference.conftest import Connect, Running, Start

GET = b"GET /echo/%s HTTP/1.1\r\nHost: a\r\n\r\n"
BIG = bytes(range(256)) * 16 * 1024  # 4 MiB


def upload(name: bytes, body: bytes, *headers: bytes) -> bytes:
    lines = [
        b"POST /files/%s HTTP/1.1" % name,
        b"Host: a",
        b"Content-Length: %d" % len(body),
        *headers,
    ]
    return b"\r\n".join(lines) + b"\r\n\r\n" + body


def test_a_connection_is_kept(site: Running, connect: Connect) -> None:
    client = connect(site)
    for path, status in [
        ("/", 200),
        ("/nothing", 404),
        ("/echo/a", 200),
        ("/files/none", 404),
        ("/", 200),
    ]:
        answer = client.get(path)
        assert answer.status == status
        assert "connection" not in answer.headers
        assert "date" in answer.headers


def test_user_agent(site: Running, connect: Connect) -> None:
    assert connect(site).get("/user-agent", "uSER-aGENT:caf\xe9 ").body == b"caf\xe9"


def test_a_request_byte_by_byte(site: Running, connect: Connect) -> None:
    client = connect(site)
    client.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    for byte in GET % b"slow":
        client.send(bytes([byte]))
    assert client.answer().body == b"slow"


def test_pipelined_requests_are_answered_in_order(site: Running, connect: Connect) -> None:
    client = connect(site)
    client.send(b"".join(GET % (b"%d" % number) for number in range(200)))
    assert [client.answer().body for _ in range(200)] == [b"%d" % number for number in range(200)]


def test_pipelined_files_to_a_slow_reader(site: Running, connect: Connect) -> None:
    (site.directory / "big").write_bytes(BIG)
    client = connect(site)
    client.send(b"GET /files/big HTTP/1.1\r\nHost: a\r\n\r\n" * 5 + GET % b"last")
    assert all(client.answer().body == BIG for _ in range(5))
    assert client.answer().body == b"last"


def test_an_upload_and_what_follows_it(site: Running, connect: Connect) -> None:
    client = connect(site)
    client.send(upload(b"a", b"12345") + GET % b"b")
    answer = client.answer("POST")
    assert (answer.status, answer.headers["location"]) == (201, "/files/a")
    assert client.answer().body == b"b"
    assert (site.directory / "a").read_bytes() == b"12345"


def test_a_big_upload_and_back(site: Running, connect: Connect) -> None:
    client = connect(site)
    client.send(upload(b"large", BIG))
    assert client.answer("POST").status == 201
    assert client.get("/files/large").body == BIG


def test_a_chunked_upload(site: Running, connect: Connect) -> None:
    client = connect(site)
    client.send(b"POST /files/c HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n")
    client.send(b"5\r\nhello\r\n0\r\n\r\n")
    assert client.answer("POST").status == 201
    assert client.get("/files/c").body == b"hello"


def test_a_client_that_waits_for_100(site: Running, connect: Connect) -> None:
    client = connect(site)
    client.send(upload(b"w", b"wait", b"Expect: 100-continue")[:-4])
    assert client.interim() == b"HTTP/1.1 100 Continue"
    client.send(b"wait")
    assert client.answer("POST").status == 201


def test_a_client_that_does_not(site: Running, connect: Connect) -> None:
    client = connect(site)
    client.send(upload(b"w", b"wait", b"Expect: 100-continue"))
    answer = client.answer("POST")
    assert (answer.status, answer.interim) == (201, ())


@pytest.mark.parametrize("path", ["/", "/nothing", "/files/none"])
def test_close_is_announced_and_done(site: Running, connect: Connect, path: str) -> None:
    client = connect(site)
    assert client.get(path, "Connection: foo, Close").headers["connection"] == "close"
    assert client.rest() == b""


def test_http_1_0_closes(site: Running, connect: Connect) -> None:
    client = connect(site)
    client.send(b"GET /echo/a HTTP/1.0\r\n\r\n" + GET % b"ignored")
    assert client.rest().endswith(b"\r\n\r\na")


def test_http_1_0_can_be_kept(site: Running, connect: Connect) -> None:
    client = connect(site)
    for _ in range(2):
        client.send(b"GET /echo/a HTTP/1.0\r\nConnection: Keep-Alive\r\n\r\n")
        assert client.answer().headers["connection"] == "keep-alive"


def test_head_has_no_body(site: Running, connect: Connect) -> None:
    client = connect(site)
    client.send((GET % b"abc").replace(b"GET", b"HEAD"))
    assert client.answer("HEAD").headers["content-length"] == "3"
    assert client.get("/echo/next").body == b"next"


def test_garbage_is_answered_and_closed(site: Running, connect: Connect) -> None:
    client = connect(site)
    client.send(b"GARBAGE\r\n\r\n")
    answer = client.answer()
    assert (answer.status, answer.headers["connection"]) == (400, "close")
    assert client.rest() == b""
    client.socket.close()
    assert connect(site).get("/").status == 200


@pytest.mark.parametrize(
    ("head", "status"),
    [
        (upload(b"x", b"")[:-4].replace(b": 0", b": 99999999"), 413),
        (b"GET /" + 70_000 * b"a", 414),
        (b"GET / HTTP/1.1\r\nA: " + 70_000 * b"a", 431),
    ],
)
def test_a_client_that_sends_too_much_still_reads_the_answer(
    site: Running, connect: Connect, head: bytes, status: int
) -> None:
    client = connect(site)
    client.send(head + b"\r\n\r\n" + BIG)
    assert client.answer().status == status
    assert client.rest() == b""


def test_the_end_of_the_requests_is_not_the_end_of_the_answers(
    site: Running, connect: Connect
) -> None:
    (site.directory / "big").write_bytes(BIG)
    client = connect(site)
    client.send(b"GET /files/big HTTP/1.1\r\nHost: a\r\n\r\n" + GET % b"a")
    client.socket.shutdown(socket.SHUT_WR)
    assert client.answer().body == BIG
    assert client.answer().body == b"a"
    assert client.rest() == b""


def test_clients_that_leave_early(site: Running, connect: Connect) -> None:
    (site.directory / "big").write_bytes(BIG)
    connect(site).socket.close()
    connect(site).reset()
    cut_off = connect(site)
    cut_off.send(upload(b"cut", b"12345")[:-1])
    cut_off.socket.close()
    in_mid_answer = connect(site)
    in_mid_answer.send(b"GET /files/big HTTP/1.1\r\nHost: a\r\n\r\n" * 5)
    assert in_mid_answer.socket.recv(1000)
    in_mid_answer.reset()
    assert connect(site).get("/").status == 200
    assert not (site.directory / "cut").exists()
    assert not list(site.directory.glob(".upload-*"))


def test_silent_clients_hold_up_only_the_blocking_server(site: Running, connect: Connect) -> None:
    silent = connect(site)
    half = connect(site)
    half.send(GET[:10])
    asking = connect(site)
    asking.send(GET % b"a")
    if site.kind == "blocking":
        asking.socket.settimeout(0.1)
        with pytest.raises(TimeoutError):
            asking.socket.recv(1)
        asking.socket.settimeout(20)
        silent.socket.close()
        half.socket.close()
    assert asking.answer().body == b"a"


def test_two_hundred_clients(site: Running, connect: Connect) -> None:
    clients = [connect(site) for _ in range(200)]
    if site.kind == "blocking":
        for client in clients:
            assert client.get("/").status == 200
            client.socket.close()
        return
    for number, client in reversed(list(enumerate(clients))):
        client.send(GET % (b"%d" % number))
    for number, client in enumerate(clients):
        assert client.answer().body == b"%d" % number


def test_a_handler_that_raises(
    kind: str, tmp_path: Path, start: Start, connect: Connect, capsys: pytest.CaptureFixture[str]
) -> None:
    site = start(kind, tmp_path)

    @site.server.route("/broken")
    def broken(request: Request) -> Response:
        raise ZeroDivisionError

    client = connect(site)
    answer = client.get("/broken")
    assert (answer.status, answer.body) == (500, b"Internal Server Error\n")
    assert client.get("/").status == 200
    assert "ZeroDivisionError" in capsys.readouterr().err


@pytest.mark.parametrize("begun", [b"GET / HT", upload(b"a", b"12345")[:-2]])
def test_silence_ends_a_request_with_408(
    kind: str, tmp_path: Path, start: Start, connect: Connect, begun: bytes
) -> None:
    client = connect(start(kind, tmp_path, Timeouts(silence=0.1)))
    client.send(begun)
    answer = client.answer()
    assert (answer.status, answer.headers["connection"]) == (408, "close")
    assert client.rest() == b""
    assert not (tmp_path / "a").exists()


def test_silence_ends_a_connection(
    kind: str, tmp_path: Path, start: Start, connect: Connect
) -> None:
    site = start(kind, tmp_path, Timeouts(silence=0.1))
    assert connect(site).rest() == b""
    client = connect(site)
    assert client.get("/").status == 200
    assert client.rest() == b""


def test_who_leaves_in_mid_request_is_told_nothing(site: Running, connect: Connect) -> None:
    client = connect(site)
    client.send(b"GET / HT")
    client.socket.shutdown(socket.SHUT_WR)
    assert client.rest() == b""


def test_a_client_that_never_reads_is_dropped(
    kind: str, tmp_path: Path, start: Start, connect: Connect
) -> None:
    site = start(kind, tmp_path, Timeouts(silence=0.2))
    (tmp_path / "big").write_bytes(BIG)
    client = connect(site)
    client.send(b"GET /files/big HTTP/1.1\r\nHost: a\r\n\r\n" * 20)
    with pytest.raises(ConnectionError):  # nobody reads these: closing with bytes unread is a reset
        client.send(64 * 1024 * 1024 * b"a")
    assert connect(site).get("/").status == 200


def test_stopping_lets_idle_clients_go(
    kind: str, tmp_path: Path, start: Start, connect: Connect
) -> None:
    site = start(kind, tmp_path)
    client = connect(site)
    assert client.get("/").status == 200
    site.server.stop()
    assert client.rest() == b""
    site.thread.join(20)
    with pytest.raises(ConnectionError):
        connect(site)


def test_stopping_does_not_wait_for_clients_that_have_their_answer(
    kind: str, tmp_path: Path, start: Start, connect: Connect
) -> None:
    site = start(kind, tmp_path, Timeouts(silence=60.0, linger=60.0, grace=60.0))
    client = connect(site)
    client.send(b"GARBAGE\r\n\r\n")
    assert client.answer().status == 400
    assert client.rest() == b""  # it lingers: only its own half is closed
    site.server.stop()
    site.thread.join(PATIENCE)
    assert not site.thread.is_alive()


def test_stopping_finishes_what_has_begun(
    kind: str, tmp_path: Path, start: Start, connect: Connect
) -> None:
    site = start(kind, tmp_path)
    idle, client = (None if kind == "blocking" else connect(site)), connect(site)
    client.send(upload(b"w", b"wait", b"Expect: 100-continue")[:-4])
    assert client.interim() == b"HTTP/1.1 100 Continue"
    site.server.stop()
    if idle is not None:
        assert idle.rest() == b""  # it has noticed
    client.send(b"wait" + GET % b"next")
    assert client.answer("POST").status == 201
    client.socket.close()
    assert (tmp_path / "w").read_bytes() == b"wait"


def test_stopping_does_not_wait_for_ever(
    kind: str, tmp_path: Path, start: Start, connect: Connect
) -> None:
    site = start(kind, tmp_path, Timeouts(grace=0.1))
    client = connect(site)
    client.send(upload(b"w", b"wait", b"Expect: 100-continue")[:-4])
    client.interim()
    site.server.stop()
    assert client.rest() == b""
