"""The book itself: runs, their submissions, and results, each committed the moment it is known.

Nothing that was kept is ever changed. A run has a seat for each of its submissions, which points to
a result: to an earlier one that still holds, or, as soon as it is there, to its own.
"""

from __future__ import annotations

import os
import zlib
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Final

from msgspec.structs import astuple

from grader import codec
from grader.book.journal import explained, opened
from grader.book.model import OUTCOMES, Basis, BookRun, KeptResult, Seat, kept_text
from grader.errors import MachineError

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator, Sequence
    from pathlib import Path

LONGEST_REPORT: Final = 256 << 20  # bytes of JSON, unpacked

# Paths are blobs, because they need not be UTF-8; seeds are text, because they have no bounds.
_SCHEMA: Final = """
CREATE TABLE setting (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE run (
    number INTEGER PRIMARY KEY, began_at TEXT NOT NULL, ended_at TEXT NOT NULL,
    seed TEXT NOT NULL, course TEXT NOT NULL, options TEXT NOT NULL, grader TEXT NOT NULL,
    command TEXT NOT NULL);
CREATE TABLE result (
    number INTEGER PRIMARY KEY, run INTEGER NOT NULL REFERENCES run, name TEXT NOT NULL,
    path BLOB NOT NULL, content TEXT NOT NULL, course TEXT NOT NULL, options TEXT NOT NULL,
    seed TEXT NOT NULL, grader TEXT NOT NULL, outcome TEXT NOT NULL, ended_at TEXT NOT NULL,
    took_s REAL NOT NULL, reason TEXT NOT NULL, kind TEXT NOT NULL, problem TEXT NOT NULL,
    traceback TEXT NOT NULL, outline BLOB NOT NULL, report BLOB NOT NULL);
CREATE INDEX result_by_content ON result (content, path);
CREATE INDEX result_by_name ON result (name, number);
CREATE TABLE report_file (
    path BLOB PRIMARY KEY, result INTEGER NOT NULL REFERENCES result, policy TEXT NOT NULL,
    bytes INTEGER NOT NULL, modified_ns INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE seat (
    run INTEGER NOT NULL REFERENCES run, place INTEGER NOT NULL, name TEXT NOT NULL,
    path BLOB NOT NULL, result INTEGER REFERENCES result, PRIMARY KEY (run, place)) WITHOUT ROWID;
"""
_COLUMNS: Final = (
    "name, path, content, course, options, seed, grader, outcome, ended_at, took_s, reason, kind,"
    " problem, outline, traceback, number, run"
)
_HOLDING: Final = "outcome IN ('passed', 'failed', 'not_graded')"
"""What is not graded again: an errored grading may come to something else the next time."""

_SEED: Final = "seed"


