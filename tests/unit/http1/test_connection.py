"""One connection: what is sent and read of servers that answer, stop half-way, hang up, or say too
much."""

from __future__ import annotations

import select
from typing import TYPE_CHECKING

import pytest

from grader.check.failure import Failure, Kind
from grader.check.transcript import Direction
from grader.http1 import expect
from grader.http1.wire import Request
from tests.unit.tiny_servers import serving

if TYPE_CHECKING:
    from pathlib import Path

GET = Request.of("GET", "/", host="localhost")
RIGHT = "while head(client):\n    answer(client)"


def test_an_answer_is_read_and_everything_recorded(tmp_path: Path) -> None:
    with serving(RIGHT, tmp_path) as snapshot:
        connection = snapshot.connect()
        connection.ask(GET)
        response = connection.read()
        connection.close()
        connection.close()
        entries = snapshot.transcript.entries
    assert (response.status, response.body, connection.rest, connection.last) == (
        200,
        b"ok",
        b"",
        response,
    )
    assert [entry.direction for entry in entries][:2] == [Direction.OPENED, Direction.SENT]
    assert entries[1].data == GET.to_bytes()
    received = [entry for entry in entries if entry.direction is Direction.RECEIVED]
    assert b"".join(entry.data for entry in received) == response.head + b"ok"
    assert {entry.by for entry in received} == {"server"}
    assert [entry.direction for entry in entries].count(Direction.CLOSED) == 1
    assert [entry.at_s for entry in entries] == sorted(entry.at_s for entry in entries)


def test_who_sends_and_leaves_has_left_before_anybody_can_answer(tmp_path: Path) -> None:
    both = (
        "head(client); end = client.recv(1, socket.MSG_DONTWAIT); answer(listener.accept()[0],"
        " b'end' + end)"
    )
    with serving(both, tmp_path) as snapshot:
        snapshot.connect().send_and_leave(GET.to_bytes())
        assert snapshot.asked().read().body == b"end"
        ways = [entry.direction for entry in snapshot.transcript.entries if entry.connection == 1]
    assert ways == [Direction.OPENED, Direction.SENT, Direction.CLOSED]


def test_answers_follow_each_other(tmp_path: Path) -> None:
    with serving("[answer(client, head(client)[:6]) for _ in range(3)]", tmp_path) as snapshot:
        connection = snapshot.connect()
        for path in ("/1", "/2", "/3"):
            connection.ask(Request.of("GET", path, host="x"))
            assert connection.read().body == f"GET {path}".encode()
        assert connection.rest == b""


def test_answers_that_come_at_once_are_told_apart(tmp_path: Path) -> None:
    with serving(
        "head(client); answer(client, b'one'); answer(client, b'two'); client.close()", tmp_path
    ) as snapshot:
        connection = snapshot.asked()
        assert [connection.read().body, connection.read().body] == [b"one", b"two"]


def test_an_end_instead_of_a_second_answer_is_told_as_an_end(tmp_path: Path) -> None:
    with serving(
        "head(client); answer(client); head(client); client.close()", tmp_path
    ) as snapshot:
        connection = snapshot.asked()
        connection.read()
        connection.ask(GET)
        with pytest.raises(Failure) as caught:
            connection.read()
    assert caught.value.kind is Kind.CLOSED


def test_the_body_of_an_answer_to_head_is_left_out(tmp_path: Path) -> None:
    with serving(
        "head(client); client.sendall(b'HTTP/1.1 200 X\\r\\nContent-Length: 5\\r\\n\\r\\n')",
        tmp_path,
    ) as snapshot:
        connection = snapshot.connect()
        connection.ask(Request.of("HEAD", "/", host="x"))
        assert connection.read().body == b""


def test_a_slow_answer_is_waited_for(tmp_path: Path) -> None:
    """A handler that sleeps is not at rest, in any of its threads."""
    handler = """
    def later():
        head(client); time.sleep(0.2)
        client.sendall(b'HTTP/1.1 200 X\\r\\nContent-Le'); time.sleep(0.2)
        client.sendall(b'ngth: 2\\r\\n\\r\\no'); time.sleep(0.2); client.sendall(b'k')
    threading.Thread(target=later).start()
    """
    with serving(handler, tmp_path) as snapshot:
        assert snapshot.asked().read().body == b"ok"


