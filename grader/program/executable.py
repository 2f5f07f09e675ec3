"""Whether the system starts a file as a program; if not, whose it is to change that: its author's
or the machine's."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Final

from grader.errors import MachineError
from grader.program.missing_tools import absent

_ELF: Final = b"\x7fELF"
_OF_32_BITS: Final = b"\x01"  # elf(5): ELFCLASS32; whether such can run is for `word_size` to say
BOM: Final = b"\xef\xbb\xbf"
"""What some editors put before a text in UTF-8."""

_MACH_O: Final = (b"\xcf\xfa\xed\xfe", b"\xca\xfe\xba\xbe")


def why_not_started(file: Path) -> str:
    """Why execve(2) would not take an executable file: it wants a script with an interpreter, or a
    binary format.

    Raises `MachineError` when the interpreter is a tool that is not on this machine.
    """
    first = beginning(file)
    if first.startswith(_ELF):
        if first[4:5] == _OF_32_BITS or _machine(first) == _machine(beginning(sys.executable)):
            return ""
        return "it is built for another kind of machine"
    if first.startswith(_MACH_O):
        return ""
    if first.startswith(BOM + b"#!"):
        return (
            "it begins with a byte order mark (BOM), so the system does not see the #! of its first"
            " line: save it as UTF-8 without BOM"
        )
    if not first.startswith(b"#!"):
        return "it is not a binary, and not a script (which begins with #!)"
    return _why_no_interpreter(file, first.partition(b"\n")[0])


def _why_no_interpreter(file: Path, first: bytes) -> str:
    """first: the line of #! without its LF."""
    if first.endswith(b"\r"):
        return (
            "its first line ends with CR LF, as on Windows: the CR becomes part of the"
            " interpreter's name"
        )
    words = [os.fsdecode(word) for word in first[2:].split()]
    by_env = bool(words) and os.path.basename(words[0]) == "env"
    for word in words[1:2] if by_env else words[:1]:
        require_tool(word, f"{file.name}, by its first line,")
    if not words or b"\0" in first or not Path(words[0]).exists():
        return (
            "the interpreter in its first line is not on this machine:"
            f" {first.decode(errors='replace').strip()}"
        )
    return ""


def require_tool(word: str, who: str) -> None:
    """Raises `MachineError` when the word names a known tool that is not here."""
    if tool := absent(word):
        raise MachineError(f"{tool} is not on this machine, and {who} needs it: install {tool}")


def beginning(file: str | Path, most: int = 512) -> bytes:
    """Enough of a file to tell what it is; at most so many bytes."""
    with open(file, "rb") as stream:
        return stream.read(most)


def _machine(binary: bytes) -> bytes:
    """Of an ELF header its class and byte order, and the machine (elf(5))."""
    return binary[4:6] + binary[18:20]


def is_a_script(file: Path) -> bool:
    """Whether its first line names an interpreter, or is meant to."""
    return beginning(file).removeprefix(BOM).startswith(b"#!")


def is_a_binary(file: Path) -> bool:
    """Whether it is a program in a format of some system."""
    return beginning(file).startswith((_ELF, *_MACH_O))
