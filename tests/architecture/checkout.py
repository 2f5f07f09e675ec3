"""What the checkout holds: the files that are the project's own, and its Python sources as syntax
trees."""

from __future__ import annotations

import ast
import shutil
import subprocess
from dataclasses import dataclass, field
from functools import cache, cached_property
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

ROOT = Path(__file__).resolve().parents[2]
LEFT_BEHIND = frozenset({"dist", "build", "node_modules", "__pycache__"})


@dataclass(frozen=True)
class Source:
    """One Python file; `name` is its path in the checkout."""

    name: str
    text: str = field(repr=False)

    @cached_property
    def tree(self) -> ast.Module:
        return ast.parse(self.text, self.name)

    @cached_property
    def nodes(self) -> tuple[ast.AST, ...]:
        """All of the tree, in no order: to walk it takes as long as to read the file."""
        return tuple(ast.walk(self.tree))

    @property
    def lines(self) -> int:
        return self.text.count("\n")


@cache
def ours(*places: str) -> tuple[str, ...]:
    """The files below these places (all, without any) that git keeps or would keep; sorted.

    Outside a repository: everything but hidden folders and what tools leave behind.
    """
    names = _kept_by_git() if (ROOT / ".git").exists() and shutil.which("git") else _lying_about()
    wanted = [name for name in names if not places or any(_within(name, place) for place in places)]
    return tuple(sorted(name for name in wanted if (ROOT / name).is_file()))


@cache
def sources(*places: str) -> tuple[Source, ...]:
    """The Python files below these places."""
    return tuple(_source(name) for name in ours(*places) if name.endswith(".py"))


@cache
def _source(name: str) -> Source:
    return Source(name, (ROOT / name).read_text(encoding="utf-8"))


def assert_none(offenders: Iterable[str]) -> None:
    """Fail with all that offend against a rule, a line for each."""
    found = list(offenders)
    assert not found, "\n".join(found)


def _within(name: str, place: str) -> bool:
    return name == place or name.startswith(f"{place}/")


def _kept_by_git() -> list[str]:
    # Whoever owns the checkout: the tests also run as root on somebody's files.
    git = ["git", "-c", "safe.directory=*", "-C", str(ROOT), "ls-files", "-z"]
    listed = subprocess.run(
        [*git, "--cached", "--others", "--exclude-standard"],
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    return [name for name in listed.split("\0") if name]


def _lying_about() -> list[str]:
    files = (path.relative_to(ROOT) for path in ROOT.rglob("*") if path.is_file())
    return [path.as_posix() for path in files if not any(_foreign(part) for part in path.parts)]


def _foreign(part: str) -> bool:
    hidden = part[0] == "." and part not in (".ci", ".gitignore", ".github")
    return hidden or part in LEFT_BEHIND or part.endswith((".egg-info", ".pyc"))