@pytest.mark.parametrize(
    ("handler", "kind", "words"),
    [
        ("head(client); rest()", Kind.SILENCE, "No answer: your server read the"),
        ("rest()", Kind.SILENCE, "your server never read the request"),
        ("client.recv(1); rest()", Kind.SILENCE, "your server did not read all of the request"),
        ("head(client); time.sleep(600)", Kind.SILENCE, "No answer: your server read the"),
        ("head(client)\nwhile True: time.sleep(0.01)", Kind.SILENCE, "No answer within 0.3 s"),
        ("head(client); client.sendall(b'HTTP/1.1 2'); rest()", Kind.INCOMPLETE, "incomplete"),
        ("head(client); client.sendall(b'HTTP/1.1 200 OK\\r\\nA: b\\r\\n'); rest()",
         Kind.INCOMPLETE, "incomplete"),
        ("head(client); answer(client, b'x', 200, 'Content-Length: 1'); client.close()", None, ""),
        ("client.sendall(b'HTTP/1.1 200 X\\r\\nContent-Length: 9\\r\\n\\r\\nabc'); rest()",
         Kind.INCOMPLETE, "incomplete"),
        (("client.sendall(b'HTTP/1.1 200 X\\r\\nContent-Length: 9\\r\\n\\r\\nabc'); "
          "head(client); client.close()"), Kind.MALFORMED, ""),
        ("client.sendall(b'HTTP/1.1 200'); head(client); client.close()", Kind.MALFORMED, ""),
        ("client.sendall(b'hello\\r\\n\\r\\n'); rest()", Kind.MALFORMED, ""),
        ("head(client); client.close()", Kind.CLOSED, "closed the connection without an answer"),
        ("client.close()", Kind.CLOSED, "the connection without an answer"),
        ("head(client); client.setsockopt(1, 13, bytes([1, 0, 0, 0, 0, 0, 0, 0])); client.close()",
         Kind.CLOSED, "reset the connection without an answer"),
        ("head(client); os._exit(3)", Kind.EXIT, "exit status 3 while handling this request"),
        ("head(client); raise RuntimeError('for a reason')", Kind.EXIT,
         "RuntimeError: for a reason"),
        ("head(client); os.kill(os.getpid(), 11)", Kind.EXIT, "was killed by SIGSEGV"),
    ],
)  # fmt: skip
def test_what_is_said_of_no_answer(
    tmp_path: Path, handler: str, kind: Kind | None, words: str
) -> None:
    with serving(handler, tmp_path) as snapshot:
        connection = snapshot.asked(answer=0.3 if "sleep" in handler else 60)
        if kind is None:
            assert connection.read().body == b"x"
            return
        with pytest.raises(Failure) as caught:
            connection.read()
    assert caught.value.kind is kind, caught.value.summary
    assert words in caught.value.summary


def test_a_connection_that_nobody_accepts(tmp_path: Path) -> None:
    with (
        serving("pass", tmp_path, loop="rest()") as snapshot,
        pytest.raises(Failure, match=r"^No answer: your server did not accept"),
    ):
        snapshot.asked().read()


def test_a_second_client_of_a_busy_server(tmp_path: Path) -> None:
    """It waits for the first one, who says nothing."""
    with serving(RIGHT, tmp_path) as snapshot:
        snapshot.connect()
        with pytest.raises(Failure, match="not accept"):
            snapshot.asked().read()


def test_a_server_that_has_stopped_listening(tmp_path: Path) -> None:
    with serving("listener.close(); answer(client); rest()", tmp_path) as snapshot:
        snapshot.asked().read()
        with pytest.raises(Failure, match="no longer listens on port") as caught:
            snapshot.connect()
    assert caught.value.kind is Kind.CONNECTION


def test_a_server_that_has_ended(tmp_path: Path) -> None:
    with serving("os._exit(4)", tmp_path) as snapshot:
        snapshot.connect()
        assert snapshot.server.program.wait_exit(60)
        with pytest.raises(Failure, match="exit status 4 before this connection") as caught:
            snapshot.connect()
    assert caught.value.kind is Kind.EXIT


# --- too much -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "endless",
    [
        "b'x' * 65536",
        "b'HTTP/1.1 200 OK\\r\\n' + b'A: b\\r\\n' * 10000",
        "b'HTTP/1.1 200 OK\\r\\nContent-Length: 99999999999\\r\\n\\r\\n' + b'x' * 65536",
        "b'HTTP/1.1 200 OK\\r\\n\\r\\n' + b'x' * 65536",
        (
            "b'HTTP/1.1 200 OK\\r\\nTransfer-Encoding: chunked\\r\\n\\r\\n' + "
            "b'1\\r\\nx\\r\\n' * 10000"
        ),
        "b'HTTP/1.1 100 Continue\\r\\n\\r\\n' * 10000",
    ],
)
def test_endless_data_ends(tmp_path: Path, endless: str) -> None:
    handler = f"data = {endless}\nwhile True:\n    client.sendall(data)\n    data = data[-65536:]"
    with serving(handler, tmp_path, message=1) as snapshot:
        with pytest.raises(Failure) as caught:
            snapshot.asked().read()
        kept = sum(len(entry.data) for entry in snapshot.transcript.entries)
    assert caught.value.kind in (Kind.MALFORMED, Kind.INCOMPLETE)
    assert kept <= 256 * 1024
    assert len(caught.value.actual or b"") <= 64 * 1024


