"""From what was observed to the sentence that is said of it."""

from __future__ import annotations

from typing import Any

import pytest

from grader.check.failure import Failure, Kind
from grader.check.transcript import Direction, Entry
from grader.diagnosis import (
    Activity,
    Raised,
    Silence,
    Snapshot,
    SourceLine,
    explain_closed,
    explain_exit,
    explain_limit,
    explain_printed,
    explain_silence,
    last_words,
    when_it_ended,
)
from grader.diagnosis.lines import Lines
from grader.http1.messages import explain_endless, explain_malformed
from grader.http1.silence import (
    explain_unended,
    half_answer,
    hints_for,
    unanswered_at_once,
)
from grader.http1.wire import Malformed, ReadPart, ReadProgress, ResponseReader

HINTS = hints_for(b"")

NOTHING = ResponseReader().progress


def seen(**known: Any) -> Silence:  # noqa: ANN401
    found: dict[str, Any] = {
        "hints": HINTS, "received": 0, "begun": b"", "budget_s": 5.0, "unread": 0,
        "accepted": True, "answers": 0, "hopeless": False,
    }  # fmt: skip
    half = half_answer(known.pop("progress", NOTHING))
    return Silence(half=half, **{**found, **known})


def begun(data: bytes) -> ReadProgress:
    reader = ResponseReader()
    reader.feed(data)
    assert reader.response("GET") is None
    return reader.progress


READ = "your server read the whole request, but"
UNREAD = "your server did not read all of the"
QUEUED = "your server did not accept the connection."


@pytest.mark.parametrize(
    ("known", "sentence"),
    [
        ({}, f"No answer within 5 s: {READ} sent nothing."),
        ({"hopeless": True}, f"No answer: {READ} all its threads are blocked."),
        ({"budget_s": 0.25}, f"No answer within 0.25 s: {READ} sent nothing."),
        ({"whole": False},
         "No answer within 5 s: your server read everything that was sent, but sent nothing."),
        ({"unread": 1}, f"No answer within 5 s: {UNREAD} request (1 byte is waiting)."),
        ({"unread": 7, "hopeless": True}, f"No answer: {UNREAD} request (7 bytes are waiting)."),
        ({"unread": 7, "answers": 1},
         f"No answer within 5 s: {UNREAD} next request (7 bytes are waiting)."),
        ({"unread": 7, "sent": 7},
         "No answer within 5 s: your server never read the request (7 bytes are waiting)."),
        ({"unread": 7, "sent": 8},
         f"No answer within 5 s: {UNREAD} request (7 bytes are waiting)."),
        ({"unread": 7, "sent": 7, "answers": 1},
         "No answer within 5 s: your server never read the next request (7 bytes are waiting)."),
        ({"unread": 7, "sent": 7, "served": (5, 32)},
         "No answer within 5 s: your server never read the request (7 bytes are waiting). 5 of 32"
         " clients got an answer."),
        ({"unread": 7, "sent": 7, "served": (0, 1)},
         "No answer within 5 s: your server never read the request (7 bytes are waiting)."),
        ({"answers": 1}, f"No answer within 5 s: {READ} sent nothing."),
        ({"accepted": False}, f"No answer within 5 s: {QUEUED}"),
        ({"accepted": False, "hopeless": True},
         f"No answer: {QUEUED} It waits for something else."),
        ({"accepted": False, "unread": 7}, f"No answer within 5 s: {QUEUED}"),
    ],
)  # fmt: skip
def test_silence(known: dict[str, Any], sentence: str) -> None:
    failure = explain_silence(seen(**known))
    assert failure.kind is Kind.SILENCE
    assert failure.summary == sentence
    assert failure.expected == "an answer"
    assert str(failure.actual).startswith("no answer")
    assert failure.hint
    assert failure.offset is None


def test_what_to_do_depends_on_what_was_seen() -> None:
    cases = [seen(), seen(unread=7), seen(unread=7, answers=1), seen(accepted=False)]
    assert len({explain_silence(case).hint for case in cases}) == len(cases)
    assert explain_silence(seen(hopeless=True)).hint == explain_silence(seen()).hint


