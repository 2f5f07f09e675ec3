"""Which tool a command wants that this machine does not have: a compiler, an interpreter, a package
manager.

A submission could claim so to be excused. So three things have to be true: a shell ended with the
status for a command that it did not find, the command as it was handed in names the tool where a
command stands, and it is a tool that the world knows, and is really not on PATH. What a program
prints counts for nothing.
"""

from __future__ import annotations

import os
import re
import shlex
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

NOT_FOUND: Final = 127
"""The status of a shell, and of env(1), that did not find a command (POSIX XCU 2.8.2)."""

NOT_EXECUTABLE: Final = 126

KNOWN: Final = frozenset([
    "ant", "bazel", "bun", "bunx", "bundle", "bundler", "c++", "c99", "cabal", "cargo", "cc",
    "clang", "clang++", "cmake", "composer", "conan", "crystal", "dart", "deno", "dotnet", "dub",
    "elixir", "erl", "escript", "fpc", "g++", "gcc", "gdc", "gfortran", "ghc", "gleam", "gmake",
    "go", "gradle", "guile", "ispc", "java", "javac", "julia", "just", "kotlin", "kotlinc", "ldc2",
    "lein", "lua", "luajit", "luarocks", "make", "maven", "meson", "mix", "mono", "msbuild", "mvn",
    "nim", "nimble", "ninja", "node", "nodejs", "npm", "npx", "ocaml", "ocamlfind", "ocamlopt",
    "odin", "opam", "perl", "php", "pip", "pip3", "pipenv", "pnpm", "poetry", "python", "python3",
    "pypy3", "racket", "raku", "rake", "rebar3", "ruby", "rustc", "rustup", "sbcl", "sbt", "scala",
    "scalac", "scons", "stack", "swift", "swiftc", "tsc", "tsx", "uv", "uvx", "yarn", "zig",
])  # fmt: skip
"""What submissions are built and run with."""

_STARTERS: Final = frozenset([
    "exec", "env", "time", "nohup", "nice", "command", "!", "{", "(", "if", "then", "else",
    "elif", "while", "until", "do", "&&", "||", "|", ";", "&", "((",
])  # fmt: skip
_ASSIGNMENT: Final = re.compile(r"[A-Za-z_]\w*=")
_LONGEST_SCRIPT: Final = 1 << 16
_NAMES_OF_SHELLS: Final = frozenset(["sh", "bash", "dash", "ksh", "zsh", "ash"])
_SHELLS: Final = re.compile(rb"#!\s*(?:/\S*/)?(?:env\s+(?:-S\s+)?)?(?:ba|da|z|k|a)?sh\b")


def _is_a_line(command: Sequence[str]) -> bool:
    return len(command) > 2 and os.path.basename(command[0]) == "sh" and command[1] == "-c"


def missing_tool(text: str) -> str:
    """The first known tool that these lines of a shell start, and that is not on PATH; empty when
    there is none."""
    return next((name for word in commands(text) if (name := absent(word))), "")


def absent(word: str) -> str:
    """The tool that this word names, if it is one that is known and not here; else empty."""
    name = os.path.basename(word)
    there = shutil.which(word) or shutil.which(name)
    return name if name in KNOWN and not there else ""


def text_of(command: Sequence[str], directory: Path) -> str:
    """What a shell is given to read, by the command that starts it: a line, or the submission's own
    script."""
    if _is_a_line(command):
        return command[2]
    by_a_shell = len(command) > 1 and os.path.basename(command[0]) in _NAMES_OF_SHELLS
    own = command[-1] if by_a_shell else command[0]
    if not Path(own).is_relative_to(directory):
        return shlex.join(command)
    try:
        with open(own, "rb") as stream:
            script = stream.read(_LONGEST_SCRIPT)
    except FileNotFoundError:  # its build makes it
        return ""
    of_a_shell = by_a_shell or _SHELLS.match(script)
    return script.decode(errors="replace").replace("\r\n", "\n") if of_a_shell else ""


def started_by(command: Sequence[str]) -> str:
    """The word that names the program which a command starts, in the end; empty where that is not
    certain."""
    if not _is_a_line(command):
        return command[0]
    word = next(commands(command[2]), "")
    # as `sh -c` gives it to the line
    return command[3] if word == "$0" and len(command) > 3 else word


def commands(text: str) -> Iterator[str]:
    """The words that stand where a command does, in the order in which they are written."""
    for line in text.splitlines():
        starts = True
        for word in _words(line):
            if starts and not _ASSIGNMENT.match(word) and word not in _STARTERS:
                yield word
                starts = False
            elif word in _STARTERS:
                starts = True


def _words(line: str) -> list[str]:
    lexer = shlex.shlex(line, posix=True, punctuation_chars=True)
    lexer.whitespace_split = True  # so that g++ is a word
    try:
        return list(lexer)
    except ValueError:  # a quotation mark that is closed on another line
        return []
