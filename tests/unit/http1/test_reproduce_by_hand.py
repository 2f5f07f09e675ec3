"""The printed command where one request on one connection is not the whole story: others, ends,
files, the launch."""

from __future__ import annotations

import os
import socket
import subprocess
import threading
from typing import TYPE_CHECKING

import pytest

from grader.check.failure import Failure, Kind
from grader.check.transcript import Direction, Entry
from grader.http1 import reproduce
from grader.reproduce.server import Again, launching

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

REQUEST = b"GET / HTTP/1.1\r\nHost: localhost:4221\r\n\r\n"


def sent(data: bytes, connection: int = 1) -> list[Entry]:
    return [Entry(connection, Direction.OPENED, 0.0), Entry(connection, Direction.SENT, 0.0, data)]


def said(number: int) -> str:
    """What the command prints for a connection that said its own number."""
    return f"(printf '{number}'; sleep 1) | nc -w 2 localhost 4221"


def closed(connection: int) -> Entry:
    return Entry(connection, Direction.CLOSED, 0.0)


def one_after_the_other(count: int) -> list[Entry]:
    numbers = range(1, count + 1)
    return [
        entry
        for number in numbers
        for entry in (*sent(b"%d" % number, connection=number), closed(number))
    ]


def test_the_client_before_the_last_one_is_shown_as_well() -> None:
    assert by_hand(one_after_the_other(2), Kind.MISMATCH) == f"{said(1)}\n{said(2)}"


def test_of_many_clients_the_last_one_is_shown() -> None:
    assert by_hand(one_after_the_other(4), Kind.MISMATCH) == said(4)


def test_when_nothing_comes_all_clients_are_shown() -> None:
    assert by_hand(one_after_the_other(4), Kind.SILENCE) == "\n".join(map(said, range(1, 5)))


def by_hand(
    entries: Iterable[Entry], kind: Kind, *, raw: bool = True, root: str | None = None
) -> str | None:
    failure = Failure(kind, "It is wrong.") if kind else None
    return reproduce.command(list(entries), 4221, raw=raw, failure=failure, root=root)


def ran(line: str, port: int) -> subprocess.CompletedProcess[str]:
    line = line.replace("4221", str(port))
    return subprocess.run(
        ["sh", "-c", line], capture_output=True, text=True, timeout=60, check=False
    )


def test_an_end_is_shown_by_a_script() -> None:
    answer = b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n"
    line = by_hand(
        [*sent(b"GET"), Entry(1, Direction.RECEIVED, 0.0, answer, by="server")], Kind.CONNECTION
    )
    assert line is not None
    assert line.startswith("python3 - <<'END'\n")
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def serve() -> None:
            opened, _ = listener.accept()
            with opened:
                opened.recv(100)
                opened.sendall(answer)

        thread = threading.Thread(target=serve)
        thread.start()
        done = ran(line, listener.getsockname()[1])
        thread.join(60)
    assert done.stdout.splitlines() == [repr(answer), "b''"], done.stderr


def test_clients_that_talk_at_the_same_time_are_a_script() -> None:
    entries = [*sent(b"half"), *sent(b"whole", connection=2)]
    line = by_hand(entries, Kind.SILENCE)
    assert line is not None
    assert (
        line.index("c1.sendall(b'half')") < line.index("c2 = ") < line.index("c2.sendall(b'whole')")
    )
    assert "print(c2.recv(65536))\n" in line


def answered(data: bytes, connection: int) -> list[Entry]:
    return [
        *sent(data, connection),
        Entry(connection, Direction.RECEIVED, 0.0, b"HTTP/1.1 200 OK\r\n", by="server"),
    ]


def test_clients_that_have_had_their_answers_do_not_make_it_a_script() -> None:
    one_after_the_other = [*answered(b"1", 1), *answered(b"2", 2)]
    assert by_hand(one_after_the_other, Kind.MISMATCH) == f"{said(1)}\n{said(2)}"
    for kind, entries in (
        (Kind.MISMATCH, [*answered(b"1", 1), *answered(b"2", 2), *answered(b"3", 1)]),
        (Kind.MISMATCH, [*sent(b"1"), *answered(b"2", 2)]),
        # the first one may be what the server waits for
        (Kind.SILENCE, [*answered(b"1", 1), *sent(b"2", 2)]),
    ):
        assert (by_hand(entries, kind) or "").startswith("python3 ")


