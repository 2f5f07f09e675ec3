"""A conversation over real connections with servers of a few lines: what is seen of answers, ends
and connections."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from grader.check.failure import Kind
from grader.program.served_directory import SharedFiles
from stages._compare.conversation import Ask, Conversation
from stages._compare.differences import difference
from stages._compare.exchange import Side, play
from stages._compare.expectation import After, Expectation
from stages._compare.expectations import expectations_of
from stages._compare.observed import EndOfAnswer, Observed
from stages._compare.routes import KNOWN
from tests.unit.tiny_servers import serving

if TYPE_CHECKING:
    from pathlib import Path

ALL = frozenset(KNOWN)
TWICE = Conversation((Ask(), Ask(target="/a")))
THREADS = """
while True:
    client, _ = listener.accept()
    threading.Thread(target=handle, args=(client,), daemon=True).start()
"""


def seen(
    handler: str, asked: Conversation, place: Path, *laws: Expectation, **budgets: float
) -> tuple[Observed, ...]:
    """What is seen of a server that does this with each connection."""
    with serving(handler, place, loop=THREADS, **budgets) as snapshot:
        side = Side(snapshot.connect, f"localhost:{snapshot.server.port}", None)
        return play(asked, laws or expectations_of(asked, ALL, strict=False), side)


def test_two_requests_on_one_connection(tmp_path: Path) -> None:
    one, two = seen("while head(client):\n    answer(client)", TWICE, tmp_path)
    assert one.answer is not None
    assert two.answer is not None
    assert (one.told, two.ended, two.surplus) == (EndOfAnswer.BY_HEAD, False, None)


def test_a_server_that_closes_after_each_answer(tmp_path: Path) -> None:
    one, two = seen("head(client)\nanswer(client)\nclient.close()", TWICE, tmp_path)
    assert one.answer is not None
    assert one.ended or (two.failure is not None and two.failure.kind is Kind.CLOSED)
    assert two.answer is None


def test_where_closing_is_free_nobody_is_blamed_for_it(tmp_path: Path) -> None:
    free = Expectation(after=After.FREE)
    one, two = seen("head(client)\nanswer(client)\nclient.close()", TWICE, tmp_path, free, free)
    assert one.answer is not None
    assert one.ended is None
    assert two.answer is not None or not two.judged


@pytest.mark.parametrize(
    ("ending", "told"),
    [("client.close()", EndOfAnswer.BY_CLOSING), ("held.append(client)\nrest()", EndOfAnswer.NOT)],
)
def test_an_answer_without_a_length(tmp_path: Path, ending: str, told: EndOfAnswer) -> None:
    handler = f"head(client)\nclient.sendall(b'HTTP/1.1 200 OK\\r\\n\\r\\nbody')\n{ending}"
    (found,) = seen(handler, Conversation((Ask(),)), tmp_path)
    assert found.told is told


def test_bytes_behind_an_answer(tmp_path: Path) -> None:
    handler = (
        "head(client)\n"
        "client.sendall(b'HTTP/1.1 200 OK\\r\\nContent-Length: 1\\r\\n\\r\\nab')\n"
        "rest()"
    )
    (found,) = seen(handler, Conversation((Ask(),)), tmp_path)
    assert found.answer is not None
    assert found.surplus is not None


def test_a_connection_that_has_to_close(tmp_path: Path) -> None:
    asked = Conversation((Ask(lines=("Connection: close",)),))
    (closed,) = seen("head(client)\nanswer(client)\nclient.close()", asked, tmp_path)
    assert closed.ended is True
    (stays,) = seen("head(client)\nanswer(client)\nrest()", asked, tmp_path)
    assert stays.ended is False


def test_silence_is_a_failure(tmp_path: Path) -> None:
    (found,) = seen("head(client)\nrest()", Conversation((Ask(),)), tmp_path)
    assert found.failure is not None
    assert found.failure.kind is Kind.SILENCE
    assert found.judged


def test_requests_that_are_sent_at_once(tmp_path: Path) -> None:
    handler = (
        "data = head(client)\n"
        "assert data.count(b'GET') == 2\n"
        "answer(client, b'1')\n"
        "answer(client, b'2')\n"
        "rest()"
    )
    one, two = seen(handler, Conversation((Ask(), Ask(target="/a", joined=True))), tmp_path)
    assert one.answer is not None
    assert two.answer is not None
    assert (one.answer.body, two.answer.body) == (b"1", b"2")


def test_pieces_come_one_by_one(tmp_path: Path) -> None:
    handler = (
        "data = client.recv(65536)\n"
        "more = client.recv(65536)\n"
        "answer(client, data[-4:] + more)\n"
        "rest()"
    )
    asked = Conversation((Ask("POST", "/files/a", ("Content-Length: 3",), b"abc", cuts=(0,)),))
    (found,) = seen(handler, asked, tmp_path)
    assert found.answer is not None
    assert found.answer.body == b"\r\n\r\nabc"


def test_silent_clients_come_first(tmp_path: Path) -> None:
    handler = (
        "held.append(client)\n"
        "data = client.recv(10)\n"
        "answer(client, str(len(held)).encode())\n"
        "rest()"
    )
    (found,) = seen(handler, Conversation((Ask(),), beside=(b"", b"GE")), tmp_path)
    assert found.answer is not None
    assert found.answer.body == b"3"


def test_of_a_file_that_is_uploaded_twice_at_once_only_the_last_upload_counts(
    tmp_path: Path,
) -> None:
    (root := tmp_path / "root").mkdir()
    files = SharedFiles(root)
    uploads = [
        Ask("POST", "/files/a", ("Content-Length: 1",), body, joined=body == b"2")
        for body in (b"1", b"2")
    ]
    asked = Conversation(tuple(uploads))
    laws = expectations_of(asked, ALL, strict=True)
    handler = f"""
        head(client)
        open({str(files.directory / "a")!r}, "w").write("2")
        answer(client, b"", 201)
        answer(client, b"", 201)
        rest()
    """
    with serving(handler, tmp_path, loop=THREADS) as snapshot:
        one, two = play(asked, laws, Side(snapshot.connect, "h", files))
    assert (one.stored, two.stored) == (None, b"2")
    right = [Observed(one.answer), Observed(two.answer, stored=b"2")]
    assert difference(asked, laws, right, [one, two]) is None