@pytest.mark.parametrize(
    ("data", "hint"),
    [
        (b"HTTP/1.1 20", r"End the status line with \r\n."),
        (b"HTTP/1.1 200 OK\r\nA: b\r\n", r"the head ends with \r\n\r\n."),
        (
            b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nabc",
            "exactly as many bytes as Content-Length says",
        ),
        (b"HTTP/1.1 200 OK\r\n\r\nabc", "close the connection after the body"),
        (
            b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n",
            "with a chunk of size 0",
        ),
        (
            b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n",
            "an empty line after the last chunk",
        ),
    ],
)
def test_half_an_answer(data: bytes, hint: str) -> None:
    failure = explain_silence(seen(progress=begun(data), received=len(data), begun=data))
    assert failure.kind is Kind.INCOMPLETE
    assert failure.summary.startswith("The answer is incomplete: ")
    assert hint in (failure.hint or "")
    assert (failure.actual, failure.offset) == (data, len(data))
    assert failure.expected


def test_half_an_answer_of_which_only_the_beginning_is_shown() -> None:
    data = b"HTTP/1.1 200 OK\r\nContent-Length: 50000\r\n\r\n"
    failure = explain_silence(seen(progress=begun(data), received=9000, begun=data))
    assert failure.offset is None


def test_every_part_has_its_hint() -> None:
    for part in set(ReadPart) - {ReadPart.NOTHING}:
        failure = explain_silence(seen(progress=ReadProgress(part, "so far", "the rest")))
        assert failure.hint


def reset_of(connection: int) -> Entry:
    return Entry(connection, Direction.RESET, 0.0)


HEAP = b"Listening\nmalloc(): invalid next size (unsorted)\n"
NAMED = b"server.c:12: fatal: no more\n"
RAISED = Raised("KeyError: 'path'", SourceLine("server.py", 8))
NODE = Raised("'error' event without a listener: read ECONNRESET")
LISTEN = Raised("'error' event without a listener: listen EADDRINUSE", SourceLine("a.js", 1))


@pytest.mark.parametrize(
    ("status", "output", "raised", "when", "hint"),
    [
        (134, HEAP, None, "while handling this request", "-fsanitize=address"),
        (139, b"Listening\n", None, "while handling this request", "names the line"),
        (1, NAMED, None, "while handling this request", "names the file and the line"),
        (1, b"bye\n", None, "while handling this request", None),
        (1, b"read tcp 127.0.0.1:4221->127.0.0.1:5: reset\n", None, "during this check", None),
        (1, b"", NODE, "while handling this request", "socket.on('error', ...)"),
        (1, b"", LISTEN, "before it listened", "traceback"),
        (0, b"Served 1 client\n", None, "after its first answer", "go back to accept"),
        (0, b"Listening\n", None, "before it listened", "let main return"),
    ],
)
def test_a_hint_is_chosen_by_what_was_seen(
    status: int, output: bytes, raised: Raised | None, when: str, hint: str | None
) -> None:
    found = explain_exit(status, output, when, raised).hint
    assert (found is None) if hint is None else (hint in (found or ""))


def test_a_node_that_ends_has_nothing_left_to_wait_for() -> None:
    failure = explain_exit(0, b"", "after its first answer", node=True)
    assert "server.close()" in (failure.hint or "")


@pytest.mark.parametrize(
    ("killed", "clause", "hint"),
    [
        (11, "One of its processes was killed by SIGSEGV.", "bad pointer"),
        (6, "One of its processes was killed by SIGABRT.", "Your handler"),
        (0, "", "Your handler"),
    ],
)
def test_a_process_that_was_killed_in_place_of_an_answer(
    killed: int, clause: str, hint: str
) -> None:
    failure = explain_closed(HINTS, False, killed=killed)
    assert failure.summary.endswith(clause or "without an answer.")
    assert hint in (failure.hint or "")