def test_silent_clients_are_connected_before() -> None:
    entries = [Entry(number, Direction.OPENED, 0.0) for number in range(1, 101)] + sent(
        b"hello", connection=101
    )
    line = by_hand(entries, Kind.SILENCE)
    assert line is not None
    assert line.index("for _ in range(100)") < line.index("c101.sendall(b'hello')")
    assert line.count("\n") < 8


def test_a_script_is_short_or_there_is_none() -> None:
    many = [entry for number in range(1, 40) for entry in sent(b"x" * 80, connection=number)]
    assert by_hand(many, Kind.SILENCE) is None


def test_many_clients_at_once_are_a_loop() -> None:
    words = [f"{number % 10}w{number // 10}" for number in range(32)]
    opened = [Entry(number, Direction.OPENED, 0.0) for number in range(1, 33)]
    asked = [
        Entry(number, Direction.SENT, 0.0, f"GET /{word} X\r\n".encode())
        for number, word in enumerate(words, 1)
    ]
    answer = [Entry(1, Direction.RECEIVED, 0.0, b"no", by="server")]
    line = by_hand([*opened, *asked, *answer], Kind.MISMATCH)
    assert line is not None
    with socket.create_server(("127.0.0.1", 0)) as listener:
        heard: list[bytes] = []

        def serve() -> None:
            clients = [listener.accept()[0] for _ in words]
            for client in clients:
                heard.append(client.recv(100))
                client.sendall(heard[-1][5:8])
                client.close()

        thread = threading.Thread(target=serve)
        thread.start()
        done = ran(line, listener.getsockname()[1])
        thread.join(60)
    assert heard == [entry.data for entry in asked], done.stderr
    assert done.stdout.splitlines() == [f"{word} {word.encode()!r}" for word in words]
    assert by_hand([*opened, *asked, *answer, *sent(b"more", 33)], Kind.MISMATCH) is None


def test_where_nobody_came_there_is_no_command() -> None:
    assert {by_hand([], kind) for kind in Kind} == {None}


def test_a_client_that_resets_is_a_script() -> None:
    line = by_hand([*sent(b"GET"), Entry(1, Direction.RESET, 0.0)], Kind.EXIT)
    assert line is not None
    assert "SO_LINGER" in line


def test_what_a_process_holds_has_no_command() -> None:
    assert by_hand(sent(b"GET"), Kind.RESOURCE) is None
    assert by_hand(sent(b"x" * 200_000), Kind.RESOURCE) is not None


def test_curl_does_not_wait_for_ever() -> None:
    assert "curl -m 5 " in (by_hand(sent(REQUEST), Kind.SILENCE, raw=False) or "")


def test_binary_answers_are_made_readable() -> None:
    answer = Entry(1, Direction.RECEIVED, 0.0, b"\x1f\x8b\0", by="server")
    assert "| cat -v" in (by_hand([*sent(b"GET"), answer], Kind.MISMATCH) or "")


def test_after_an_upload_the_file_is_looked_at(tmp_path: Path) -> None:
    request = sent(b"POST /files/a%20b HTTP/1.1\r\n\r\n")
    failure = Failure(Kind.FILES, "It is wrong.", file="a b")
    line = reproduce.command(request, 4221, raw=True, failure=failure)
    assert line is not None
    (tmp_path / "a b").write_bytes(b"apple")
    look = line.partition("; head ")[2]
    done = subprocess.run(
        ["sh", "-c", f"head {look}"], env={**os.environ, "DIR": str(tmp_path)}, capture_output=True
    )
    assert b"a   p   p   l   e" in done.stdout, done


