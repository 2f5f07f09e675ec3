"""The servers with one semantic fault: each fault does what its name says, and each step is met
when a client comes."""

from __future__ import annotations

import socket
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest

from tests.mutation.grading import CAUGHT, SURVIVED
from tests.mutation.known import problems, read
from tests.mutation.running import PLACE, How, Memory, graded, outcomes
from tests.mutation.scope import drawn
from tests.mutation.semantic.faults import (
    CHANGES,
    CHECK,
    DICT,
    EFFECT,
    FLAG,
    LIST,
    NUMBER,
    STATUS,
    TEXT,
    WEIGHT,
    WRAPPINGS,
    Function,
    Result,
)
from tests.mutation.semantic.mutants import LISTED, step_mutants
from tests.mutation.semantic.server import faulty_server, right_server
from tests.mutation.semantic.steps import OTHERS, PARTS, STEPS, Server, Step
from tests.mutation.subject import STEPS as SUBJECT
from tests.trust import page

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

HOW = How(jobs=1, seed=1, timeout_scale=0.3, whole=False, subject=SUBJECT)
SENT = {
    "the root": b"GET / HTTP/1.1\r\nHost: a\r\n\r\n",
    "a text, compressed": (
        b"GET /echo/a HTTP/1.1\r\nHost: a\r\nAccept-Encoding: br, gzip;q=0.5\r\n\r\n"
    ),
    "a header": b"HEAD /user-agent HTTP/1.1\r\nHost: a\r\nUser-Agent: b\r\n\r\n",
    "an upload": b"POST /files/f HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\nabc",
    "a file": b"GET /files/f HTTP/1.1\r\nHost: a\r\n\r\n",
    "chunks": (
        b"POST /files/g HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n"
        b"Expect: 100-continue\r\n\r\n3\r\nabc\r\n0\r\nA: b\r\n\r\n"
    ),
    "the methods": b"OPTIONS / HTTP/1.1\r\nHost: a\r\n\r\n",
    "another method": b"PUT / HTTP/1.1\r\nHost: a\r\n\r\n",
    "another path": b"GET /x HTTP/1.1\r\nHost: a\r\n\r\n",
    "no request": b"GET / HTTP/1.1\r\n\r\n",
    "two lengths": (
        b"GET / HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n"
    ),
    "a coding": b"GET / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: b\r\n\r\n",
    "byte by byte": b"GET / HTTP/1.1\r\nHo",
    "a cut chunk": b"POST /files/g HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n3",
}
MAY_FAIL = {"only_utf8", "only_ascii"}


