"""Unpacks an archive that nobody has looked at: what is in it lands in one directory, or it is
refused in a sentence.

How it works. The standard library reads the archive, and `grader.intake.unpacked` writes what it
says, by descriptors, within bounds. What is compressed as a whole is first unpacked to a file, as
far as the bounds go: so reading never has to go on for ever, and never takes more memory than one
piece.

Why so. An archive is read by the grader itself, outside of every wall. `tarfile.data_filter` is
asked, and is not relied on: in Python 3.11.7 it could be deceived about links (CVE-2025-4517).
"""

from __future__ import annotations

import io
import lzma
import os
import stat
import tarfile
import tempfile
import zipfile
import zlib
from functools import partial
from typing import IO, TYPE_CHECKING, Final

from grader.errors import GraderError, MachineError, NotGraded, lack
from grader.intake.bounds import BOUNDS, Bounds
from grader.intake.unpacked import Kind, Member, Unpacked, short
from grader.isolation.removal import remove
from grader.system.untrusted_files import open_file
from grader.text.escape import printable

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_PIECE: Final = 1 << 16
_LONGEST_HEADER: Final = 1 << 18
"""Bytes of what tar says about one member; more is only said to take memory."""

_LONGEST_LIST: Final = 8 << 20
"""Bytes of a zip's list of members: more than `BOUNDS` has names for."""

_XZ_MEMORY: Final = 256 << 20
_METHODS: Final = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_PASSWORD: Final = 0x1
_UNIX, _WINDOWS = 3, 0  # APPNOTE.TXT 4.4.2.2: the system that a member was made on
_LONGEST_LINK: Final = 1000


def unpack_archive(archive: Path, shown: str, directory: Path, bounds: Bounds = BOUNDS) -> None:
    """Unpack it to a directory that is not there yet; of an archive that is refused, nothing stays.

    shown: how the archive is called in a sentence. Raises `NotGraded` for one that is damaged, too
    large, or holds what is no submission's: names and links that lead out of it, devices, files
    with a password.
    """
    try:
        stream = open(open_file(archive), "rb")  # noqa: SIM115  (closed below)
    except OSError as error:
        raise _refusal(shown, f"cannot be read: {error.strerror}", error) from error
    directory.mkdir()
    try:
        with stream, Unpacked(directory, bounds) as found:
            for member in _members(archive.name.lower(), stream, directory, bounds):
                found.take(member)
            found.link()
    except NotGraded as error:
        remove(directory)
        raise _refusal(shown, str(error), error) from error
    except Exception as error:
        # whatever the library stumbles upon: its author is who can change that
        remove(directory)
        raise _refusal(shown, "cannot be unpacked: it is damaged, or no archive", error) from error


def _refusal(shown: str, what: str, error: Exception) -> GraderError:
    if lacks := lack(error):
        return MachineError(lacks)
    return NotGraded(printable(f"{shown} {what}"))


def _members(name: str, stream: IO[bytes], place: Path, bounds: Bounds) -> Iterator[Member]:
    if name.endswith(".zip"):
        with _Bounded(stream, _LONGEST_LIST) as bounded:
            yield from _of_zip(bounded)
    elif name.endswith(".tar"):
        with _Bounded(stream, _LONGEST_HEADER) as bounded:
            yield from _of_tar(bounded, place)
    else:
        with tempfile.TemporaryFile(dir=place.parent) as whole:
            _decompress(stream, whole, bounds, xz=name.endswith(".xz"))
            whole.seek(0)
            with _Bounded(whole, _LONGEST_HEADER) as bounded:
                yield from _of_tar(bounded, place)


def _of_zip(stream: IO[bytes]) -> Iterator[Member]:
    with zipfile.ZipFile(stream) as archive:
        for info in archive.infolist():
            yield _zipped(archive, info)


