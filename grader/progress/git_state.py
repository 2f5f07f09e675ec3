"""Which commit a directory is at, and whether it has changes, without running anything that the
repository says.

A repository's own configuration can name programs that git runs: monitors, filters, hooks. So HEAD
is read by ourselves, and git compares the files under a configuration of ours, in a repository that
only borrows the other's objects and index.
"""

from __future__ import annotations

import os
import re
import shutil
import stat
import subprocess
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from grader import own_memory
from grader.errors import MachineError
from grader.isolation.scratch import scratch_directory
from grader.progress.record import Moment

if TYPE_CHECKING:
    from pathlib import Path

_LIMIT_S: Final = 2.0
_MOST_INDEX: Final = 16 << 20
_MOST_REFS: Final = 4 << 20
_MOST_TEXT: Final = 4096
_OBJECT: Final = re.compile(r"[0-9a-f]{40}")
_REF: Final = re.compile(r"ref: (refs/[\w./+@=-]{1,200})")
_STATUS: Final = (
    "--porcelain",
    "--untracked-files=no",
    "--ignore-submodules=all",
    "--no-renames",
)
_CONFIG: Final = "[core]\n\trepositoryformatversion = 0\n\tfilemode = true\n\tbare = false\n"


def moment(directory: Path) -> Moment:
    """Now, and what git knows of the directory: nothing where that cannot be told simply."""
    at = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    try:
        found = _repository(directory)
        if found is None:
            return Moment(at)
        tree, own, common = found
        commit = _commit(own, common)
        return Moment(at, commit, None if commit is None else _dirty(tree, own, common, commit))
    except (OSError, ValueError, subprocess.SubprocessError, MachineError):
        return Moment(at)


def _repository(directory: Path) -> tuple[Path, Path, Path] | None:
    """The work tree, its own git directory, and the one it shares with other work trees."""
    for tree in (directory, *directory.parents):
        dot = tree / ".git"
        if not os.path.lexists(dot):
            continue
        if dot.is_dir():
            return tree, dot, dot
        named = re.fullmatch(r"gitdir: (.+)\n?", _text(dot))
        if named is None:
            return None
        own = (tree / named[1]).resolve()
        shared = own / "commondir"
        return tree, own, (own / _text(shared).strip()).resolve() if shared.exists() else own
    return None


def _commit(own: Path, common: Path) -> str | None:
    """The commit of HEAD; None before the first one."""
    said = _text(own / "HEAD").strip()
    for _ in range(5):
        if _OBJECT.fullmatch(said):
            return said
        named = _REF.fullmatch(said)
        if named is None or ".." in named[1]:
            return None
        loose = next(
            (place / named[1] for place in (own, common) if (place / named[1]).is_file()), None
        )
        if loose is None:
            return _packed(common, named[1])
        said = _text(loose).strip()
    return None


def _packed(common: Path, ref: str) -> str | None:
    try:
        lines = _bytes(common / "packed-refs", _MOST_REFS).decode("utf-8", "replace").splitlines()
    except FileNotFoundError:
        return None
    rows = (line.split(" ") for line in lines)
    return next((row[0] for row in rows if row[1:] == [ref] and _OBJECT.fullmatch(row[0])), None)


def _dirty(tree: Path, own: Path, common: Path, commit: str) -> bool | None:
    """Whether a file that git keeps differs from the commit; None where git cannot say."""
    program = shutil.which("git")
    if program is None or "\n" in str(common):
        return None
    with scratch_directory() as place:
        for folder in ("objects/info", "refs"):
            (place / folder).mkdir(parents=True)
        (place / "objects/info/alternates").write_text(f"{common / 'objects'}\n")
        (place / "config").write_text(_CONFIG)
        (place / "HEAD").write_text(f"{commit}\n")
        (place / "index").write_bytes(_bytes(own / "index", _MOST_INDEX))
        # git reads a file again that was as new as the index when that was written: one that is
        # changed in the same tick of the clock, to as many bytes, looks like the old one
        written = (own / "index").stat()
        os.utime(place / "index", ns=(written.st_atime_ns, written.st_mtime_ns))
        asked = subprocess.run(
            [program, "status", *_STATUS],
            cwd=tree,
            env=_environment(place, tree),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=_LIMIT_S,
            check=False,
            preexec_fn=own_memory.restore,
        )
    return bool(asked.stdout) if asked.returncode == 0 else None


def _environment(place: Path, tree: Path) -> dict[str, str]:
    return {
        "PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C", "HOME": str(place),
        "GIT_DIR": str(place), "GIT_WORK_TREE": str(tree), "GIT_CONFIG_NOSYSTEM": "1",
        "GIT_CONFIG_GLOBAL": os.devnull, "GIT_ATTR_NOSYSTEM": "1", "GIT_TERMINAL_PROMPT": "0",
        "GIT_OPTIONAL_LOCKS": "0", "GIT_NO_LAZY_FETCH": "1",
    }  # fmt: skip


def _text(path: Path) -> str:
    return _bytes(path, _MOST_TEXT).decode("utf-8", "replace")


def _bytes(path: Path, most: int) -> bytes:
    """The content of a regular file; ValueError for anything else, or more."""
    descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    with open(descriptor, "rb") as stream:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            raise ValueError(f"{path} is no regular file")
        content = stream.read(most + 1)
    if len(content) > most:
        raise ValueError(f"{path} is too long")
    return content
