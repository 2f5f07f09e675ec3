"""What starts in a directory without a `grade.yaml`: a file by its name, what the file of a package
manager says, or the only program that there is."""

from __future__ import annotations

import json
import os
import re
import shutil
import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from grader.course.model import COURSE_FILE
from grader.errors import UsageError
from grader.program.executable import is_a_binary, is_a_script
from grader.program.grade_yaml import can_be_passed
from grader.program.interpreter import interpreter
from grader.program.languages import (
    COMPILERS,
    INTERPRETERS,
    files_in,
    has_main,
    require_program,
)
from grader.program.start_command import (
    BUILD_SECONDS,
    BUILT,
    Build,
    StartCommand,
    our_build,
    to_be_built,
)
from grader.system.untrusted_files import read_small

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

ENTRIES: Final = ("your_program.sh", "your_server.sh", "main.py", "app/main.py", "server.py")
"""What is looked for in a directory first, in this order, unless it has a `grade.yaml`."""

_SUFFIXES: Final = (".py", *INTERPRETERS, *COMPILERS)
_STEMS: Final = ("server", "main", "app", "index", "Server", "Main")
_FOLDERS: Final = ("", "app", "src", "src/main/java")
_MOST_NAMED: Final = 5
_BIN: Final = "node_modules/.bin"


@dataclass(frozen=True, slots=True)
class Entry:
    """What a directory starts with: the file; a line for the shell, as the package manager's file
    has it; or a start that is ready. name: of the file that says so. says: the line in short.
    build: what is done once before."""

    name: str
    file: Path | None = None
    line: str = ""
    start: StartCommand | None = field(default=None)
    says: str = ""
    build: Build | None = None


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
    for manifest, read in _MANIFESTS.items():
        if (directory / manifest).is_file() and (entry := read(directory, python)):
            return entry
    found = (
        _named_as_usual(directory)
        or [*_programs(directory)]
        or _named_as_usual(directory, unfinished=True)
    )
    if len(found) == 1:
        return Entry(str(found[0].relative_to(directory)), found[0])
    if found:
        raise UsageError(_which_one(path, directory, found))
    if makefile := next((name for name in _MAKEFILES if _run_target(directory / name)), ""):
        raise UsageError(
            f"{where} has a {makefile} whose run target does not use $(ARGS): put it where the"
            " program's arguments go"
        )
    first = "; grade init writes a first program" if path == "." else ""
    raise UsageError(
        f"{where} has no program to start: expected one of {', '.join(ENTRIES)}, another source"
        f" file, or a grade.yaml with an 'entry'{first}"
    )


def other_entry(directory: Path, but: str) -> str:
    """Another file of the directory that could be its program; empty when there is none."""
    usual = (directory / name for name in ENTRIES if name != but and not name.endswith(".sh"))
    found = [file for file in usual if file.is_file()] or _named_as_usual(directory)
    return str(found[0].relative_to(directory)) if found else ""


def _which_one(path: str, directory: Path, found: list[Path]) -> str:
    names = [str(file.relative_to(directory)) for file in found[:_MOST_NAMED]]
    more = ", ..." if len(found) > _MOST_NAMED else ""
    where = "this directory" if path == "." else path
    first = names[0] if path == "." else f"{path.rstrip('/')}/{names[0]}"
    return (
        f"{where} has several programs: {', '.join(names)}{more}; name the one to grade, such as"
        f" {first}"
    )


def _named_as_usual(directory: Path, *, unfinished: bool = False) -> list[Path]:
    """The program by its name; in the first folder that has one, and there by its first stem.
    unfinished: also one that does not say yet where it begins."""
    for folder in _FOLDERS:
        files = [file for file in files_in(directory / folder) if file.suffix in _SUFFIXES]
        for stem in _STEMS:
            named = [file for file in files if file.stem == stem]
            if found := [file for file in named if unfinished or has_main(file)]:
                return found
    return []


def _programs(directory: Path) -> Iterator[Path]:
    """The files that could be a program, whatever their names."""
    for file in files_in(directory):
        known = file.suffix in _SUFFIXES and has_main(file)
        if known or (not file.suffix and (is_a_script(file) or is_a_binary(file))):
            yield file


def _of_node(directory: Path, _python: str | None) -> Entry | None:
    """Of package.json: its start script, or its main file; not a script whose program is not here,
    where there is another file to start."""
    read = _json(directory / "package.json")
    scripts = read.get("scripts")
    line = scripts.get("start") if isinstance(scripts, dict) else None
    main = _main_of_node(read, directory)
    if isinstance(line, str) and line.strip() and can_be_passed(line):
        line = _installed(line.strip(), directory)
        word = line.split()[0]
        is_there = "/" in word or "=" in word or shutil.which(word)
        if is_there or not (main or _named_as_usual(directory)):
            return Entry("package.json", line=line)
    return Entry(str(main.relative_to(directory)), main) if main else None


def _main_of_node(read: Mapping[str, Any], directory: Path) -> Path | None:
    main = read.get("main")
    if not isinstance(main, str) or not can_be_passed(main):
        return None
    file = Path(os.path.normpath(directory / main))
    # what is named elsewhere, as /proc/self/cwd/x.js, may lead back to it
    return file if file.is_relative_to(directory) and file.is_file() else None