@pytest.mark.parametrize(
    ("kind", "fault", "value", "becomes"),
    [
        (TEXT, "lowered", "aB", "ab"),
        (TEXT, "lowered", b"aB", b"ab"),
        (TEXT, "raised", "aB", "AB"),
        (TEXT, "trimmed", "\x85 a b\t", "a b"),
        (TEXT, "trimmed", b"\x85 a b\t", b"\x85 a b"),
        (TEXT, "without_first", "abc", "bc"),
        (TEXT, "without_last", b"abc", b"ab"),
        (TEXT, "half", "abcd", "ab"),
        (TEXT, "first_64", "a" * 65, "a" * 64),
        (TEXT, "first_1024", b"a" * 1025, b"a" * 1024),
        (TEXT, "up_to_blank", "a b c", "a"),
        (TEXT, "up_to_nul", b"a\0b", b"a"),
        (TEXT, "up_to_colon", "a:b:c", "a"),
        (TEXT, "up_to_comma", "a,b", "a"),
        (TEXT, "up_to_semicolon", b"a;b", b"a"),
        (TEXT, "up_to_question_mark", "a?b", "a"),
        (TEXT, "up_to_hash", "a#b", "a"),
        (TEXT, "up_to_percent", "a%b", "a"),
        (TEXT, "up_to_equals", "a=b", "a"),
        (TEXT, "up_to_ampersand", "a&b", "a"),
        (TEXT, "first_line", "a\x85b", "a"),
        (TEXT, "first_line", b"a\x85b\nc", b"a\x85b"),
        (TEXT, "joined_blanks", "a \t b", "a b"),
        (TEXT, "joined_blanks", b"a  b", b"a b"),
        (TEXT, "without_blanks", "a b", "ab"),
        (TEXT, "plus_as_blank", "a+b", "a b"),
        (TEXT, "backslash_as_slash", b"a\\b", b"a/b"),
        (TEXT, "without_quotes", 'a"b', "ab"),
        (TEXT, "one_slash", "a//b///c", "a/b/c"),
        (TEXT, "one_slash", b"//", b"/"),
        (TEXT, "decoded_again", "%2541", "%41"),
        (TEXT, "decoded_again", b"%E9", b"\xe9"),
        (TEXT, "encoded", "a b", "a%20b"),
        (TEXT, "encoded", b"\xe9", b"%E9"),
        (TEXT, "html_escaped", "a<b", "a&lt;b"),
        (TEXT, "html_escaped", b"\xe9&", b"\xe9&amp;"),
        (TEXT, "as_utf8", "\xc3\xa9\xff", "\xe9\ufffd"),
        (TEXT, "as_utf8", b"\xff", "\ufffd".encode()),
        (TEXT, "as_ascii", "a\xe9", "a"),
        (TEXT, "only_utf8", "\u20ac", "\u20ac"),
        (TEXT, "only_ascii", b"a", b"a"),
        (TEXT, "lf_for_crlf", b"a\r\n", b"a\n"),
        (TEXT, "crlf_for_lf", "a\n", "a\r\n"),
        (TEXT, "with_line_end", b"a", b"a\r\n"),
        (TEXT, "dropped", b"a", b""),
        (NUMBER, "plus_one", 1, 2),
        (NUMBER, "minus_one", 1, 0),
        (NUMBER, "zeroed", 1, 0),
        (NUMBER, "eight_bits", 257, 1),
        (NUMBER, "sixteen_bits", 65537, 1),
        (WEIGHT, "zeroed", 0.5, 0.0),
        (WEIGHT, "full", 0.5, 1.0),
        (WEIGHT, "rounded_down", 0.9, 0.0),
        (WEIGHT, "rounded_up", 0.1, 1.0),
        (WEIGHT, "one_digit", 0.04, 0.0),
        (FLAG, "inverted", True, False),
        (FLAG, "always", False, True),
        (FLAG, "never", True, False),
        (STATUS, "as_404", 200, 404),
        (LIST, "dropped", [1], []),
        (LIST, "first_only", [1, 2], [1]),
        (LIST, "last_only", [1, 2], [2]),
        (LIST, "backwards", [1, 2], [2, 1]),
        (DICT, "dropped", {1: 2}, {}),
    ],
)
def test_a_fault_changes_a_result(kind: str, fault: str, value: object, becomes: object) -> None:
    assert CHANGES[kind][fault]()(value) == becomes


@pytest.mark.parametrize("value", ["\xff", b"\xff"])
@pytest.mark.parametrize("fault", sorted(MAY_FAIL))
def test_a_strict_codec_raises(fault: str, value: object) -> None:
    with pytest.raises(UnicodeDecodeError):
        CHANGES[TEXT][fault]()(value)


@pytest.mark.parametrize(
    ("kind", "fault", "results"),
    [
        (TEXT, "remembered", ["long", "long", "long"]),
        (TEXT, "remembered_by_connection", ["long", "long", "new"]),
        (TEXT, "previous", ["long", "long", "ab"]),
        (TEXT, "overlaid", ["long", "abng", "newg"]),
    ],
)
def test_a_fault_that_remembers(kind: str, fault: str, results: list[str]) -> None:
    change, found = CHANGES[kind][fault](), list[str]()

    found += [change("long"), change("ab")]
    _in_a_thread(lambda: found.append(change("new")))

    assert found == results


