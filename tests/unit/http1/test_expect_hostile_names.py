"""What comes back for a hostile name: an answer that gives nothing away, half an answer, none, or a
program's end."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from grader.check.failure import Failure, Kind
from grader.http1 import expect
from grader.http1.session import Session
from grader.http1.wire import Request
from grader.program.served_directory import SharedFiles
from tests.unit.tiny_servers import serving

if TYPE_CHECKING:
    from pathlib import Path

SECRET = b"grapes"
ASKED = Request.of("GET", "/files/x")
HALF = (
    "head(client); client.sendall(b'HTTP/1.1 200 X\\r\\nContent-Length: 99\\r\\n\\r\\n{}');"
    " client.close()"
)
ENDS = "head(client); os._exit(3)"
CLOSES = "head(client); client.close()"
Judge = Callable[[Session], object]


def judged(handler: str, place: Path, judge: Judge) -> Failure | None:
    """The failure that a judgement raises on a server with this handler, which has a directory."""
    with serving(handler, place) as snapshot:
        (place / "root").mkdir()
        snapshot.files = SharedFiles(place / "root")
        try:
            judge(snapshot.session())
        except Failure as failure:
            return failure
    return None


def gives_nothing_away(session: Session) -> None:
    expect.gives_nothing_away(session, ASKED, SECRET, "It is out.", "hint")


def no_header(session: Session) -> None:
    expect.no_header_from_the_name(session, ASKED, "X-Evil", "hint")


def tells_no_size(session: Session) -> None:
    expect.tells_no_size(session, session.build("HEAD", "/files/x"), 6, "hint")


def not_written_outside(session: Session) -> None:
    session.files.put("deep/name", b"inside it may be")
    expect.not_written_outside(session, ASKED, "name", "hint")


def all_survived(session: Session) -> None:
    expect.all_survived(session, [ASKED, ASKED])


@pytest.mark.parametrize(
    ("judge", "handler"),
    [
        (gives_nothing_away, "head(client); answer(client, b'nothing')"),
        (gives_nothing_away, HALF.format("nothing")),
        (gives_nothing_away, CLOSES),
        (gives_nothing_away, ENDS),
        (
            no_header,
            "head(client); answer(client, b'\\r\\nX-Evil: in the body', 404, 'Y-X-Evil: 1')",
        ),
        (no_header, CLOSES),
        (no_header, ENDS),
        (tells_no_size, "head(client); answer(client, b'grapes', 404)"),
        (tells_no_size, "head(client); answer(client, b'red grapes')"),
        (tells_no_size, CLOSES),
        (not_written_outside, "head(client); answer(client, status=201)"),
        (not_written_outside, ENDS),
        (all_survived, "head(client); answer(client, status=404)"),
        (
            all_survived,
            CLOSES.replace(
                "client.close()", "client.close() if b'/files' in data else answer(client)"
            ),
        ),
    ],
)
def test_nothing_is_given_away(judge: Judge, handler: str, tmp_path: Path) -> None:
    assert judged(handler.replace("head(client);", "data = head(client);"), tmp_path, judge) is None


@pytest.mark.parametrize(
    ("judge", "handler", "kind", "summary"),
    [
        (gives_nothing_away, "head(client); answer(client, b'red grapes')", Kind.MISMATCH,
         "It is out."),
        (gives_nothing_away, HALF.format("red grapes"), Kind.MISMATCH, "It is out."),
        (no_header, "head(client); answer(client, b'', 404, 'x-evil : 1')", Kind.MISMATCH,
         "X-Evil"),
        (no_header,
         "head(client); client.sendall(b'HTTP/1.1 404 X\\r\\nA: b\\nX-Evil: 1'); client.close()",
         Kind.MISMATCH, "X-Evil"),
        (tells_no_size, "head(client); answer(client, b'grapes')", Kind.MISMATCH,
         "The answer to HEAD tells the size"),
        (not_written_outside, "head(client); open('root/name', 'w').close(); client.close()",
         Kind.FILES, "../name"),
        (all_survived, ENDS, Kind.EXIT, "exit status 3"),
        (all_survived, "head(client); answer(client); os._exit(3)", Kind.EXIT, "exit status 3"),
    ],
)  # fmt: skip
def test_what_is_given_away_is_seen(
    judge: Judge, handler: str, kind: Kind, summary: str, tmp_path: Path
) -> None:
    failure = judged(handler, tmp_path, judge)

    assert failure is not None
    assert failure.kind is kind
    assert summary in failure.summary


def test_nothing_is_sent_after_a_request_that_stops_the_server(tmp_path: Path) -> None:
    """Else each would wait for as long as this one."""
    asked = [Request.of("GET", f"/files/{number}") for number in range(9)]
    handler = "if b'/files/2' in head(client): rest()\nanswer(client)"
    with serving(handler, tmp_path) as snapshot:
        session = snapshot.session()
        with pytest.raises(Failure, match="did not accept the connection"):
            expect.all_survived(session, asked)
        lines = [entry.data.partition(b" HTTP")[0] for entry in snapshot.transcript.entries]

    assert [it for it in lines if it.startswith(b"GET")] == [
        b"GET /files/0", b"GET /files/1", b"GET /files/2", b"GET /",
    ]  # fmt: skip


def test_the_ways_out_go_through_a_new_folder(tmp_path: Path) -> None:
    ways: list[str] = []

    def ask(session: Session) -> None:
        ways.extend(expect.ways_out(session, "{folder}/../../", "{root}/", "..%2f"))

    assert judged(CLOSES, tmp_path, ask) is None
    folder = ways[0].partition("/")[0]
    assert ways == [f"{folder}/../../", f"{tmp_path / 'root'}/", "..%2f"]
    assert (tmp_path / "root" / "served" / folder).is_dir()


def test_a_file_that_an_upload_changes(tmp_path: Path) -> None:
    files = SharedFiles(tmp_path)
    files.put("name", b"old")
    expect.unchanged(files, "name", b"old", "hint")
    with pytest.raises(Failure, match="changed another file: name"):
        expect.unchanged(files, "name", b"new", "hint")
    files.remove("name")
    with pytest.raises(Failure, match="changed another file: name") as caught:
        expect.unchanged(files, "name", b"old", "hint")
    assert caught.value.actual == "no such file"


def test_a_file_that_nobody_may_read(tmp_path: Path) -> None:
    SharedFiles(tmp_path).put("name", b"x", mode=0)

    assert (tmp_path / "served" / "name").stat().st_mode & 0o777 == 0
