"""The book of a class: what is kept is read back as it was, whoever dies or fills the disk."""

from __future__ import annotations

import os
import resource
import signal
import sqlite3
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from msgspec.structs import replace

from grader.book.model import Basis, BookRun, KeptResult, Seat
from grader.book.store import Book, open_book
from grader.errors import GraderError, MachineError, UsageError

if TYPE_CHECKING:
    from pathlib import Path

BASIS = Basis("content", "course", '{"strict": false}', 7, "1.0")
RUN = BookRun("2026-11-29T20:00:00Z", 7, "course", "{}", "1.0", ("grade", "--all"))
SEATS = (Seat("ada", "class/ada"), Seat("bob", "class/bob"))
HOSTILE = "\x1b]0;x\x07\udcff\0\n=1+1'; DROP TABLE run; --\u202e"


def result(name: str = "ada", outcome: str = "failed", **more: object) -> KeptResult:
    found = KeptResult(name, f"class/{name}", BASIS, outcome, "2026-11-29T20:01:00Z", 1.5)
    whole = replace(found, reason="no", kind="exit", problem="It ended.", outline=b"{}")
    return replace(whole, **more)  # type: ignore[arg-type]


def kept(book: Book, *results: KeptResult) -> int:
    run = book.begin(RUN, [Seat(it.name, it.path) for it in results])
    for place, it in enumerate(results):
        book.keep(run, place, it, b'{"whole": 1}')
    return run


def test_what_is_kept_is_read_back(tmp_path: Path) -> None:
    path = tmp_path / "class.sqlite"
    with open_book(path, writes=True) as book:
        run = book.begin(RUN, SEATS)
        number = book.keep(run, 0, result(), b'{"whole": 1}')
        book.end(run, "2026-11-29T20:02:00Z")
        book.keep_seed(7)
        book.keep_seed(8)
    assert os.listdir(tmp_path) == ["class.sqlite"]  # no log is left beside it
    with open_book(path, writes=False) as book:
        assert book.seed == 7
        assert book.report(number) == b'{"whole": 1}'
        own = result(number=number, run=run)
        assert book.standing(run) == [(Seat("ada", "class/ada", number), own), (SEATS[1], None)]
        assert book.standing() == [(Seat("ada", "class/ada", number), own)]
        ended = replace(RUN, ended_at="2026-11-29T20:02:00Z", seats=2, graded=1, number=run)
        assert book.runs() == [ended]


@pytest.mark.parametrize("outcome", ["passed", "failed", "not_graded"])
def test_a_result_holds_as_long_as_its_basis_is_the_same(tmp_path: Path, outcome: str) -> None:
    with open_book(tmp_path / "b", writes=True) as book:
        kept(book, result(outcome=outcome))
        found = book.holding(BASIS, "class/ada")
        assert found is not None
        assert (found.outcome, found.name) == (outcome, "ada")
        assert book.holding(BASIS, "class/bob") is None  # whose report would name ada's files
        for other in (
            replace(BASIS, content="x"), replace(BASIS, course="x"), replace(BASIS, options="x"),
            replace(BASIS, seed=8), replace(BASIS, grader="2"), replace(BASIS, content=""),
        ):  # fmt: skip
            assert book.holding(other, "class/ada") is None


def test_an_errored_result_never_holds(tmp_path: Path) -> None:
    with open_book(tmp_path / "b", writes=True) as book:
        kept(book, result(outcome="passed"))
        kept(book, result(outcome="errored"))
        found = book.holding(BASIS, "class/ada")
        assert found is not None
        assert found.outcome == "passed"
        newest = book.newest("ada")
        assert newest is not None
        assert newest.outcome == "errored"


