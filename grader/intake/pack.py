"""A submission as one file, and that file as a directory again.

How it works. A pack is a tar archive (POSIX.1-2001, pax) of what belongs to the submission, in a
fixed order, with neither times nor owners, and of the access rights the x bit alone. So equal
submissions are equal bytes, wherever they lay and however they came; the SHA-256 of these bytes
identifies a submission.

Why so. What is graded is what was identified: a file that changes meanwhile changes nothing. A pack
can be kept, sent to another machine and graded there. Times are left out because an archive, a
checkout and a download each give other ones; but `make` believes them. So in a directory that is
made of a pack, what a build leaves is older than every source: it is built again.
"""

from __future__ import annotations

import hashlib
import io
import os
import shutil
import tarfile
from typing import IO, TYPE_CHECKING, Final

from grader.errors import MachineError, NotGraded, lack
from grader.intake.walk import Entry, entries
from grader.system.untrusted_files import (
    descended,
    make_directory,
    open_file,
    open_new,
    open_trusted,
)
from grader.value import Value

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from typing_extensions import Buffer

_START: Final = "GRADE.start"
_SOURCES_S: Final = 1_000_000_000
"""The time of every file, in seconds since 1970: a day in 2001."""

_BUILT_S: Final = _SOURCES_S - 86_400
_BUILT: Final = (b"\x7fELF", b"\xcf\xfa\xed\xfe", b"\xca\xfe\xba\xbe", b"!<arch>\n")
"""How what compilers leave begins: ELF, Mach-O, class files, libraries."""

_PIECE: Final = 1 << 20


class Source(Value, frozen=True):
    """What is packed. directory: where it lies. start: the file in it that was named to be started;
    empty where the directory says. alone: of the directory this one file. hidden: paths in it that
    are not the submission's."""

    directory: Path
    start: str = ""
    alone: bool = False
    hidden: frozenset[str] = frozenset()


def pack(source: Source, file: Path) -> str:
    """Write the pack to a new file; its SHA-256 in hexadecimal. Raises `NotGraded` where there is
    too much of it, or something cannot be read."""
    with open(file, "xb") as stream:
        return _written(source, stream)


def unpack(file: Path, directory: Path) -> str:
    """Make the directory of a pack, in an empty one; the file in it that is to be started, or
    empty. Nothing in the pack reaches out of the directory: it is written by descriptors, through
    no link."""
    top = open_trusted(directory)
    try:
        with tarfile.open(file, "r:", encoding="utf-8", errors="surrogateescape") as packed:
            for member in packed:
                _made(packed, member, top)
            return packed.pax_headers.get(_START, "")
    finally:
        os.close(top)


def _written(source: Source, stream: IO[bytes]) -> str:
    written = _Hashed(stream)
    headers = {_START: source.start} if source.start else {}
    try:
        with tarfile.TarFile.open(
            None,
            "w|",
            written,
            format=tarfile.PAX_FORMAT,
            pax_headers=headers,
            encoding="utf-8",
            errors="surrogateescape",
        ) as packed:
            for entry in _entries(source):
                _add(packed, entry)
    except OSError as error:
        if lacks := lack(error):
            raise MachineError(lacks) from error
        name = error.filename or source.directory
        raise NotGraded(f"cannot read {name}: {error.strerror or error}") from error
    return written.sha256.hexdigest()


def _entries(source: Source) -> Iterator[Entry]:
    if not source.alone:
        yield from entries(source.directory, source.hidden)
        return
    path = source.directory / source.start
    found = path.stat()
    yield Entry(source.start, str(path), runs=bool(found.st_mode & 0o100), size=found.st_size)


def _add(packed: tarfile.TarFile, entry: Entry) -> None:
    member = tarfile.TarInfo(entry.name)  # its time is 0, its owner nobody
    if entry.link is not None:
        member.type, member.linkname, member.mode = tarfile.SYMTYPE, entry.link, 0o777
        packed.addfile(member)
    elif entry.is_pipe:
        member.type = tarfile.FIFOTYPE
        packed.addfile(member)
    elif entry.is_directory:
        member.type, member.mode = tarfile.DIRTYPE, 0o755
        packed.addfile(member)
    else:
        with open(open_file(entry.path), "rb") as content:
            member.size = os.fstat(content.fileno()).st_size
            member.mode = 0o755 if entry.runs else 0o644
            packed.addfile(member, content)


def _made(packed: tarfile.TarFile, member: tarfile.TarInfo, top: int) -> None:
    *folders, name = member.name.split("/")
    with descended(top, folders, make_directory) as folder:
        if member.isdir():
            os.close(make_directory(name, folder, mode=0o755))
        elif member.issym():
            os.symlink(member.linkname, name, dir_fd=folder)
        elif member.isfifo():
            os.mkfifo(name, 0o644, dir_fd=folder)
        else:
            content = packed.extractfile(member)
            assert content is not None
            _copied(content, open_new(name, folder), member.mode)


def _copied(content: IO[bytes], descriptor: int, mode: int) -> None:
    with content, open(descriptor, "wb") as stream:
        first = content.read(_PIECE)
        stream.write(first)
        shutil.copyfileobj(content, stream, _PIECE)
        stream.flush()
        os.fchmod(descriptor, mode)
        modified = _BUILT_S if first.startswith(_BUILT) else _SOURCES_S
        os.utime(descriptor, (modified, modified))


class _Hashed(io.RawIOBase):
    """A stream that is written on to another one, and is hashed."""

    def __init__(self, stream: IO[bytes]) -> None:
        self._stream = stream
        self.sha256 = hashlib.sha256()

    def writable(self) -> bool:
        return True

    def write(self, data: Buffer) -> int:
        self.sha256.update(data)
        self._stream.write(data)
        return len(memoryview(data))
