"""Judgements on connections and on the program itself, each both ways."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from grader.check.failure import Failure, Kind
from grader.http1 import expect
from tests.unit.tiny_servers import serving

if TYPE_CHECKING:
    from pathlib import Path

    from grader.http1.connection import Connection

RESET = "client.setsockopt(1, 13, bytes([1, 0, 0, 0, 0, 0, 0, 0])); client.close()"
ANSWER = "head(client); answer(client)"


def judged(handler: str, place: Path, judgement: str) -> Failure | None:
    """What a judgement says of the connection after one answer, or of a silent one."""
    with serving(handler, place) as snapshot:
        try:
            connection = snapshot.connect()
            if "answer(" in handler:
                connection.send(b"GET / HTTP/1.1\r\n\r\n")
                connection.read()
            JUDGEMENTS[judgement](connection)
        except Failure as failure:
            return failure
    return None


def _closes(connection: Connection) -> None:
    expect.closes(connection, "after the answer")


JUDGEMENTS = {
    "nothing more": expect.nothing_more,
    "silence": lambda connection: expect.silence(connection, "too early", "hint"),
    "stays open": lambda connection: expect.stays_open(connection, "after the answer"),
    "stays open long": lambda connection: expect.stays_open(connection, "after the answer", 60),
    "closes": _closes,
    "not reset": expect.not_reset,
}


@pytest.mark.parametrize(
    ("judgement", "handler"),
    [
        ("nothing more", ANSWER + "; rest()"),
        ("nothing more", ANSWER + "; client.close()"),
        ("silence", "rest()"),
        ("silence", "head(client)"),
        ("stays open", ANSWER + "; rest()"),
        ("stays open", ANSWER + "; head(client)"),
        ("stays open long", ANSWER + "; head(client)"),
        ("closes", ANSWER + "; client.close()"),
        ("closes", ANSWER + f"; {RESET}"),
        ("not reset", "rest()"),
        ("not reset", "client.close()"),
    ],
)
def test_says_nothing_when_it_is_right(tmp_path: Path, judgement: str, handler: str) -> None:
    assert judged(handler, tmp_path, judgement) is None


@pytest.mark.parametrize(
    ("judgement", "handler", "kind", "words"),
    [
        ("nothing more", ANSWER + "; client.sendall(b'more'); rest()", Kind.MALFORMED, ""),
        ("nothing more", ANSWER + "; client.sendall(b'more'); client.close()", Kind.MALFORMED, ""),
        (
            "silence",
            "client.sendall(b'HTTP'); rest()",
            Kind.MISMATCH,
            "Your server answered too early.",
        ),
        ("silence", "client.close()", Kind.CLOSED, "closed the connection without an answer"),
        ("silence", "os._exit(1)", Kind.EXIT, "ended with exit status 1"),
        (
            "stays open",
            ANSWER + "; client.close()",
            Kind.CONNECTION,
            "closed the connection after the answer",
        ),
        (
            "stays open",
            ANSWER + f"; {RESET}",
            Kind.CONNECTION,
            "closed the connection after the answer",
        ),
        (
            "stays open long",
            ANSWER + "; time.sleep(0.2); client.close()",
            Kind.CONNECTION,
            "closed the connection",
        ),
        (
            "closes",
            ANSWER + "; rest()",
            Kind.CONNECTION,
            "The connection stayed open after the answer.",
        ),
        (
            "closes",
            ANSWER + "; head(client)",
            Kind.CONNECTION,
            "The connection stayed open after the answer.",
        ),
        ("not reset", RESET, Kind.CONNECTION, "reset"),
    ],
)
def test_raises_when_it_is_wrong(
    tmp_path: Path, judgement: str, handler: str, kind: Kind, words: str
) -> None:
    failure = judged(handler, tmp_path, judgement)
    assert failure is not None
    assert failure.kind is kind, failure.summary
    assert words in failure.summary


HALF = "client.sendall(b'HTTP/1.1 200 OK\\r\\nContent-Length: 9\\r\\n\\r\\nhalf')"


@pytest.mark.parametrize(
    ("handler", "kind"),
    [
        ("head(client); answer(client)", None),
        (f"head(client); {HALF}; rest()", Kind.INCOMPLETE),
        (f"head(client); {HALF}; client.close()", Kind.INCOMPLETE),
        (f"head(client); {HALF}; os._exit(1)", Kind.EXIT),
        (
            "head(client); client.sendall(b'HTTP/1.1 twohundred\\r\\n\\r\\n'); rest()",
            Kind.MALFORMED,
        ),
    ],
)
def test_what_a_slow_reader_gets(tmp_path: Path, handler: str, kind: Kind | None) -> None:
    with serving(handler, tmp_path) as snapshot:
        connection = snapshot.asked()
        if kind is None:
            assert expect.whole_for_a_slow_reader(connection, "http://localhost/").body == b"ok"
            return
        with pytest.raises(Failure) as caught:
            expect.whole_for_a_slow_reader(connection, "http://localhost/")
        assert caught.value.kind is kind
        assert ("curl -m 5 -s http://localhost/ |" in (caught.value.by_hand or "")) is (
            kind is Kind.INCOMPLETE
        )


# --- programs -------------------------------------------------------------------------------------


def test_a_right_program(tmp_path: Path) -> None:
    with serving(ANSWER, tmp_path) as snapshot:
        session = snapshot.session()
        session.get("/")
        expect.running(session)
        expect.listening(session)
        expect.idle(session, "at rest")


def test_a_program_that_has_ended(tmp_path: Path) -> None:
    with serving(ANSWER + "; os._exit(5)", tmp_path) as snapshot:
        session = snapshot.session()
        session.get("/")
        for judgement in (expect.running, expect.listening):
            with pytest.raises(Failure, match="exit status 5 after its first answer") as caught:
                judgement(session)
            assert caught.value.kind is Kind.EXIT


def test_a_program_that_no_longer_listens(tmp_path: Path) -> None:
    with serving(ANSWER + "; listener.close(); rest()", tmp_path) as snapshot:
        session = snapshot.session()
        session.get("/")
        expect.running(session)
        with pytest.raises(Failure, match="no longer listens on port"):
            expect.listening(session)


@pytest.mark.parametrize(
    "spin",
    ["while True:\n    pass", "if not os.fork():\n    while True:\n        pass\nrest()"],
    ids=["itself", "in a child"],
)
def test_a_program_that_spins(tmp_path: Path, spin: str) -> None:
    with serving(f"head(client); answer(client)\n{spin}", tmp_path) as snapshot:
        session = snapshot.session(quiet=0.25)
        session.get("/")
        with pytest.raises(
            Failure, match="Your server is busy for nothing: it needed the processor"
        ) as caught:
            expect.idle(session, "for nothing")
    assert caught.value.kind is Kind.RESOURCE


def test_a_program_that_wakes_now_and_then_is_idle(tmp_path: Path) -> None:
    with serving(
        "head(client); answer(client)\nwhile True:\n    time.sleep(0.001)", tmp_path
    ) as snapshot:
        session = snapshot.session(quiet=0.25)
        session.get("/")
        expect.idle(session, "for nothing")
        assert snapshot.server.program.alive