def test_an_earlier_result_stays_beside_a_later_one(tmp_path: Path) -> None:
    with open_book(tmp_path / "b", writes=True) as book:
        first = kept(book, result(), result("bob"))
        second = kept(book, result(outcome="passed"))
        assert [(it.name, found and found.outcome) for it, found in book.standing()] == [
            ("bob", "failed"), ("ada", "passed"),
        ]  # fmt: skip
        assert [found and found.outcome for _, found in book.standing(first)] == ["failed"] * 2
        assert [found and found.outcome for _, found in book.standing(second)] == ["passed"]


def test_hostile_text_is_only_text(tmp_path: Path) -> None:
    whose = os.fsdecode(b"class/\xff\n'")
    hostile = replace(result(), path=whose, reason=HOSTILE, traceback=HOSTILE, problem=HOSTILE)
    seed = 10**40
    hostile = replace(hostile, basis=replace(BASIS, seed=seed, content=HOSTILE[:5]))
    with open_book(tmp_path / "b", writes=True) as book:
        kept(book, hostile)
        found = book.holding(hostile.basis, whose)
        assert found is not None
        assert found.path == whose
        assert found.reason == found.problem == HOSTILE.replace("\udcff", "\\udcff")
        assert len(book.runs()) == 1


FOREIGN = [
    b"name,score\n", b"SQLite format 3\0" + bytes(84), b"\0" * 4096,
]  # fmt: skip


@pytest.mark.parametrize("content", FOREIGN)
@pytest.mark.parametrize("writes", [True, False])
def test_a_foreign_file_is_left_alone(tmp_path: Path, content: bytes, *, writes: bool) -> None:
    (path := tmp_path / "class.csv").write_bytes(content)
    with (
        pytest.raises(UsageError, match="is not the book of a class"),
        open_book(path, writes=writes),
    ):
        pass
    assert path.read_bytes() == content
    assert os.listdir(tmp_path) == ["class.csv"]


def test_a_database_of_others_and_one_with_a_trigger_are_no_books(tmp_path: Path) -> None:
    sqlite3.connect(tmp_path / "other").execute("CREATE TABLE t (a)").connection.close()
    with open_book(tmp_path / "book", writes=True) as book:
        kept(book, result())
    with sqlite3.connect(tmp_path / "book") as changed:
        changed.execute("CREATE TRIGGER t AFTER INSERT ON run BEGIN DELETE FROM result; END")
    changed.close()
    (tmp_path / "folder").mkdir()
    os.mkfifo(tmp_path / "pipe")
    for name in ("other", "book", "folder", "pipe"):
        for writes in (True, False):
            with (
                pytest.raises(UsageError, match="is not the book of a class"),
                open_book(tmp_path / name, writes=writes),
            ):
                pass


def test_no_book_is_read_where_there_is_none(tmp_path: Path) -> None:
    with (
        pytest.raises(UsageError, match="there is no book"),
        open_book(tmp_path / "b", writes=False),
    ):
        pass
    assert not os.listdir(tmp_path)


def test_the_book_of_a_later_grade_is_not_touched(tmp_path: Path) -> None:
    with open_book(path := tmp_path / "b", writes=True) as book:
        kept(book, result())
    with sqlite3.connect(path) as changed:
        changed.execute("PRAGMA user_version=2")
    changed.close()
    with pytest.raises(UsageError, match="book of a later grade"), open_book(path, writes=True):
        pass


@pytest.mark.parametrize("at", [4096, 8192, 20000, -3000])
def test_a_damaged_book_is_named(tmp_path: Path, at: int) -> None:
    with open_book(path := tmp_path / "b", writes=True) as book:
        kept(book, *(result(f"n{number}", outline=os.urandom(9000)) for number in range(9)))
        book.keep_seed(7)
    content = bytearray(path.read_bytes())
    content[at : at + 2000 if at > 0 else None] = b"\xa5" * (2000 if at > 0 else 3000)
    path.write_bytes(content)
    try:
        with open_book(path, writes=True) as book:
            for _, found in book.standing():
                assert found is not None
                book.report(found.number)
            assert (book.seed, len(book.runs())) == (7, 1)
            book.holding(BASIS, "class/n1")
    except GraderError as error:
        said = str(error)
        assert str(path) in said
        assert said.count("\n") == 0
    else:
        pytest.fail("nobody has seen the damage")