@pytest.mark.parametrize(
    ("kind", "raised", "line", "added"),
    [
        (Kind.MISMATCH, None, "Error: x", ' Your program printed "Error: x".'),
        (
            Kind.MISMATCH,
            RAISED,
            "Error: x",
            " Your server raised KeyError at server.py:8 ('path').",
        ),
        (
            Kind.CLOSED,
            None,
            "free(): invalid size",
            ' Your program printed "free(): invalid size".',
        ),
        (Kind.MISMATCH, None, "", ""),
        (Kind.MISMATCH, None, "It is wrong", ""),
        (Kind.EXIT, RAISED, "Error: x", ""),
        (Kind.START, None, "Error: x", ""),
    ],
)
def test_what_was_printed_is_added_once(
    kind: Kind, raised: Raised | None, line: str, added: str
) -> None:
    failure = Failure(kind, "It is wrong.", hint="Think.")
    explain_printed(failure, raised, line)
    assert failure.summary == f"It is wrong.{added}"
    assert failure.at == (("server.py", 8) if added and raised else None)
    assert ("-fsanitize" in (failure.hint or "")) == ("free" in line)


@pytest.mark.parametrize(
    ("output", "clause"),
    [
        (HEAP + b"Aborted (core dumped)\n", 'it printed "malloc(): invalid next size (unsorted)"'),
        (b"free(): invalid pointer\n", 'it printed "free(): invalid pointer"'),
        (b"*** stack smashing detected ***: terminated\n",
         'it printed "*** stack smashing detected ***: terminated"'),
        (b"oops\n\nNode.js v20.20.2\n", 'its last output was "oops"'),
        (b"bad\nexit status 2\n", 'its last output was "bad"'),
        (b'bad\n::1 - - [date] "GET / HTTP/1.1" 404 65\n', 'its last output was "bad"'),
        (b'INFO: 127.0.0.1:5 - "GET / HTTP/1.1" 200 OK\n', ""),
    ],
)  # fmt: skip
def test_the_line_that_says_most(output: bytes, clause: str) -> None:
    assert last_words(output) == clause


@pytest.mark.parametrize(
    ("status", "words"),
    [
        (0, "ended with exit status 0"),
        (1, "ended with exit status 1"),
        (128, "ended with exit status 128"),
        (137, "was killed by SIGKILL"),
        (139, "was killed by SIGSEGV"),
        (255, "ended with exit status 255"),
        (128 + 99, "ended with exit status 227"),
    ],
)
def test_how_a_program_ended(status: int, words: str) -> None:
    failure = explain_exit(status, b"", "before it listened")
    assert failure.kind is Kind.EXIT
    assert failure.summary == f"Your program {words} before it listened."
    assert failure.actual == words
    assert ("main" in (failure.hint or "")) == ("killed" not in words)
    assert ("bad pointer" in (failure.hint or "")) == ("SIGSEGV" in words)


@pytest.mark.parametrize(
    ("output", "last"),
    [
        (b"Traceback\n  File\nNameError: x\n", "NameError: x"),
        (b"error\n\n   \n", "error"),
        (b"\xff\xfe", "\ufffd\ufffd"),
        (b"  indented  ", "indented"),
    ],
)
def test_the_last_words_of_a_program(output: bytes, last: str) -> None:
    failure = explain_exit(1, output, "meanwhile")
    assert (
        failure.summary
        == f'Your program ended with exit status 1 meanwhile. Its last output was "{last}".'
    )


def test_a_connection_that_ended() -> None:
    closed, reset = explain_closed(HINTS, False), explain_closed(HINTS, True)
    assert (closed.kind, reset.kind) == (Kind.CLOSED, Kind.CLOSED)
    assert (closed.actual, reset.actual) == ("end of connection", "connection reset")