def test_an_early_answer_to_a_huge_upload(tmp_path: Path) -> None:
    """The server does not want it, says so, and does not read on."""
    with serving("head(client); answer(client, b'too large', 413); rest()", tmp_path) as snapshot:
        connection = snapshot.asked(b"POST / HTTP/1.1\r\n\r\n" + bytes(50 << 20))
        assert connection.read().status == 413
        (sent,) = [
            entry for entry in snapshot.transcript.entries if entry.direction is Direction.SENT
        ]
    assert len(sent.data) <= 256 * 1024


def test_an_early_answer_and_a_close(tmp_path: Path) -> None:
    with serving(
        "head(client); answer(client, b'no', 413); client.shutdown(1); rest()", tmp_path
    ) as snapshot:
        connection = snapshot.asked(b"POST / HTTP/1.1\r\n\r\n" + bytes(50 << 20))
        assert connection.read().status == 413
        assert connection.ends_within(60)


def test_a_huge_upload_that_nobody_reads(tmp_path: Path) -> None:
    with (
        serving("head(client); rest()", tmp_path) as snapshot,
        pytest.raises(Failure, match="stopped reading") as caught,
    ):
        snapshot.asked(b"POST / HTTP/1.1\r\n\r\n" + bytes(50 << 20))
    assert caught.value.kind is Kind.SILENCE


def test_a_huge_upload_that_is_read(tmp_path: Path) -> None:
    handler = (
        "n = len(head(client)) - 19\n"
        "while n < 20 << 20:\n"
        "    n += len(client.recv(1 << 20))\n"
        "answer(client)"
    )
    with serving(handler, tmp_path) as snapshot:
        assert snapshot.asked(b"POST / HTTP/1.1\r\n\r\n" + bytes(20 << 20)).read().body == b"ok"


# --- one connection, watched ----------------------------------------------------------------------


def test_whether_something_comes(tmp_path: Path) -> None:
    with serving(
        "head(client); client.sendall(b'x'); head(client); client.close()", tmp_path
    ) as snapshot:
        connection = snapshot.connect()
        assert not connection.something_comes()
        assert not connection.something_comes_within(60), "nobody waits for a server at rest"
        connection.send(b"\r\n\r\n")
        assert connection.something_comes_within(60)
        assert connection.rest == b"x"
        assert not connection.ends_within(60)
        connection.send(b"\r\n\r\n")
        assert connection.ends_within(60)
        assert connection.ended
        assert not connection.was_reset
        connection.send(b"more, to a server that has gone")


def test_nobody_waits_for_a_server_that_sleeps_longer(tmp_path: Path) -> None:
    """Its only thread has read all that was sent, and has an idle timer."""
    with serving(
        "client.settimeout(600); head(client); answer(client); client.recv(1)", tmp_path
    ) as snapshot:
        connection = snapshot.asked()
        connection.read()
        assert not connection.something_comes_within(590)


LONG = "head(client); answer(client, bytes(8 << 20))"


@pytest.mark.parametrize(
    "handler", [LONG, f"client.settimeout(600); {LONG}"], ids=["without a limit", "with one"]
)
def test_nobody_stalls_a_server_that_waits_for_it(tmp_path: Path, handler: str) -> None:
    """It has sent what fits, and waits for room: longer than we would."""
    with serving(handler, tmp_path) as snapshot:
        connection = snapshot.asked()
        connection.stall(590)
        assert connection.under_way == 0
        assert len(connection.read().body) == 8 << 20


def test_a_server_that_gives_up_on_us_is_stalled_long_enough(tmp_path: Path) -> None:
    handler = f"client.settimeout(0.3)\ntry:\n    {LONG}\nexcept TimeoutError:\n    client.close()"
    with serving(handler, tmp_path) as snapshot:
        connection = snapshot.asked()
        connection.stall(1)
        with pytest.raises(Failure):
            connection.read()


@pytest.mark.parametrize(
    "handler",
    [
        (
            "client.settimeout(0.3); head(client); answer(client)\n"
            "try: client.recv(1)\nexcept TimeoutError: client.close()"
        ),
        (
            "threading.Timer(0.3, client.shutdown, [2]).start(); client.settimeout(600);"
            " head(client); answer(client); client.recv(1)"
        ),
        (
            "client.settimeout(600); head(client); answer(client); "
            "signal.signal(signal.SIGALRM, lambda *_: client.close())\n"
            "signal.setitimer(signal.ITIMER_REAL, 0.3)\n"
            "try: client.recv(1)\n"
            "except OSError: pass"
        ),
    ],
    ids=["a short limit", "another thread", "an alarm"],
)
def test_a_server_that_ends_an_idle_connection_is_waited_for(tmp_path: Path, handler: str) -> None:
    with serving(handler, tmp_path) as snapshot:
        connection = snapshot.asked()
        connection.read()
        assert connection.something_comes_within(30)
        assert connection.ended