def test_two_commands_never_write_one_book(tmp_path: Path) -> None:
    path = tmp_path / "b"
    with open_book(path, writes=True) as book:
        kept(book, result())
        for writes in (True, False):
            with (
                pytest.raises(MachineError, match="another grade command is using it"),
                open_book(path, writes=writes),
            ):
                pass
        kept(book, result("bob"))
    with open_book(path, writes=False) as one, open_book(path, writes=False) as two:
        assert one.standing() == two.standing() != []


def test_a_book_that_may_not_be_written_is_read(tmp_path: Path) -> None:
    with open_book(path := tmp_path / "b", writes=True) as book:
        kept(book, result())
    path.chmod(0o400)
    tmp_path.chmod(0o500)
    try:
        with open_book(path, writes=False) as book:
            assert len(book.standing()) == 1
    finally:
        tmp_path.chmod(0o700)


WRITER = """
import os, sys
from pathlib import Path
from grader.book.store import open_book
from tests.unit.book.test_store import result, RUN, SEATS
with open_book(Path(sys.argv[1]), writes=True) as book:
    run = book.begin(RUN, SEATS)
    for number in range(1000):
        book.keep(run, 0, result(outline=os.urandom(5000)), b"x" * 5000)
        print(number, flush=True)
"""


@pytest.mark.parametrize("after", [0, 3, 40])
def test_what_was_said_to_be_kept_is_there_after_kill_9(tmp_path: Path, after: int) -> None:
    path = tmp_path / "b"
    with subprocess.Popen(
        [sys.executable, "-c", WRITER, path], stdout=subprocess.PIPE, text=True
    ) as writer:
        assert writer.stdout is not None
        for line in writer.stdout:
            if int(line) == after:
                break
        writer.send_signal(signal.SIGKILL)
        said = max([after, *map(int, writer.stdout.read().split())])
    with open_book(path, writes=True) as book:
        (run,) = book.runs()
        assert run.graded in (said + 1, said + 2)  # that of which it had no time to tell
        assert run.ended_at == ""
        (_, found), _ = book.standing(run.number)
        assert found is not None
        assert book.report(found.number) == b"x" * 5000
    assert os.listdir(tmp_path) == ["b"]


FILLER = """
import os, resource, sys
from pathlib import Path
from grader.book.store import open_book
from grader.errors import MachineError
from tests.unit.book.test_store import result, RUN, SEATS
with open_book(Path(sys.argv[1]), writes=True) as book:
    run = book.begin(RUN, SEATS)
    book.keep(run, 0, result(), b"first")
    resource.setrlimit(resource.RLIMIT_FSIZE, (400_000, resource.RLIM_INFINITY))
    count = 1
    try:
        while True:
            book.keep(run, 0, result(outline=os.urandom(20_000)), b"more")
            count += 1
    except MachineError as error:
        print(error)
    resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
    book.keep(run, 1, result("bob"), b"last")
    print(count + 1)
"""


def test_a_full_disk_loses_only_what_was_in_flight(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", FILLER, path := tmp_path / "b"],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    said, count = done.stdout.splitlines()
    assert f"the book {path}: " in said
    assert "what it holds is kept" in said
    with open_book(path, writes=False) as book:
        (run,) = book.runs()
        assert run.graded == int(count) > 3
        assert [found and book.report(found.number) for _, found in book.standing()] == [
            b"more", b"last",
        ]  # fmt: skip


def test_a_disk_without_a_byte_left(tmp_path: Path) -> None:
    limit = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, limit[1]))
    try:
        with pytest.raises(MachineError, match="the book"), open_book(tmp_path / "b", writes=True):
            pass
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limit)