def _installed(line: str, directory: Path) -> str:
    """The line, with the place of its program where npm would find it."""
    word = line.split()[0]
    is_there = word.isprintable() and (directory / _BIN / word).is_file() and "/" not in word
    return f"./{_BIN}/{line}" if is_there else line


def _of_go(directory: Path, _python: str | None) -> Entry | None:
    """Of a module of Go: its package with a main, in this directory or right below it."""
    inner = sorted(place for place in directory.iterdir() if _is_a_folder(place))
    below = (
        place for folder in inner if folder.name == "cmd" for place in sorted(folder.iterdir())
    )
    for place in (directory, *inner, *filter(_is_a_folder, below)):
        files = (file for file in files_in(place) if file.suffix == ".go")
        if any(has_main(file) for file in files):
            package = f"./{place.relative_to(directory)}"
            go = require_program(("go",), "go.mod")
            words = (go, "build", "-buildvcs=false", "-o", f"{BUILT}/program", package)
            build = our_build(words, f"go build {package}", "go.mod")
            return Entry("go.mod", start=to_be_built(directory / BUILT / "program", build=build))
    return None


def _of_rust(directory: Path, _python: str | None) -> Entry | None:
    """Of Cargo.toml: its only or default program, without the network."""
    read = _toml(directory / "Cargo.toml")
    package = _table(read, "package")
    bins = read.get("bin")
    first = bins[0] if isinstance(bins, list) and bins and isinstance(bins[0], dict) else {}
    name = package.get("default-run") or first.get("name") or package.get("name")
    if not isinstance(name, str) or not name or "/" in name or "\0" in name:
        return None
    cargo = require_program(("cargo",), "Cargo.toml")
    words = (cargo, "build", "--release", "--offline", "--target-dir", BUILT, "--bin", name)
    build = our_build(words, "cargo build --release --offline", "Cargo.toml")
    return Entry("Cargo.toml", start=to_be_built(directory / BUILT / "release" / name, build=build))


_CALL: Final = (
    "import sys, importlib; sys.path[:0] = ['src', '.']; sys.argv[0] = {name!r};"
    " sys.exit(importlib.import_module({module!r}).{function}())"
)


def _of_python(directory: Path, python: str | None) -> Entry | None:
    """Of pyproject.toml: the first of its scripts, as its installation would start it."""
    read = _toml(directory / "pyproject.toml")
    poetry = _table(_table(read, "tool"), "poetry")
    scripts = _table(_table(read, "project"), "scripts") or _table(poetry, "scripts")
    name, value = next(iter(scripts.items()), ("", None))
    if not isinstance(value, str):
        return None
    module, _, function = (part.strip() for part in value.partition(":"))
    words = (*module.split("."), *function.split("."))
    if not all(word.isidentifier() for word in words):
        return None
    program = interpreter(python or "python3")
    code = _CALL.format(name=name, module=module, function=function)
    return Entry("pyproject.toml", start=StartCommand((program, "-c", code), (program,)))


def _of_make(name: str) -> Callable[[Path, str | None], Entry | None]:
    """Of a Makefile: its target `run`, where that passes the arguments on. What it needs is made
    once before, as far as its names are plain."""

    def read(directory: Path, _python: str | None) -> Entry | None:
        target = _run_target(directory / name)
        if target is None or not _ARGS.search(_text(directory / name)):
            return None
        make = require_program(("make",), name)
        needs = target[1].split()
        plain = bool(needs) and all(map(_PLAIN.fullmatch, needs))
        build = Build((make, *needs), BUILD_SECONDS, f"make {' '.join(needs)}") if plain else None
        return Entry(name, line=_MAKE_RUN, says="make run", build=build)

    return read


def _run_target(file: Path) -> re.Match[str] | None:
    return _RUN.search(_text(file))


def _text(file: Path) -> str:
    try:
        return read_small(file).decode("utf-8", "replace")
    except (OSError, ValueError):
        return ""


_MAKEFILES: Final = ("GNUmakefile", "makefile", "Makefile")  # in make's own order
_MAKE_RUN: Final = 'exec make --no-print-directory run ARGS="$*"'
_RUN: Final = re.compile(r"^run[ \t]*::?(?!=)([^#;|\n]*)", re.MULTILINE)
_ARGS: Final = re.compile(r"\$[({]ARGS[)}]")
_PLAIN: Final = re.compile(r"[\w.][\w./-]*")

_MANIFESTS: Final[Mapping[str, Callable[[Path, str | None], Entry | None]]] = {
    "package.json": _of_node,
    "go.mod": _of_go,
    "Cargo.toml": _of_rust,
    "pyproject.toml": _of_python,
    **{name: _of_make(name) for name in _MAKEFILES},
}


def _is_a_folder(place: Path) -> bool:
    return place.is_dir() and not place.is_symlink() and not place.name.startswith(".")


def _json(file: Path) -> Mapping[str, Any]:
    try:
        read = json.loads(read_small(file))
    except (OSError, ValueError, RecursionError):
        return {}
    return read if isinstance(read, dict) else {}


def _toml(file: Path) -> Mapping[str, Any]:
    try:
        return tomllib.loads(read_small(file).decode("utf-8"))
    except (OSError, ValueError, RecursionError):
        return {}


def _table(read: Mapping[str, Any], key: str) -> Mapping[str, Any]:
    found = read.get(key)
    return found if isinstance(found, dict) else {}
