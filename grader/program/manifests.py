"""What starts in a directory by the file of a package manager, or a Makefile."""

from __future__ import annotations

import json
import os
import re
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from grader.program.grade_yaml import can_be_passed
from grader.program.interpreter import interpreter
from grader.program.languages import files_in, has_main, require_program
from grader.program.named_files import Entry, named_as_usual
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
    from collections.abc import Callable, Mapping

_NOT_OWN: Final = frozenset(["node_modules", "venv", "env", "vendor", "__MACOSX", "__pycache__"])
"""Folders of others' programs, besides hidden ones."""

_BIN: Final = "node_modules/.bin"


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
        if is_there or not (main or named_as_usual(directory)):
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
        target = run_target(directory / name)
        if target is None or not _ARGS.search(_text(directory / name)):
            return None
        make = require_program(("make",), name)
        needs = target[1].split()
        plain = bool(needs) and all(map(_PLAIN.fullmatch, needs))
        build = Build((make, *needs), BUILD_SECONDS, f"make {' '.join(needs)}") if plain else None
        return Entry(name, line=_MAKE_RUN, says="make run", build=build)

    return read


def run_target(file: Path) -> re.Match[str] | None:
    """The line of a Makefile that begins its target `run`."""
    return _RUN.search(_text(file))


def _text(file: Path) -> str:
    try:
        return read_small(file).decode("utf-8", "replace")
    except (OSError, ValueError):
        return ""


MAKEFILES: Final = ("GNUmakefile", "makefile", "Makefile")  # in make's own order
_MAKE_RUN: Final = 'exec make --no-print-directory run ARGS="$*"'
_RUN: Final = re.compile(r"^run[ \t]*::?(?!=)([^#;|\n]*)", re.MULTILINE)
_ARGS: Final = re.compile(r"\$[({]ARGS[)}]")
_PLAIN: Final = re.compile(r"[\w.][\w./-]*")

MANIFESTS: Final[Mapping[str, Callable[[Path, str | None], Entry | None]]] = {
    "package.json": _of_node,
    "go.mod": _of_go,
    "Cargo.toml": _of_rust,
    "pyproject.toml": _of_python,
    **{name: _of_make(name) for name in MAKEFILES},
}


def _is_a_folder(place: Path) -> bool:
    is_somebodys = place.name in _NOT_OWN or place.name.startswith(".")
    return place.is_dir() and not place.is_symlink() and not is_somebodys


def _json(file: Path) -> Mapping[str, Any]:
    try:
        read = json.loads(read_small(file))
    except (OSError, ValueError, RecursionError):
        return {}
    return read if isinstance(read, dict) else {}


def _toml(file: Path) -> Mapping[str, Any]:
    import tomllib  # few programs have such a file

    try:
        return tomllib.loads(read_small(file).decode("utf-8"))
    except (OSError, ValueError, RecursionError):
        return {}


def _table(read: Mapping[str, Any], key: str) -> Mapping[str, Any]:
    found = read.get(key)
    return found if isinstance(found, dict) else {}