@pytest.mark.parametrize(
    ("failure", "sentence"),
    [
        (explain_closed(HINTS, False), "Your server closed the connection without an answer."),
        (explain_closed(HINTS, True), "Your server reset the connection without an answer."),
        (explain_closed(HINTS, False, 1),
         "Your server closed the connection after 1 answer, without an answer to the next"
         " request."),
        (explain_closed(HINTS, False, 2, RAISED),
         "Your server closed the connection after 2 answers, without an answer to the next"
         " request. It raised KeyError at server.py:8 ('path')."),
        (explain_closed(HINTS, False, raised=RAISED),
         "Your server closed the connection without an answer. It raised KeyError at server.py:8"
         " ('path')."),
        (explain_exit(1, b"", "while handling this request", RAISED),
         "Your program crashed while handling this request: KeyError at server.py:8 ('path')."),
        (explain_exit(0, b"", "during this check", RAISED),
         "Your program ended with exit status 0 during this check: KeyError at server.py:8"
         " ('path')."),
        (explain_exit(134, b"", "before it listened", RAISED),
         "Your program was killed by SIGABRT before it listened: KeyError at server.py:8"
         " ('path')."),
        (explain_exit(1, b"", when_it_ended([reset_of(3)], "")),
         "Your program ended with exit status 1 after the client reset connection 3."),
        (explain_exit(1, b"bye!", when_it_ended([reset_of(3), reset_of(4)], "")),
         "Your program ended with exit status 1 after the client reset 2 connections. Its last"
         ' output was "bye!".'),
        (explain_exit(1, b"", "before it listened", missed="b.py"),
         "Your program ended with exit status 1 before it listened. It cannot see b.py:"
         " submissions that are graded together from one folder do not see each other's files."),
        (explain_limit("used more than 1 s of processor time and was stopped"),
         "Your server used more than 1 s of processor time and was stopped."),
        (explain_endless(9), "The answer has no end after 9 bytes; no request here asks for so"
         " many."),
    ],
)  # fmt: skip
def test_whole_sentences_on_an_end(failure: Failure, sentence: str) -> None:
    assert failure.summary == sentence


@pytest.mark.parametrize(
    ("known", "sentence"),
    [
        ({}, "The answer is incomplete: 5 of 12 bytes of the body came. Missing: 7 bytes."),
        ({"slow": True},
         "Timed out after 5 s, while the answer was still arriving: 5 of 12 bytes of the body"
         " came. Missing: 7 bytes."),
        ({"snapshot": Snapshot(raised=RAISED)},
         "The answer is incomplete: 5 of 12 bytes of the body came. Missing: 7 bytes. Your server"
         " raised KeyError at server.py:8 ('path')."),
        ({"snapshot": Snapshot((Activity("sendto", RAISED.place, 1),), 1)},
         "The answer is incomplete: 5 of 12 bytes of the body came. Missing: 7 bytes. Its only"
         " thread is blocked in send() on this connection at server.py:8."),
    ],
)  # fmt: skip
def test_whole_sentences_on_half_an_answer(known: dict[str, Any], sentence: str) -> None:
    half = b"HTTP/1.1 200 OK\r\nContent-Length: 12\r\n\r\nhello"
    failure = explain_silence(seen(progress=begun(half), received=1, begun=half, **known))
    assert failure.summary == sentence


def test_malformed_bytes_keep_their_place() -> None:
    reader = ResponseReader()
    reader.feed(b"HTTP/1.1 200 OK\r\nBad Name: x\r\n\r\n")
    with pytest.raises(Malformed) as caught:
        reader.response("GET")
    malformed, failure = caught.value, explain_malformed(caught.value)
    assert failure.kind is Kind.MALFORMED
    assert (failure.summary, failure.expected, failure.actual) == (
        malformed.summary,
        malformed.expected,
        malformed.raw,
    )
    assert (failure.hint, failure.cite) == (malformed.hint, malformed.cite)
    assert malformed.raw[failure.offset or 0 :].startswith((b" Name", b"Bad Name"))


def test_an_answer_that_has_no_end() -> None:
    assert explain_unended(seen(begun=b"HTTP/1.1 200 OK\r\n\r\n")).summary == (
        "The client cannot know where this answer ends: add Content-Length or use chunked encoding."
        " The connection stays open."
    )


