"""Opens the SQLite file of a book, so that what is committed stays, whatever happens after it.

How it works. Every commit is synced (`synchronous=EXTRA`: FULL, and also the directory). Where the
file system allows it, SQLite writes ahead into a log (WAL), which needs one sync for each commit.
WAL needs memory that all users of the file share, which network file systems do not give, so there
SQLite keeps its rollback journal (sqlite.org/wal.html). A writer holds the lock as long as it has
the file open, so two commands never write one book; the kernel drops the lock of one that dies.
When all goes well the file is closed without a log beside it, so that a copy of it is whole.

A book may come from somewhere else. So it is looked at before SQLite is: a header of ours, and then
exactly the tables that we make, so no trigger and no view.
"""

from __future__ import annotations

import contextlib
import os
import re
import sqlite3
import stat
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final
from urllib.parse import quote

from grader.errors import GraderError, MachineError, UsageError
from grader.text.escape import printable

if TYPE_CHECKING:
    from collections.abc import Iterator

APPLICATION_ID: Final = 0x67726164  # "grad", in SQLite's header (sqlite.org/fileformat2.html)
VERSION: Final = 1

_MAGIC: Final = b"SQLite format 3\0"
_HEADER_BYTES: Final = 100
_ID_AT: Final = slice(68, 72)
_VERSION_AT: Final = slice(60, 64)
_WAIT_S: Final = 0.2  # for another command that reads or writes for a moment
_LOCAL: Final = frozenset(
    {"apfs", "bcachefs", "btrfs", "ext2", "ext3", "ext4", "f2fs", "hfs", "jfs", "nilfs2",
     "overlay", "ramfs", "reiserfs", "tmpfs", "ufs", "xfs", "zfs"}
)  # fmt: skip
"""File systems of one machine, whose users share memory. Not there: those that a network or another
program is behind."""

_OCTAL: Final = re.compile(r"\\([0-7]{3})")


def journal_mode(mountinfo: str, place: str) -> str:
    """`WAL` where the file system of this directory has it, else `DELETE`: a rollback journal.

    mountinfo: the text of /proc/self/mountinfo (proc(5)); empty where there is none.
    """
    best, kind = "", ""
    for line in mountinfo.splitlines():
        before, _, after = line.partition(" - ")
        fields, types = before.split(" "), after.split(" ")
        if len(fields) < 5:
            continue
        mounted = _OCTAL.sub(lambda match: chr(int(match[1], 8)), fields[4])
        inside = place == mounted or place.startswith(mounted.rstrip("/") + "/")
        if inside and len(mounted) >= len(best):  # a later mount hides an earlier one
            best, kind = mounted, types[0]
    return "WAL" if kind in _LOCAL else "DELETE"


@contextmanager
def opened(path: Path, schema: str, *, writes: bool) -> Iterator[sqlite3.Connection]:
    """A connection to the book, in autocommit mode. schema: the script that makes its tables.
    writes: nobody else may use it meanwhile, and it is made where there is none. Raises
    `UsageError` for what is no book, and `MachineError` for one that cannot be used now."""
    is_new = _require_book(path, writes=writes)
    with explained(path):
        connection = _connection(path, writes=writes)
    try:
        with explained(path):
            _prepare(connection, path, schema, is_new=is_new, writes=writes)
        yield connection
    finally:
        if writes:
            with contextlib.suppress(sqlite3.Error):
                connection.execute("PRAGMA journal_mode=DELETE")
        connection.close()


@contextmanager
def explained(path: Path) -> Iterator[None]:
    """What SQLite says of this file is raised as one sentence."""
    try:
        yield
    except sqlite3.Error as error:
        raise _fault(path, error) from error


def _connection(path: Path, *, writes: bool) -> sqlite3.Connection:
    mode = "rwc" if writes else "rw"
    if not writes and not os.access(path, os.W_OK):
        mode = "ro"
    name = quote(os.fsencode(os.path.abspath(path)))
    return sqlite3.connect(
        f"file:{name}?mode={mode}", uri=True, timeout=_WAIT_S, isolation_level=None
    )