@pytest.mark.parametrize(
    ("fault", "last"),
    [("accumulated", {"a": 1, "b": 2, "c": 3}), ("accumulated_by_connection", {"c": 3})],
)
def test_a_dictionary_for_all(fault: str, last: dict[str, int]) -> None:
    change, found = CHANGES[DICT][fault](), list[dict[str, int]]()

    assert change({"a": 1}) == {"a": 1}
    assert change({"b": 2}) == {"a": 1, "b": 2}
    _in_a_thread(lambda: found.append(change({"c": 3})))
    assert found == [last]


def test_a_shared_variable_mixes_clients(monkeypatch: pytest.MonkeyPatch) -> None:
    change = CHANGES[TEXT]["mixed"]()

    assert change("alone") == "alone"
    monkeypatch.setattr("threading.active_count", lambda: 3)
    monkeypatch.setattr(
        "time.sleep", lambda seconds: setattr(change, "_shared", "another client's")
    )
    assert change("mine") == "another client's"


@pytest.mark.parametrize(
    ("kind", "fault", "calls"),
    [
        (EFFECT, "dropped", []),
        (EFFECT, "twice", ["a", "a", "b", "b", "c", "c"]),
        (EFFECT, "once", ["a"]),
        (EFFECT, "once_by_connection", ["a", "c"]),
        (CHECK, "dropped", []),
    ],
)
def test_a_step_without_a_result(kind: str, fault: str, calls: list[str]) -> None:
    called = list[str]()
    wrapped = WRAPPINGS[kind][fault](called.append)

    wrapped("a")
    wrapped("b")
    _in_a_thread(lambda: wrapped("c"))

    assert called == calls


def test_every_method_of_the_server_is_a_step_or_has_a_reason_not_to_be() -> None:
    methods = {name for name in dir(right_server()) if not name.startswith("_")}

    assert {step.name for step in STEPS} | set(OTHERS) == methods
    assert not {step.name for step in STEPS} & set(OTHERS)
    assert {step.part for step in STEPS} == set(PARTS)
    assert {step.kind for step in STEPS} == {*CHANGES, *WRAPPINGS}


def test_every_mutant_has_its_own_name_and_its_own_server() -> None:
    found = step_mutants()

    assert (
        len({mutant.id for mutant in found}) == len({mutant.text for mutant in found}) == len(found)
    )
    for mutant in found:
        assert issubclass(faulty_server(mutant.where, mutant.operator), right_server())


def test_every_step_is_met_and_every_fault_of_it_fits(tmp_path: Path) -> None:
    met = dict[str, list[Result]]()
    for data in SENT.values():
        _conversation(_noting(met), tmp_path, data)
    _silence(_noting(met), tmp_path)
    _stop(_noting(met), tmp_path)

    assert {step.id for step in STEPS} - set(met) == set()
    for step in STEPS:
        for fault in set(CHANGES.get(step.kind, ())) - MAY_FAIL:
            change = CHANGES[step.kind][fault]()
            for value in met[step.id]:
                assert type(change(value)) is type(value) or step.kind == FLAG, (step, fault)


@pytest.mark.parametrize(
    ("step", "fault", "sent", "answer"),
    [
        ("echo_text", "raised", b"GET /echo/ab HTTP/1.1\r\nHost: a\r\n\r\n", b"\r\n\r\nAB"),
        ("split_request_line.target", "dropped", SENT["the root"], b"HTTP/1.1 404 "),
        ("not_found.status", "as_200", SENT["another path"], b"HTTP/1.1 200 "),
        ("send", "dropped", SENT["the root"], b""),
    ],
)
def test_a_server_has_its_fault(
    tmp_path: Path, step: str, fault: str, sent: bytes, answer: bytes
) -> None:
    right = _conversation(right_server(), tmp_path, sent)
    wrong = _conversation(faulty_server(step, fault), tmp_path, sent)

    assert answer in wrong
    assert not answer or answer not in right
    assert wrong != right


@pytest.mark.e2e
def test_a_fault_is_graded_and_caught() -> None:
    mutant = next(mutant for mutant in step_mutants() if mutant.id == "decode:lowered")
    PLACE.mkdir(exist_ok=True)
    outcome = graded(mutant, HOW, PLACE)

    assert (outcome.verdict, outcome.checks) == (CAUGHT, ("ok/answers_200",)), outcome