def _zipped(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> Member:
    """A member; Windows once wrote its own separators, and knows no rights."""
    name = info.filename
    if info.create_system == _WINDOWS and "/" not in name:
        name = name.replace("\\", "/")
    mode = info.external_attr >> 16 if info.create_system == _UNIX else 0
    kind = _KINDS.get(stat.S_IFMT(mode), Kind.OTHER)
    if name.endswith("/"):
        return Member(name, Kind.DIRECTORY)
    if info.flag_bits & _PASSWORD:
        raise NotGraded("is protected by a password; hand it in without one")
    if info.compress_type not in _METHODS:
        raise NotGraded("is compressed in an unusual way; make it with zip, or as .tar.gz")
    content = partial(archive.open, info)
    if kind is Kind.LINK:
        with content() as target:
            read = target.read(_LONGEST_LINK + 1)
        return Member(name, kind, link=os.fsdecode(read))
    return Member(name, kind, runs=bool(mode & stat.S_IXUSR), content=content)


_KINDS: Final = {
    0: Kind.FILE, stat.S_IFREG: Kind.FILE, stat.S_IFDIR: Kind.DIRECTORY, stat.S_IFLNK: Kind.LINK,
}  # fmt: skip


def _of_tar(stream: IO[bytes], place: Path) -> Iterator[Member]:
    with tarfile.open(fileobj=stream, mode="r:", errors="surrogateescape") as archive:
        for info in archive:
            yield _in_tar(archive, info, place)


def _in_tar(archive: tarfile.TarFile, info: tarfile.TarInfo, place: Path) -> Member:
    runs = bool(info.mode and info.mode & stat.S_IXUSR)
    if info.isdir():
        found = Member(info.name, Kind.DIRECTORY)
    elif info.issym():
        found = Member(info.name, Kind.LINK, link=info.linkname)
    elif info.islnk():
        found = Member(info.name, Kind.SAME, link=info.linkname, runs=runs)
    elif info.isreg():
        found = Member(info.name, Kind.FILE, runs=runs, content=partial(_content, archive, info))
    else:
        found = Member(info.name, Kind.OTHER)
    found.require_plain()
    is_left_out = found.kind is Kind.LINK and found.is_in_an_environment
    if not is_left_out and hasattr(tarfile, "data_filter"):  # since Python 3.11.4
        _filtered(info, place)
    return found


def _filtered(info: tarfile.TarInfo, place: Path) -> None:
    try:
        tarfile.data_filter(info, str(place))
    except tarfile.FilterError as error:
        raise NotGraded(f"holds {short(info.name)}, which leads out of it") from error


def _content(archive: tarfile.TarFile, info: tarfile.TarInfo) -> IO[bytes]:
    found = archive.extractfile(info)
    assert found is not None
    return found


class _Bounded(io.BufferedReader):
    """A file that is read in pieces: who asks for more than `most` bytes at once was told to."""

    def __init__(self, stream: IO[bytes], most: int) -> None:
        super().__init__(io.FileIO(os.dup(stream.fileno())))
        self._most = most

    def read(self, size: int | None = -1, /) -> bytes:
        """As much as was asked for, or else all."""
        wanted = self._most + 1 if size is None or size < 0 else size
        found = super().read(min(wanted, self._most + 1))
        if wanted > self._most < len(found):
            raise NotGraded("says more about its files than is read")
        return found


def _decompress(stream: IO[bytes], whole: IO[bytes], bounds: Bounds, *, xz: bool) -> None:
    """All members of a .gz or .xz in one file. A tar has up to three blocks about each name."""
    left = bounds.size + bounds.names * 4 * tarfile.BLOCKSIZE
    for piece in _xz_pieces(stream) if xz else _gz_pieces(stream):
        left -= len(piece)
        if left < 0:
            raise bounds.refusal()
        whole.write(piece)
    whole.flush()


def _gz_pieces(stream: IO[bytes]) -> Iterator[bytes]:
    unpacker = zlib.decompressobj(zlib.MAX_WBITS | 16)
    data = stream.read(_PIECE)
    while data:
        yield unpacker.decompress(data, _PIECE)
        data = unpacker.unconsumed_tail
        if unpacker.eof:  # another member may follow, or zeros (RFC 1952 2.2)
            data = (unpacker.unused_data or stream.read(_PIECE)).lstrip(b"\0")
            unpacker = zlib.decompressobj(zlib.MAX_WBITS | 16)
        data = data or stream.read(_PIECE)
    yield unpacker.flush()


def _xz_pieces(stream: IO[bytes]) -> Iterator[bytes]:
    unpacker = lzma.LZMADecompressor(lzma.FORMAT_XZ, memlimit=_XZ_MEMORY)
    data = stream.read(_PIECE)
    while data:
        yield unpacker.decompress(data, _PIECE)
        while not unpacker.needs_input and not unpacker.eof:
            yield unpacker.decompress(b"", _PIECE)
        data = b""
        if unpacker.eof:
            data = unpacker.unused_data.lstrip(b"\0")
            unpacker = lzma.LZMADecompressor(lzma.FORMAT_XZ, memlimit=_XZ_MEMORY)
        data = data or stream.read(_PIECE)
