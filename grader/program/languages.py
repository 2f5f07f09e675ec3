"""Source files by their suffix: which interpreter runs one, or which compiler builds it and how the
result is run.

The flags are those of somebody who looks for a mistake: warnings that matter, names and lines in
the program, threads. The submission's own file is read as far as it has to be: a class or a package
is named in it.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING, Final

from grader.errors import MachineError
from grader.system.untrusted_files import open_file
from grader.value import Value

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_MOST_READ: Final = 1 << 18
_MOST_FILES: Final = 1000
_NODE: Final = ("node",)
_NODE_WITH_TYPES: Final = ("node", "--experimental-strip-types", "--no-warnings")
_BUN: Final = ("bun", "run")
_DENO: Final = ("deno", "run", "--allow-all", "--unstable-bare-node-builtins")
_OF_DENO: Final = re.compile(r"\bDeno\.")
_OF_BUN: Final = re.compile(r"\bBun\.|from [\"']bun[\"':]")

INTERPRETERS: Final = {
    ".js": (_NODE, _BUN, _DENO),
    ".mjs": (_NODE, _BUN, _DENO),
    ".cjs": (_NODE, _BUN),
    ".ts": (_NODE_WITH_TYPES, _BUN, _DENO),
    ".mts": (_NODE_WITH_TYPES, _BUN, _DENO),
    ".rb": (("ruby",),),
    ".php": (("php",),),
    ".pl": (("perl",),),
    ".lua": (("lua",), ("luajit",)),
}
"""By suffix, the commands that run such a file; the first that is here is taken."""

_FLAGS_OF_C: Final = ("-O1", "-g", "-Wall", "-pthread")
_RUSTC: Final = ("--edition", "2021", "-O", "-g", "--crate-name", "program")


class Compiler(Value, frozen=True):
    """tools: any of them compiles such a file. needed: what runs the result."""

    tools: tuple[str, ...]
    flags: tuple[str, ...] = ()
    needed: str = ""


COMPILERS: Final = {
    ".c": Compiler(("cc", "gcc", "clang"), _FLAGS_OF_C),
    ".cc": Compiler(("c++", "g++", "clang++"), ("-std=c++20", *_FLAGS_OF_C)),
    ".cpp": Compiler(("c++", "g++", "clang++"), ("-std=c++20", *_FLAGS_OF_C)),
    ".cxx": Compiler(("c++", "g++", "clang++"), ("-std=c++20", *_FLAGS_OF_C)),
    ".go": Compiler(("go",), ("build", "-buildvcs=false")),
    ".rs": Compiler(("rustc",), _RUSTC),
    ".java": Compiler(("javac",), ("-g", "-encoding", "UTF-8"), "java"),
    ".kt": Compiler(("kotlinc",), ("-include-runtime",), "java"),
}

# no \s after ^: at each of many empty lines it would run to the last one
_MAIN: Final = {
    ".c": re.compile(r"^[ \t]*(?:int|void|auto)\s+main\s*\(", re.MULTILINE),
    ".go": re.compile(r"^func\s+main\s*\(", re.MULTILINE),
    ".java": re.compile(r"\bstatic\s+void\s+main\s*\("),
    ".kt": re.compile(r"^[ \t]*(?:suspend\s+)?fun\s+main\s*\(", re.MULTILINE),
}
_OF_C: Final = frozenset([".c", ".cc", ".cpp", ".cxx"])
_PACKAGE: Final = re.compile(r"^[ \t]*package\s+([\w.]+)", re.MULTILINE)
_TYPE: Final = re.compile(r"\b(?:class|record|enum|interface)\s+(\w+)")


class Compiled(Value, frozen=True):
    """build: the command. says: the same in short. run: how the result is run; empty where it is a
    program itself."""

    build: tuple[str, ...]
    says: str
    run: tuple[str, ...] = ()


def interpreter_for(file: Path) -> tuple[str, ...]:
    """The command that runs this file, its program as an absolute path. Raises `MachineError` when
    there is none."""
    known = INTERPRETERS[file.suffix]
    for words in _in_order(known, file):
        if (found := shutil.which(words[0])) and _takes(found, words):
            return (str(Path(found).absolute()), *words[1:])
    lacks = [_named(words) for words in known]
    raise MachineError(_is_missing(lacks, file.name))


def compiler_for(file: Path, base: Path, out: str, *, alone: bool) -> Compiled:
    """How this file is built in the directory `base`, to be `out` in it. alone: without the other
    files of its directory. Raises `MachineError` when the compiler is not here."""
    compiler = COMPILERS[file.suffix]
    tool = _found(compiler.tools, file.name)
    sources = [file] if alone else [file, *_others(file)]
    names = [_as_argument(source.relative_to(base)) for source in sources]
    says = " ".join([compiler.tools[0], *compiler.flags[:4]])
    if file.suffix == ".java":
        java = _found((compiler.needed,), file.name)
        words = (tool, *compiler.flags, "-d", out, *names)
        return Compiled(words, says, (java, "-cp", out, _java_class(file)))
    if file.suffix == ".kt":
        java = _found((compiler.needed,), file.name)
        words = (tool, *names, *compiler.flags, "-d", f"{out}.jar")
        return Compiled(words, says, (java, "-jar", f"{out}.jar"))
    end = ("-lm",) if file.suffix in _OF_C else ()
    return Compiled((tool, *compiler.flags, "-o", out, *names, *end), says)


def text_of_source(file: Path) -> str:
    """The beginning of a file; empty when it cannot be read, or is no regular file."""
    try:
        with open(open_file(file), "rb") as stream:
            return stream.read(_MOST_READ).decode("utf-8", "replace")
    except OSError:
        return ""


def has_main(file: Path) -> bool:
    """Whether a program begins in this file, as far as its language says so."""
    begins = _MAIN.get(".c" if file.suffix in _OF_C else file.suffix)
    return begins is None or bool(begins.search(text_of_source(file)))


def files_in(directory: Path) -> Iterator[Path]:
    """The regular files of a directory by their names; no more than 1000 entries are looked at, and
    no link is followed."""
    try:
        with os.scandir(directory) as entries:
            found = [entry for entry, _ in zip(entries, range(_MOST_FILES), strict=False)]
    except OSError:
        return
    yield from sorted(Path(entry.path) for entry in found if entry.is_file(follow_symlinks=False))


def require_program(tools: Sequence[str], who: str) -> str:
    """The absolute path of the first of these tools that is here. Raises `MachineError`."""
    return _found(tools, who)


def _in_order(known: Sequence[tuple[str, ...]], file: Path) -> Iterator[tuple[str, ...]]:
    """Those that the file itself asks for go first."""
    text = text_of_source(file)
    wanted = [
        words
        for words, asks in ((_DENO, _OF_DENO), (_BUN, _OF_BUN))
        if words in known and asks.search(text)
    ]
    yield from dict.fromkeys([*wanted, *known])


def _takes(program: str, words: Sequence[str]) -> bool:
    """Whether this version has the options; asked only where an older one has not."""
    if words != _NODE_WITH_TYPES:
        return True
    try:
        asked = subprocess.run(
            [program, *words[1:], "--version"], capture_output=True, timeout=30, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return asked.returncode == 0


def _named(words: Sequence[str]) -> str:
    return "node (22.6 or newer)" if words == _NODE_WITH_TYPES else words[0]


def _found(tools: Sequence[str], who: str) -> str:
    for name in tools:
        if found := shutil.which(name):
            return str(Path(found).absolute())
    raise MachineError(_is_missing(tools, who))


def _is_missing(tools: Sequence[str], who: str) -> str:
    first, *others = tools
    if not others:
        return f"{first} is not on this machine, and {who} needs it: install {first}"
    return f"{who} needs {', '.join([first, *others[:-1]])} or {others[-1]}: install one of them"


def _others(file: Path) -> list[Path]:
    """The other source files of its directory that belong to the program: those in which none
    begins. In Rust the file itself names them."""
    if file.suffix not in COMPILERS or file.suffix == ".rs":
        return []
    if file.suffix == ".java":  # javac takes any number of classes with a main
        return [
            other for other in files_in(file.parent) if other.suffix == ".java" and other != file
        ]
    alike = _OF_C - {".c"} if file.suffix in _OF_C - {".c"} else {file.suffix}
    return [
        other
        for other in files_in(file.parent)
        if other.suffix in alike
        and other != file
        and not has_main(other)
        and not other.stem.endswith("_test")
    ]


def _as_argument(path: Path) -> str:
    """A name that no compiler takes for an option, or for a file of options."""
    return f"./{path}" if str(path)[:1] in "-@" else str(path)


def _java_class(file: Path) -> str:
    """The class that begins the program: the one that the file is named after, if it is there."""
    text = text_of_source(file)
    names = _TYPE.findall(text)
    name = file.stem if file.stem in names or not names else names[0]
    package = _PACKAGE.search(text)
    return f"{package[1]}.{name}" if package else name