@pytest.mark.slow
def test_the_server_without_a_fault_passes_and_a_fault_that_no_client_sees_too(
    tmp_path: Path,
) -> None:
    mutants = [mutant for mutant in step_mutants() if mutant.id in ("frame:twice", "send:twice")]
    found = dict(outcomes(mutants, HOW, Memory(tmp_path / "outcomes.jsonl", HOW)))

    assert {mutant.id: outcome.verdict for mutant, outcome in found.items()} == {
        "frame:twice": SURVIVED,
        "send:twice": CAUGHT,
    }


def test_a_sample_is_the_same_for_the_same_seed() -> None:
    every = step_mutants()

    assert drawn(every, 10, 1) == drawn(every, 10, 1) != drawn(every, 10, 2)
    assert len(drawn(every, 10, 1)) == 10
    assert drawn(every, None, 1) == drawn(every, len(every), 1) == every


def test_the_lists_name_mutants_that_there_are() -> None:
    assert list(problems(read(LISTED.read_text(encoding="utf-8")), step_mutants(), {})) == []


@pytest.mark.parametrize(("mutants", "interval"), [(3, ""), (2, " (95 % interval 9.0% to 91.0%)")])
def test_the_page_names_what_passes(mutants: int, interval: str) -> None:
    counts = {"mutants": mutants, "caught": 1, "equivalent": 0}
    found = {
        "of": 3,
        "interval": [0.09, 0.91],
        "score": 0.5,
        "counts": counts,
        "uncaught": {"q:full": "..."},
    }
    how = {
        "date": "2000-01-01",
        "commit": "abc",
        "machine": "one",
        "command": "python -m tests.trust semantic",
    }

    written = page.render({"semantic": {**how, **found}})
    assert "| full | `q` |" in written
    assert f"50.0% of those that a client can tell from a right one{interval} |" in written


def _noting(met: dict[str, list[Result]]) -> type[Server]:
    """The right server, which notes what each of its steps returns."""
    server = type("NotingServer", (right_server(),), {})

    def noted(step: Step) -> Function:
        def note(value: Result) -> Result:
            met.setdefault(step.id, []).append(value)
            return value

        function = getattr(server, step.name)
        if step.kind in CHANGES:
            return step.with_change(note, function)
        return lambda *arguments: (note(None), function(*arguments))[1]

    for step in STEPS:
        setattr(server, step.name, noted(step))
    return server


def _conversation(server: type[Server], directory: Path, data: bytes) -> bytes:
    """What the server answers to these bytes, sent whole, by a client that then closes its side."""
    with _client(server, directory) as (ours, _):
        for part in (data[:30], data[30:]):
            ours.sendall(part)
        ours.shutdown(socket.SHUT_WR)
        return b"".join(_received(ours))


def _silence(server: type[Server], directory: Path) -> None:
    """A client sends half a request, and no more until the server gives it up."""
    with _client(server, directory, timeout=0.05) as (ours, _):
        ours.sendall(b"GET / HTTP/1.1\r\nHo")
        assert b"".join(_received(ours)).startswith(b"HTTP/1.1 408 ")


def _stop(server: type[Server], directory: Path) -> None:
    """The server stops while a client is idle."""
    with _client(server, directory) as (ours, started):
        started.finish()
        assert ours.recv(1) == b""


@contextmanager
def _client(
    server: type[Server], directory: Path, timeout: float | None = None
) -> Iterator[tuple[socket.socket, Server]]:
    """A connection to a server, and the server. In the end both are closed, and no thread is
    left."""
    started = server(directory)
    started.timeout = timeout
    with started.stopped, started.waker:
        ours, theirs = socket.socketpair()
        with ours:
            started.start(theirs, ("a client", 0))
            yield ours, started
        started.finish()


def _received(connection: socket.socket) -> Iterator[bytes]:
    while data := connection.recv(65536):
        yield data


def _in_a_thread(function: Callable[[], object]) -> None:
    thread = threading.Thread(target=function)
    thread.start()
    thread.join()