@pytest.mark.parametrize("raw", [True, False])
def test_a_directory_that_is_gone_is_named_by_its_variable(raw: bool) -> None:
    request = (
        b"GET /files//tmp/grade-x/shared-1/secret.txt HTTP/1.1\r\nHost: localhost:4221\r\n\r\n"
    )
    line = by_hand(sent(request), Kind.MISMATCH, raw=raw, root="/tmp/grade-x/shared-1")
    assert line is not None
    command_word = "printf '%s' " if raw else "echo "
    shown = line.partition("printf ")[2].partition(";")[0] if raw else line.rpartition(" ")[2]
    done = subprocess.run(
        ["sh", "-c", command_word + shown],
        env={"DIR": "/tmp/other/public"},
        capture_output=True,
        text=True,
    )
    assert "/files//tmp/other/secret.txt" in done.stdout


def test_the_server_is_launched_as_it_was_named() -> None:
    again = Again({"--port": 8080, "--course": None}, "my server.py").words()
    assert (
        launching("files", "serves_crlf", 4, again)
        == "grade launch --check files/serves_crlf --seed 4 --port 8080 'my server.py'"
    )
    again = Again({}, None, ["node", "server.js"]).words()
    assert launching("ok", "answers", None, again) == "grade launch --stage ok -- node server.js"


def leaving(count: int) -> list[Entry]:
    """Clients that reset their connections as soon as they have said their numbers."""
    numbers = range(1, count + 1)
    resets = {number: Entry(number, Direction.RESET, 0.0) for number in numbers}
    return [
        entry
        for number in numbers
        for entry in (*sent(b"%d" % number, connection=number), resets[number])
    ]


def test_clients_that_leave_without_waiting_are_a_loop() -> None:
    line = by_hand([*leaving(10), *sent(b"GET", connection=11), closed(11)], Kind.EXIT)
    assert line is not None
    assert "for data in [b'1', b'2'," in line
    assert line.count("SO_LINGER") == 1
    assert "c11.sendall(b'GET')" in line


def test_what_clients_in_a_loop_do_is_done() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port, heard = listener.getsockname()[1], list[bytes]()

        def hear() -> None:
            for _ in range(5):
                client, _ = listener.accept()
                with client:
                    heard.append(client.recv(100))

        thread = threading.Thread(target=hear)
        thread.start()
        line = by_hand(
            [*one_after_the_other(4), *sent(b"GET", connection=5), closed(5)], Kind.CONNECTION
        )
        assert line is not None
        assert "for data in" in line
        assert not ran(line, port).stderr
        thread.join(60)
    assert heard == [b"1", b"2", b"3", b"4", b"GET"]


def test_all_may_leave() -> None:
    line = by_hand(leaving(4), Kind.EXIT)
    assert line is not None
    assert line.endswith("client.close()\nEND")


def test_some_that_leave_are_told_one_by_one() -> None:
    line = by_hand([*leaving(3), *sent(b"GET", connection=4)], Kind.EXIT)
    assert line is not None
    assert "for data in" not in line
    assert line.count("SO_LINGER") == 3


def test_those_who_leave_otherwise_are_not_in_the_loop() -> None:
    line = by_hand([*leaving(4), *sent(b"5", connection=5), closed(5)], Kind.EXIT)
    assert line is not None
    assert "[b'1', b'2', b'3', b'4']" in line
    assert "c5.close()" in line


def test_many_that_leave_after_others_are_a_loop_too() -> None:
    half_closed = Entry(20, Direction.HALF_CLOSED, 0.0)
    line = by_hand(
        [*sent(b"20", connection=20), half_closed, *leaving(4), *sent(b"5", connection=5)],
        Kind.EXIT,
    )
    assert line is not None
    assert (
        line.index("c20.shutdown")
        < line.index("for data in [b'1', b'2', b'3', b'4']")
        < line.index("c5.sendall")
    )


def test_who_comes_back_after_a_loop_keeps_its_name() -> None:
    line = by_hand(
        [*sent(b"20", connection=20), *leaving(4), Entry(20, Direction.SENT, 0.0, b"again")],
        Kind.EXIT,
    )
    assert line is not None
    assert line.count("c20 = ") == 1
    assert "c20.sendall(b'again')" in line


