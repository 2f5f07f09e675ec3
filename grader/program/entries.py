"""What starts in a directory without a `grade.yaml`: a file by its name, what the file of a package
manager says, or the only program that there is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from grader.course.model import COURSE_FILE
from grader.errors import UsageError
from grader.program.executable import is_a_binary, is_a_script
from grader.program.languages import files_in, has_main
from grader.program.manifests import MAKEFILES, MANIFESTS, run_target
from grader.program.named_files import SUFFIXES, Entry, named_as_usual

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

ENTRIES: Final = ("your_program.sh", "your_server.sh", "main.py", "app/main.py", "server.py")
"""What is looked for in a directory first, in this order, unless it has a `grade.yaml`."""

_MOST_NAMED: Final = 5


class SeveralPrograms(UsageError):
    """A directory has more than one program, and nothing says which is meant."""


def entry_of(path: str, directory: Path, python: str | None) -> Entry:
    """What the directory that was named by `path` starts with. Raises `UsageError` where there is
    nothing, or more than one program, and `MachineError` for a tool that is not here."""
    for name in ENTRIES:
        if (directory / name).is_file():
            return Entry(name, directory / name)
    where = "this directory" if path == "." else path
    if (directory / COURSE_FILE).is_file():
        raise UsageError(
            f"{where} is a course, not a program: name yours; grade init DIR writes a first one"
        )
    for manifest, read in MANIFESTS.items():
        if (directory / manifest).is_file() and (entry := read(directory, python)):
            return entry
    found = _guessed(directory)
    if len(found) == 1:
        return found[0]
    if found:
        raise SeveralPrograms(_which_one(path, found))
    if makefile := next((name for name in MAKEFILES if run_target(directory / name)), ""):
        raise UsageError(
            f"{where} has a {makefile} whose run target does not use $(ARGS): put it where the"
            " program's arguments go"
        )
    first = "; grade init writes a first program" if path == "." else ""
    raise UsageError(
        f"{where} has no program to start: expected one of {', '.join(ENTRIES)}, another source"
        f" file, or a grade.yaml with an 'entry'{first}"
    )


def _guessed(directory: Path) -> list[Entry]:
    """The programs that are there: by their usual names, or else whatever their names."""
    usual = named_as_usual(directory)
    others = [] if usual else [*_programs(directory)]
    if not (usual or others):
        usual = named_as_usual(directory, unfinished=True)
    if usual:
        return [Entry(str(file.relative_to(directory)), file) for file in usual]
    others = others or _scripts(directory)
    return [Entry(file.name, file, says=only_program(file.name)) for file in others]


def only_program(name: str) -> str:
    """What is said of a program that is taken because there is no other one."""
    return f"{name}, its only program"


def other_entry(directory: Path, but: str) -> str:
    """Another file of the directory that could be its program; empty when there is none."""
    usual = (directory / name for name in ENTRIES if name != but and not name.endswith(".sh"))
    found = [file for file in usual if file.is_file()] or named_as_usual(directory)
    return str(found[0].relative_to(directory)) if found else ""


def _which_one(path: str, found: list[Entry]) -> str:
    names = [entry.name for entry in found[:_MOST_NAMED]]
    more = ", ..." if len(found) > _MOST_NAMED else ""
    where = "this directory" if path == "." else path
    first = names[0] if path == "." else f"{path.rstrip('/')}/{names[0]}"
    return (
        f"{where} has several programs: {', '.join(names)}{more}; name the one to grade, such as"
        f" {first}"
    )


def _programs(directory: Path) -> Iterator[Path]:
    """The files that could be a program, whatever their names."""
    for file in files_in(directory):
        known = file.suffix in SUFFIXES and has_main(file)
        if known or (not file.suffix and (is_a_script(file) or is_a_binary(file))):
            yield file


def _scripts(directory: Path) -> list[Path]:
    """Scripts for a shell, which may start anything."""
    return [file for file in files_in(directory) if file.suffix == ".sh"]