def test_the_hint_of_a_check_stays_when_the_failure_is_told_again() -> None:
    failure = explain_silence(seen())
    assert failure.retell is not None
    assert failure.retell(Lines({})).hint == failure.hint
    failure.hint = "Keep what follows."
    assert failure.retell(Lines({})).hint == "Keep what follows."


GET, POST = b"GET / HTTP/1.1\r\n\r\n", b"POST / HTTP/1.1\r\nContent-Length: 2\r\n\r\nab"


@pytest.mark.parametrize(
    ("sent", "last", "answers", "found"),
    [
        (GET * 3, GET * 3, 1, (2, 3)),
        (GET * 4, GET * 3, 2, (2, 3)),
        (POST + GET, POST + GET, 1, (1, 2)),
        (GET * 3, GET * 3, 0, (0, 0)),  # the first has no answer either
        (GET * 2, GET, 1, (0, 0)),  # one after the other
        (GET * 2 + GET[:-2], GET * 2 + GET[:-2], 1, (0, 0)),
        (b"", b"", 0, (0, 0)),
    ],
)
def test_requests_that_were_sent_at_once(
    sent: bytes, last: bytes, answers: int, found: tuple[int, int]
) -> None:
    assert unanswered_at_once(sent, len(last), answers) == found


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("with lock:", "One of its threads is blocked on a lock or another thread at x.py:7, while"
         " another is blocked in recv() on connection 1 at x.py:9."),
        ("self.slots.acquire()", "while another is blocked in recv() on connection 1 at x.py:9."),
        ("job = jobs.get()", "request (40 bytes are waiting)."),
    ],
)  # fmt: skip
def test_a_lock_that_is_held_while_a_client_is_read_from(line: str, words: str) -> None:
    threads = (
        Activity("accept4", SourceLine("x.py", 20, text="listener.accept()"), main=True),
        Activity("recvfrom", SourceLine("x.py", 9, text="conn.recv(4096)"), connection=1),
        Activity("futex", SourceLine("x.py", 7, text=line)),
    )
    snapshot = Snapshot(threads, 3)
    failure = explain_silence(seen(unread=40, sent=40, connection=3, snapshot=snapshot))
    assert failure.summary.endswith(words)
    assert failure.hint_alone == ("while" in words)


@pytest.mark.parametrize(
    ("call", "line", "words"),
    [
        ("poll", "data = conn.recv(65536)", "recv"),
        ("ppoll", "line = stream.readline()", "recv"),
        ("poll", "client.sendall(answer)", "send"),
        ("poll", "conn, _ = listener.accept()", "accept"),
        ("poll", "ready = poller.poll()", "poll"),
        ("poll", "client.sendall(client.recv(9))", "poll"),  # which of them waits is not known
        ("select", "queue.recv(ready)", "select"),
    ],
)
def test_a_call_with_a_time_limit_is_named_as_its_line_names_it(
    call: str, line: str, words: str
) -> None:
    activity = Activity(call, SourceLine("x.py", 9, text=line))
    assert activity.clause() == f"is blocked in {words}() at x.py:9"
    assert (activity.accepts, activity.receives) == (words == "accept", words == "recv")


def test_two_threads_that_wait_for_each_other() -> None:
    threads = (
        Activity("accept4", SourceLine("x.py", 20), main=True),
        Activity("futex", SourceLine("x.py", 7)),
        Activity("futex", SourceLine("x.py", 12)),
    )
    failure = explain_silence(seen(hopeless=True, snapshot=Snapshot(threads, 3)))
    assert failure.summary == (
        "No answer: your server read the whole request, but all its threads are blocked. 2 of its"
        " threads are blocked on locks or other threads at x.py:7 and x.py:12."
    )
    assert "deadlock" in str(failure.hint)


def test_an_event_loop_beside_an_idle_thread() -> None:
    threads = (
        Activity("epoll_wait", SourceLine("x.py", 20), main=True, loop=True),
        Activity("futex", None),
    )
    failure = explain_silence(seen(hopeless=True, snapshot=Snapshot(threads, 2)))
    assert failure.summary == (
        "No answer: your server read the whole request. Its event loop waits in epoll_wait()."
    )
