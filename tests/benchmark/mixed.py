"""Writes a mixed class: right, broken and hanging servers, each in a directory of its own, as
learners hand them in."""

from __future__ import annotations

import shutil
from itertools import chain, cycle, islice
from pathlib import Path

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


def write_class(place: Path, count: int) -> list[Path]:
    """So many submissions below `place`: a right one, one that hangs, two that are broken, over and
    over."""
    broken = sorted(
        (
            path.relative_to(SUBMISSIONS).with_suffix("").as_posix()
            for path in SUBMISSIONS.glob("*/*.py")
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
    program.write_text(text.replace(_BESIDE, ""), encoding="utf-8")
    return program