class Book:
    """An open book. Every method raises `MachineError` where the file cannot be used; what was kept
    before stays kept."""

    def __init__(self, connection: sqlite3.Connection, path: Path) -> None:
        self._connection = connection
        self.path = path

    @property
    def seed(self) -> int | None:
        """The seed of the class, if one was kept."""
        said = self.setting(_SEED)
        return int(said) if said else None

    def keep_seed(self, seed: int) -> None:
        """The seed of the class, unless it has one."""
        if self.setting(_SEED) is None:
            self.set(_SEED, str(seed))

    def setting(self, key: str) -> str | None:
        """What is kept under this key."""
        found = self._rows("SELECT value FROM setting WHERE key = ?", key)
        return str(found[0][0]) if found else None

    def set(self, key: str, value: str) -> None:
        """Keep it instead of what was there."""
        self._rows("INSERT OR REPLACE INTO setting VALUES (?, ?)", key, value)

    def begin(self, run: BookRun, seats: Sequence[Seat]) -> int:
        """A new run with these submissions: its number."""
        command = codec.to_json([kept_text(word) for word in run.command])
        with self._transaction():
            ((number,),) = self._rows(
                "INSERT INTO run (began_at, ended_at, seed, course, options, grader, command)"
                " VALUES (?, '', ?, ?, ?, ?, ?) RETURNING number",
                run.began_at, str(run.seed), run.course, run.options, run.grader, command,
            )  # fmt: skip
            for place, seat in enumerate(seats):
                self._rows(
                    "INSERT INTO seat VALUES (?, ?, ?, ?, ?)",
                    number, place, kept_text(seat.name), os.fsencode(seat.path), seat.result,
                )  # fmt: skip
        return int(number)

    def keep(self, run: int, place: int, result: KeptResult, report: bytes) -> int:
        """The result of the submission on this place of the run, with its report as JSON: its
        number. When this returns, it is on the disk."""
        basis = result.basis
        texts = (result.reason, result.kind, result.problem, result.traceback)
        with self._transaction():
            ((number,),) = self._rows(
                "INSERT INTO result (run, name, path, content, course, options, seed, grader,"
                " outcome, ended_at, took_s, reason, kind, problem, traceback, outline, report)"
                " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING number",
                run, kept_text(result.name), os.fsencode(result.path), basis.content, basis.course,
                basis.options, str(basis.seed), basis.grader, result.outcome, result.ended_at,
                result.took_s, *map(kept_text, texts), zlib.compress(result.outline),
                zlib.compress(report),
            )  # fmt: skip
            self._rows("UPDATE seat SET result = ? WHERE run = ? AND place = ?", number, run, place)
        return int(number)

    def wrote(self, path: Path, result: int, policy: str) -> None:
        """In this file is now the report of this result, with this policy."""
        found = path.stat()
        self._rows(
            "INSERT OR REPLACE INTO report_file VALUES (?, ?, ?, ?, ?)",
            os.fsencode(path), result, kept_text(policy), found.st_size, found.st_mtime_ns,
        )  # fmt: skip

    def is_in(self, path: Path, result: int, policy: str) -> bool:
        """Whether the report of this result, with this policy, is still in this file."""
        try:
            found = path.stat()
        except OSError:
            return False
        rows = self._rows(
            "SELECT result, policy, bytes, modified_ns FROM report_file WHERE path = ?",
            os.fsencode(path),
        )
        return rows == [(result, kept_text(policy), found.st_size, found.st_mtime_ns)]

    def end(self, run: int, ended_at: str) -> None:
        """The run has come to its end."""
        self._rows("UPDATE run SET ended_at = ? WHERE number = ?", ended_at, run)

    def holding(self, basis: Basis, path: str) -> KeptResult | None:
        """The newest result of this submission that has this basis, and is no error."""
        if not basis.content:
            return None
        content, course, options, seed, grader = astuple(basis)
        return self._one(
            "content = ? AND path = ? AND course = ? AND options = ? AND seed = ? AND grader = ?"
            f" AND {_HOLDING}",
            content, os.fsencode(path), course, options, str(seed), grader,
        )  # fmt: skip

    def newest(self, name: str) -> KeptResult | None:
        """The last result of the submission with this name, whatever it was."""
        return self._one("name = ?", kept_text(name))

    def standing(self, run: int | None = None) -> list[tuple[Seat, KeptResult | None]]:
        """Each submission of this run; by default each that the book has, as it stood in its last
        run in which it had a result. In the order given then."""
        if run is not None:
            rows = self._rows(
                "SELECT name, path, result FROM seat WHERE run = ? ORDER BY place", run
            )
        else:
            rows = self._rows(
                "SELECT name, path, result FROM seat JOIN (SELECT name AS whose, max(run) AS last"
                " FROM seat WHERE result IS NOT NULL GROUP BY name)"
                " ON name = whose AND run = last ORDER BY run, place"
            )
        seats = [Seat(name, os.fsdecode(path), number) for name, path, number in rows]
        return [(seat, self._numbered(seat.result)) for seat in seats]

    def report(self, number: int) -> bytes:
        """The report of a result, as JSON; empty where its grading has left none."""
        rows = self._rows("SELECT report FROM result WHERE number = ?", number)
        return self._unpacked(rows[0][0]) if rows else b""

    def runs(self) -> list[BookRun]:
        """All of them, the first one first."""
        rows = self._rows(
            "SELECT began_at, seed, course, options, grader, command, ended_at,"
            " (SELECT count(*) FROM seat WHERE seat.run = run.number),"
            " (SELECT count(*) FROM result WHERE result.run = run.number), number"
            " FROM run ORDER BY number"
        )
        try:
            return [_run(row) for row in rows]
        except (ValueError, TypeError) as error:
            raise self._damaged() from error

    def _numbered(self, number: int | None) -> KeptResult | None:
        return None if number is None else self._one("number = ?", number)

    def _one(self, where: str, *values: object) -> KeptResult | None:
        rows = self._rows(
            f"SELECT {_COLUMNS} FROM result WHERE {where} ORDER BY number DESC LIMIT 1", *values
        )
        if not rows:
            return None
        try:
            return self._result(rows[0])
        except (ValueError, TypeError) as error:
            raise self._damaged() from error

    def _result(self, row: tuple[Any, ...]) -> KeptResult:
        """By `_COLUMNS`."""
        name, path, content, course, options, seed, grader, outcome, ended, took, *rest = row
        reason, kind, problem, outline, traceback, number, run = rest
        if outcome not in OUTCOMES:
            raise ValueError(outcome)
        return KeptResult(
            str(name), os.fsdecode(path), Basis(content, course, options, int(seed), grader),
            outcome, str(ended), float(took), str(reason), str(kind), str(problem),
            self._unpacked(outline), str(traceback), number, run,
        )  # fmt: skip

    def _rows(self, statement: str, *values: object) -> list[tuple[Any, ...]]:
        with explained(self.path):
            return self._connection.execute(statement, values).fetchall()

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        """All of it or nothing is kept."""
        self._rows("BEGIN IMMEDIATE")
        try:
            yield
            self._rows("COMMIT")
        except BaseException:
            if self._connection.in_transaction:
                self._rows("ROLLBACK")
            raise

    def _unpacked(self, packed: bytes) -> bytes:
        """Within bounds, and with its checksum looked at: SQLite has none of its own."""
        unpacking = zlib.decompressobj()
        try:
            found = unpacking.decompress(packed, LONGEST_REPORT)
        except (zlib.error, TypeError) as error:
            raise self._damaged() from error
        if not unpacking.eof:
            raise self._damaged()
        return found

    def _damaged(self) -> MachineError:
        return MachineError(
            f"the book {self.path}: a report in it is damaged; grade that submission again"
            " (--regrade)"
        )


@contextmanager
def open_book(path: Path, *, writes: bool) -> Iterator[Book]:
    """The book in this file. writes: it is made where there is none, and no other command may use
    it meanwhile. Raises `UsageError` for what is no book, and `MachineError` for one that cannot be
    used now."""
    with opened(path, _SCHEMA, writes=writes) as connection:
        yield Book(connection, path)


def _run(row: tuple[Any, ...]) -> BookRun:
    """Raises ValueError (`BrokenJson` is one) and TypeError."""
    began, seed, course, options, grader, command, ended, seats, graded, number = row
    words = codec.from_json(command, tuple[str, ...])
    return BookRun(
        str(began), int(seed), str(course), str(options), str(grader), words, str(ended), seats,
        graded, number,
    )  # fmt: skip
