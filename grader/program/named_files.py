"""What a directory starts with, as a value; and the program in it by its usual name."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from msgspec import field

from grader.program.languages import COMPILERS, INTERPRETERS, files_in, has_main
from grader.value import Value

if TYPE_CHECKING:
    from pathlib import Path

    from grader.program.start_command import Build, StartCommand

SUFFIXES: Final = (".py", *INTERPRETERS, *COMPILERS)
_STEMS: Final = ("server", "main", "app", "index", "Server", "Main")
_FOLDERS: Final = ("", "app", "src", "src/main/java")


class Entry(Value, frozen=True):
    """What a directory starts with: the file; a line for the shell, as the package manager's file
    has it; or a start that is ready. name: of the file that says so. says: the line in short.
    build: what is done once before."""

    name: str
    file: Path | None = None
    line: str = ""
    start: StartCommand | None = field(default=None)
    says: str = ""
    build: Build | None = None


def named_as_usual(directory: Path, *, unfinished: bool = False) -> list[Path]:
    """The program by its name; in the first folder that has one, and there by its first stem.
    unfinished: also one that does not say yet where it begins."""
    for folder in _FOLDERS:
        files = [file for file in files_in(directory / folder) if file.suffix in SUFFIXES]
        for stem in _STEMS:
            named = [file for file in files if file.stem == stem]
            if found := [file for file in named if unfinished or has_main(file)]:
                return found
    return []