def test_a_reset_is_told_from_an_end(tmp_path: Path) -> None:
    handler = (
        "head(client); client.setsockopt(1, 13, bytes([1, 0, 0, 0, 0, 0, 0, 0])); client.close()"
    )
    with serving(handler, tmp_path) as snapshot:
        connection = snapshot.asked()
        assert connection.ends_within(60)
        assert connection.was_reset
        assert snapshot.transcript.entries[-1].direction is Direction.RESET


def test_a_reset_that_sending_meets_is_told_as_a_reset(tmp_path: Path) -> None:
    handler = (
        "client.recv(1); client.setsockopt(1, 13, bytes([1, 0, 0, 0, 0, 0, 0, 0])); client.close()"
    )
    with serving(handler, tmp_path) as snapshot:
        connection = snapshot.asked(b"x")
        poller = select.poll()
        poller.register(connection.fileno(), 0)
        assert poller.poll(60_000), "the reset has come"
        connection.send(b"hello")
        with pytest.raises(Failure, match="reset the connection"):
            connection.read()


def test_pieces_are_sent_each_after_the_one_before_was_read(tmp_path: Path) -> None:
    handler = "found = [client.recv(99) for _ in range(3)]; answer(client, b'|'.join(found))"
    with serving(handler, tmp_path) as snapshot:
        connection = snapshot.connect()
        connection.send_slowly(b"one", b"two", b"three")
        assert connection.read().body == b"one|two|three"


def test_aborting_is_seen_by_the_server(tmp_path: Path) -> None:
    handler = """
    try:
        client.recv(99)
        held.append(client.recv(99) and "bytes" or "end")
    except ConnectionResetError:
        held.append("reset")
    answer(listener.accept()[0], held[-1].encode())
    """
    with serving(handler, tmp_path) as snapshot:
        connection = snapshot.asked(b"x")
        connection.until_read()
        connection.abort()
        assert snapshot.asked().read().body == b"reset"
        assert connection.fileno() == -1


@pytest.mark.parametrize(
    "kind", ["client first", "server first", "unread", "unread and server first"]
)
def test_closing_is_seen_as_an_end_by_the_server(tmp_path: Path, kind: str) -> None:
    """Never as a reset: a program that does not expect one may die of it."""
    handler = """
    kind = head(client)
    if b"unread" in kind:
        answer(client, bytes(5000))
    if b"server first" in kind:
        client.shutdown(socket.SHUT_WR)
    try:
        said = client.recv(99) and b"bytes" or b"end"
    except ConnectionResetError:
        said = b"reset"
    answer(listener.accept()[0], said)
    """
    with serving(handler, tmp_path) as snapshot:
        connection = snapshot.asked(f"{kind}\r\n\r\n".encode())
        connection.settle()
        if "server first" in kind and "unread" not in kind:
            assert connection.ends_within(60)
        connection.close()
        assert snapshot.asked().read().body == b"end"


@pytest.mark.parametrize("count", [1, 2])
def test_a_program_that_dies_of_a_reset_of_ours_is_told_so(tmp_path: Path, count: int) -> None:
    handler = """
    held.append(listener.accept()[0])
    for one in held[:2]:
        try:
            one.recv(99)
        except ConnectionResetError:
            pass
    os._exit(7)
    """
    which = "connection 1" if count == 1 else "2 connections"
    with serving(handler, tmp_path) as snapshot:
        for connection in [snapshot.connect() for _ in range(2)][:count]:
            connection.abort()
        if count == 1:
            snapshot.opened[1].close()
        other = snapshot.session()
        with pytest.raises(Failure, match=f"exit status 7 after the client reset {which}"):
            expect.running(other)
        with pytest.raises(Failure, match=f"exit status 7 after the client reset {which}"):
            other.connect()


def test_an_answer_without_an_end_is_taken_as_far_as_it_came(tmp_path: Path) -> None:
    with serving(
        "head(client); client.sendall(b'HTTP/1.1 200 OK\\r\\n\\r\\nhello'); rest()", tmp_path
    ) as snapshot:
        assert snapshot.asked().read(ends=False).body == b"hello"


def test_an_answer_without_an_end_may_come_in_pieces(tmp_path: Path) -> None:
    handler = """
    head(client); client.sendall(b'HTTP/1.1 200 OK\\r\\n\\r\\nhel'); time.sleep(0.2)
    client.sendall(b'lo'); rest()
    """
    with serving(handler, tmp_path) as snapshot:
        assert snapshot.asked().read(ends=False).body == b"hello"