def test_of_many_clients_before_a_silence_those_without_an_answer_are_told() -> None:
    odd = b"GET /" + b"-" * 150 + b" HTTP/1.1"
    left = [*sent(b"GET / HTT", connection=30), closed(30)]
    many = [entry for number in range(1, 21) for entry in [*answered(odd, number), closed(number)]]
    line = by_hand([*many, *left, *sent(b"GET", connection=40)], Kind.SILENCE)
    assert line is not None
    assert "c30.sendall(b'GET / HTT')" in line
    assert "-----" not in line
    assert line.endswith("print(c40.recv(65536))\nEND")


def test_a_client_that_goes_on_waits_until_the_first_piece_is_read() -> None:
    pieces = [Entry(1, Direction.SENT, 0.0, b"two"), *answered(b"other", 2)[2:]]
    line = by_hand([*sent(b"one"), *sent(b"other", connection=2), *pieces], Kind.SILENCE)
    assert line is not None
    assert "\nc1.sendall(b'one'); time.sleep(0.3)\n" in line
    assert "\nc2.sendall(b'other')\n" in line
    assert "\nc1.sendall(b'two')\n" in line


def test_what_came_byte_by_byte_is_a_loop() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port, text = listener.getsockname()[1], b"a chunk: 5\r\n'apple'\r\n0\r\n"
        entries = sent(b"POST / HTTP/1.1\r\n\r\n")
        entries += [Entry(1, Direction.SENT, 0.0, bytes([byte])) for byte in text]
        heard = bytearray()

        def hear() -> None:
            client, _ = listener.accept()
            with client:
                while not heard.endswith(text):
                    heard.extend(client.recv(100))
                client.sendall(b"done")

        thread = threading.Thread(target=hear)
        thread.start()
        failure = Failure(Kind.SILENCE, "No answer.")
        line = reproduce.command(entries, port, raw=True, failure=failure)
        assert line is not None
        assert len(line) < 400
        assert ran(line, port).stdout == "b'done'\n"
        thread.join(60)
    assert heard == b"POST / HTTP/1.1\r\n\r\n" + text


def test_many_requests_on_one_connection_are_a_loop() -> None:
    entries = [Entry(1, Direction.OPENED, 0.0)]
    for number in range(40):
        request = f"GET /echo/w{number} HTTP/1.1\r\n\r\n".encode()
        entries += [
            Entry(1, Direction.SENT, 0.0, request),
            Entry(1, Direction.RECEIVED, 0.0, b"HTTP/1.1 200 OK\r\n\r\n", by="server"),
        ]
    line = by_hand(entries, Kind.CLOSED)
    assert line is not None
    assert "for number in range(1, 41):" in line
    assert "b'GET /echo/w' + str(number).encode() + b' HTTP/1.1" in line


def test_a_signal_is_sent_where_it_was_sent() -> None:
    signal = Entry(1, Direction.SIGNAL, 0.0, b"SIGTERM")
    line = by_hand([*sent(b"POST"), signal, Entry(1, Direction.SENT, 0.0, b"rest")], Kind.CLOSED)
    assert line is not None
    assert 'os.system("kill -TERM $(lsof -t -i tcp:4221 -s tcp:LISTEN)")' in line
    assert line.index("sendall(b'POST')") < line.index("kill") < line.index("sendall(b'rest')")
    assert "import os, socket, time\n" in line


def test_the_connection_that_a_failure_is_about_is_looked_at() -> None:
    entries = [*sent(b"G", connection=1), Entry(2, Direction.OPENED, 0.0), *sent(b"H", 3)]
    failure = Failure(Kind.CONNECTION, "It stays open.", connection=2)
    line = reproduce.by_hand(failure, entries, 4221, None)
    assert line is not None
    assert line.endswith(
        "print(c2.recv(65536))  # b'' when the server closes, else TimeoutError\nEND"
    )
    assert "c2 = socket.create_connection" in line
    assert "c3.sendall(b'H')" in line