def _prepare(
    connection: sqlite3.Connection, path: Path, schema: str, *, is_new: bool, writes: bool
) -> None:
    connection.execute("PRAGMA trusted_schema=OFF")
    connection.execute("PRAGMA synchronous=EXTRA")
    if writes:
        connection.execute("PRAGMA locking_mode=EXCLUSIVE")
        connection.execute("BEGIN EXCLUSIVE")
        if is_new and not _tables(connection):
            for statement in filter(str.strip, schema.split(";")):
                connection.execute(statement)
            connection.execute(f"PRAGMA application_id={APPLICATION_ID}")
            connection.execute(f"PRAGMA user_version={VERSION}")
        connection.execute("COMMIT")
        place = os.path.realpath(path.parent)
        connection.execute(f"PRAGMA journal_mode={journal_mode(_mountinfo(), place)}").fetchall()
    with contextlib.closing(sqlite3.connect(":memory:")) as ours:
        ours.executescript(schema)
        if _tables(connection) != _tables(ours):
            raise _no_book(path)


def _tables(connection: sqlite3.Connection) -> list[tuple[str, ...]]:
    found = connection.execute("SELECT type, name, sql FROM sqlite_schema WHERE sql IS NOT NULL")
    return sorted(found)


def _require_book(path: Path, *, writes: bool) -> bool:
    """Whether it is still to be made. Not looked at while SQLite has it open: to close another
    descriptor of the file would drop its locks (fcntl(2))."""
    try:
        found = os.stat(path)
        if not stat.S_ISREG(found.st_mode):
            raise _no_book(path)
        if found.st_size == 0:
            if not writes:
                raise _no_book(path)
            return True
        with open(path, "rb") as file:
            header = file.read(_HEADER_BYTES)
    except FileNotFoundError:
        if writes:
            return True
        raise UsageError(f"there is no book {_shown(path)}") from None
    except OSError as error:
        raise UsageError(f"cannot read {_shown(path)}: {error.strerror or error}") from error
    if not header.startswith(_MAGIC) or header[_ID_AT] != APPLICATION_ID.to_bytes(4):
        raise _no_book(path)
    if (version := int.from_bytes(header[_VERSION_AT])) > VERSION:
        raise UsageError(
            f"{_shown(path)} is the book of a later grade (format {version}): update this one"
        )
    return False


def _no_book(path: Path) -> UsageError:
    return UsageError(f"{_shown(path)} is not the book of a class, and stays as it is")


_SAID: Final = {
    sqlite3.SQLITE_BUSY: "another grade command is using it: wait until that has ended",
    sqlite3.SQLITE_LOCKED: "another grade command is using it: wait until that has ended",
    sqlite3.SQLITE_FULL: "there is no space left for it; what it holds is kept",
    sqlite3.SQLITE_READONLY: "it cannot be written",
    sqlite3.SQLITE_CANTOPEN: "it cannot be opened or made",
    sqlite3.SQLITE_PERM: "there is no permission to use it",
    sqlite3.SQLITE_IOERR: "the disk does not read or write it; what it holds is kept",
    sqlite3.SQLITE_CORRUPT: "it is damaged: move it away, and the next run begins a new one",
    sqlite3.SQLITE_NOTADB: "it is damaged: move it away, and the next run begins a new one",
}


def _fault(path: Path, error: sqlite3.Error) -> GraderError:
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    return MachineError(f"the book {_shown(path)}: {_SAID.get(code, printable(str(error)))}")


def _mountinfo() -> str:
    with contextlib.suppress(OSError):
        return Path("/proc/self/mountinfo").read_text(encoding="utf-8", errors="surrogateescape")
    return ""


def _shown(path: Path) -> str:
    return printable(str(path))
