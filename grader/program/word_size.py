"""Programs of 32 bits: their system calls have other numbers, so where calls are refused, all of
theirs are."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from grader.errors import NotGraded
from grader.isolation import seccomp
from grader.system.untrusted_files import open_file

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

_ELF_OF_32_BITS: Final = b"\x7fELF\x01"  # elf(5): ELFCLASS32


def require_64_bits(places: Iterable[Path]) -> None:
    """Raises `NotGraded` when the first of these files that is there is a 32-bit program, and such
    cannot run here."""
    found = next(filter(None, map(_beginning, places)), b"")
    if found == _ELF_OF_32_BITS and not seccomp.missing():
        raise NotGraded(
            "your program is a 32-bit program, which cannot run here: build it for 64 bits, without"
            " options such as -m32, -f elf32 or GOARCH=386"
        )


def _beginning(file: Path) -> bytes:
    """What a regular file begins with; nothing of a link or a pipe that was put in its place."""
    try:
        descriptor = open_file(file)
    except OSError:
        return b""
    with open(descriptor, "rb", buffering=0) as opened:
        return opened.read(len(_ELF_OF_32_BITS)) or b""
