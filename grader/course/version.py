"""Which version of a course it is: a word that changes when its stages or checks do."""

from __future__ import annotations

import contextlib
import hashlib
import os
from typing import TYPE_CHECKING, Final

from grader.course.model import COURSE_FILE, STAGES_FOLDER

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

_DIGITS: Final = 12
_NOT_JUDGING: Final = frozenset({".md", ".pyc"})  # prose, and what Python makes of the rest


def course_version(root: Path) -> str:
    """12 hexadecimal digits of what judges: stages.yaml and the files of the stages, but for their
    pages. A number that authors count up themselves would be forgotten one day."""
    found = hashlib.sha256()
    for parts in [(COURSE_FILE,), *sorted(_files(root))]:
        with open(os.path.join(root, *parts), "rb") as file:
            content = file.read()
        found.update(f"{'/'.join(parts)}\0{len(content)}\0".encode())
        found.update(content)
    return found.hexdigest()[:_DIGITS]


def code_version(*folders: Path) -> str:
    """The same of all files in these folders: of what grades, and what it compares with. Two
    graders with one version number may differ, where somebody works on them."""
    found = hashlib.sha256()
    for top in folders:
        for folder, inner, names in os.walk(top):
            inner.sort()
            for name in sorted(names):
                if os.path.splitext(name)[1] not in _NOT_JUDGING:
                    path = os.path.join(folder, name)
                    found.update(os.fsencode(os.path.relpath(path, top)) + b"\0")
                    with contextlib.suppress(OSError), open(path, "rb") as file:
                        found.update(hashlib.file_digest(file, "sha256").digest())
    return found.hexdigest()[:_DIGITS]


def last_change(root: Path, reference: Iterable[str]) -> int:
    """When one of these files was changed last, or one that a word of the reference's command
    names or lies beside, in nanoseconds: a quicker look than at all that they hold."""
    last = 0
    tops = {word.partition("/")[0] for word in reference} - {"", ".", ".."}
    named = [(top,) for top in tops if os.path.lexists(os.path.join(root, top))]
    beside = [parts for (top,) in named for parts in _files(root, top)]
    for parts in [(COURSE_FILE,), *named, *beside, *_files(root)]:
        with contextlib.suppress(OSError):  # an editor is replacing it
            last = max(last, os.stat(os.path.join(root, *parts)).st_mtime_ns)
    return last


def _files(root: Path, top: str = STAGES_FOLDER) -> Iterator[tuple[str, ...]]:
    """The components of each path below this folder of the course's directory, from there."""
    folders: list[tuple[str, ...]] = [(top,)]
    for above in folders:  # which grows
        with contextlib.suppress(OSError), os.scandir(os.path.join(root, *above)) as entries:
            for entry in entries:
                if entry.is_dir(follow_symlinks=False):
                    folders.append((*above, entry.name))
                elif os.path.splitext(entry.name)[1] not in _NOT_JUDGING and entry.is_file():
                    yield *above, entry.name
