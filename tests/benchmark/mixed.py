"""Writes a mixed class: right, broken and hanging servers, each in a directory of its own, as
learners hand them in."""

from __future__ import annotations

import re
import shutil
from itertools import chain, cycle, islice
from pathlib import Path

from grader.course import load_course

ROOT = Path(__file__).resolve().parents[2]
SUBMISSIONS = ROOT / "tests" / "submissions"
_RIGHT = ("right_server", "select_server")
_HANGING = ("ok/handler_hangs", "bind-port/never_listens")
_SHARED = (
    "right_server.py",
    "_stoppable_server.py",
    "hardened_server.py",
    "select_server.py",
)
_BESIDE = 'sys.path[0] += "/.."\n'
_IMPORTED = re.compile(r"^(?:from|import) (\w+)", re.MULTILINE)


def write_class(place: Path, count: int) -> list[Path]:
    """So many submissions below `place`: a right one, one that hangs, two that are broken, over and
    over. They are those of the first track, by whose stages a class is graded."""
    course = load_course(ROOT)
    stages = [it.slug for it in course.stages if it.track == course.tracks[0].slug]
    broken = sorted(
        (
            path.relative_to(SUBMISSIONS).with_suffix("").as_posix()
            for stage in stages
            for path in (SUBMISSIONS / stage).glob("*.py")
        ),
        key=lambda name: name.partition("/")[::-1],
    )
    names = chain.from_iterable(
        zip(cycle(_RIGHT), cycle(_HANGING), cycle(broken[::2]), cycle(broken[1::2]), strict=False)
    )
    return [
        _written(place / f"{number:03}", name) for number, name in enumerate(islice(names, count))
    ]


def _written(folder: Path, name: str) -> Path:
    """The server as a program that needs no file but those in its own directory."""
    folder.mkdir()
    for shared in _SHARED:
        shutil.copy(SUBMISSIONS / shared, folder)
    program = folder / f"{name.replace('/', '_')}.py"
    text = (SUBMISSIONS / f"{name}.py").read_text(encoding="utf-8")
    for module in _IMPORTED.findall(text):
        if (SUBMISSIONS / f"{module}.py").exists() and not (folder / f"{module}.py").exists():
            raise SystemExit(f"{name} needs {module}.py beside it")
    program.write_text(text.replace(_BESIDE, ""), encoding="utf-8")
    return program
