"""A whole class, unattended: what it takes, what is left of it after `kill -9`, and whether a large
one costs more for each submission than a small one.

Every submission is generated (`tests.benchmark.handed_in`), so that each can be had in any number.
"""

from __future__ import annotations

import csv
import os
import random
import re
import sqlite3
import subprocess
import sys
from contextlib import closing
from dataclasses import dataclass
from typing import TYPE_CHECKING

import psutil

from tests.benchmark.aims import Aim, Figure
from tests.benchmark.counter import ROOT, grade, spend
from tests.benchmark.handed_in import write_handed_in

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

_SUMMARY = "class.csv"
_GONE_S = 60.0


@dataclass(frozen=True, slots=True)
class AskedClass:
    """What is measured. options: of the command that grades, such as the stages."""

    place: Path
    count: int
    jobs: int
    kills: int
    seed: int
    sizes: Sequence[int]
    options: Sequence[str]


def rate(asked: AskedClass) -> Iterator[str]:
    """What a class takes: by the clock, of processors, of memory."""
    words = _written(asked.place, asked.count)
    found = spend(_command(asked, words), asked.place)
    rows = _rows(asked.place)
    outside = 1 - found.own / found.cpu
    yield f"{len(rows)} rows of {asked.count} submissions, {asked.jobs} jobs: {_outcomes(rows)}"
    yield f"{found.wall:.1f} s: {3600 * asked.count / found.wall:.0f} submissions an hour"
    yield (
        f"{found.cpu:.1f} s of processors, {found.cpu / asked.count:.2f} s each; {outside:.0%} of"
        " them outside the grader's own processes"
    )
    yield f"memory: the command {found.main:.0f} MiB, a process of it at most {found.peak:.0f} MiB"


def kills(asked: AskedClass) -> Iterator[str]:
    """Ten times `kill -9` at a random moment, then the same command again: the same rows."""
    undisturbed, killed, scratch = (asked.place / it for it in ("whole", "killed", "tmp"))
    os.environ["TMPDIR"] = str(scratch)  # where nobody else's runs are
    for place in (undisturbed, killed, scratch):
        place.mkdir()
        place.chmod(0o755)
    words = _written(undisturbed, asked.count)
    whole = spend(_command(asked, words), undisturbed)
    expected = _rows(undisturbed)
    _written(killed, asked.count)
    draws, count, classes = random.Random(asked.seed), 0, 0
    while count < asked.kills:
        moment = draws.uniform(0.0, 2 * whole.wall / (asked.kills + 1))
        found = _killed_after(moment, _command(asked, words), killed)
        count += found
        yield f"{'killed' if found else 'ended before it was killed'} after {moment:5.1f} s:" + (
            f" {_kept(killed)} results in the book"
        )
        if not found:
            _require_same(expected, _rows(killed))
            classes += 1
            (killed / "class.sqlite").unlink()
    again = spend(_command(asked, words), killed)
    _require_same(expected, _rows(killed))
    yield f"{count} kills; then the same rows as undisturbed ({again.wall:.1f} s for the rest)"
    yield f"left in the directory for temporary files: {os.listdir(scratch) or 'nothing'}"


def growth(asked: AskedClass) -> Iterator[Aim]:
    """What one submission costs in larger and larger classes, which are the smallest one over and
    over: so its submissions are the same."""
    each = {}
    smallest = asked.sizes[0]
    for size in asked.sizes:
        (place := asked.place / str(size)).mkdir()
        place.chmod(0o755)
        if size % smallest:
            raise SystemExit(f"{size} is no multiple of {smallest}")
        copies = range(size // smallest)
        words = [word for copy in copies for word in _written(place, smallest, f"class{copy}")]
        found = spend(_command(asked, words), place)
        each[size] = found.cpu / size
        told = f"{found.wall / size:.2f} s by the clock; the command {found.main:.0f} MiB"
        ratio = each[size] / each[smallest]
        yield Aim(f"{size} submissions, each", Figure(ratio, 1.1, "times"), told)


def _written(place: Path, count: int, name: str = "class") -> list[str]:
    (handed := place / name).mkdir()
    return [f"{name}/{word}" for word in write_handed_in(handed, count)]


def _command(asked: AskedClass, words: Sequence[str]) -> list[str]:
    options = ("--quiet", f"--jobs={asked.jobs}", f"--summary={_SUMMARY}")
    return grade(*options, f"--python={sys.executable}", *asked.options, *words)


def _rows(place: Path) -> list[dict[str, str]]:
    """The rows of the summary. A sentence may count what depends on time, such as the bytes that
    came: its numbers are left out."""
    with open(place / _SUMMARY, encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return [{**row, "problem": re.sub(r"[\d.]+", "#", row["problem"])} for row in rows]


def _outcomes(rows: Sequence[dict[str, str]]) -> str:
    found = [row["verdict"] for row in rows]
    return ", ".join(f"{found.count(it)} {it}" for it in sorted({*found}))


def _require_same(expected: Sequence[dict[str, str]], found: Sequence[dict[str, str]]) -> None:
    if expected == found:
        return
    pairs = [(one, two) for one, two in zip(expected, found, strict=False) if one != two]
    for one, two in pairs:
        print({key: (one[key], two[key]) for key in one if one[key] != two[key]}, one["name"])
    raise SystemExit(f"{len(pairs)} rows differ, of {len(expected)} and {len(found)}")


def _killed_after(seconds: float, command: Sequence[str], place: Path) -> bool:
    """Whether it was still at work. What it has started ends by itself, or this fails."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    with subprocess.Popen(
        command, cwd=place, env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    ) as process:  # fmt: skip
        try:
            process.wait(seconds)
        except subprocess.TimeoutExpired:
            below = psutil.Process(process.pid).children(recursive=True)
            process.kill()
            process.wait()
            _, alive = psutil.wait_procs(below, _GONE_S)
            if alive:
                raise SystemExit(f"they outlive the command: {alive}") from None
            return True
    return False


def _kept(place: Path) -> int:
    """How many results its book has, which is whole, and has no result twice."""
    book = place / "class.sqlite"
    if not book.exists():
        return 0
    with closing(sqlite3.connect(book)) as found:
        ((said,),) = found.execute("PRAGMA integrity_check")
        ((tables,),) = found.execute("SELECT count(*) FROM sqlite_master WHERE name = 'result'")
        if said != "ok":
            raise SystemExit(f"the book is damaged: {said}")
        if not tables:
            return 0
        ((count, names),) = found.execute("SELECT count(*), count(DISTINCT name) FROM result")
    if count != names:
        raise SystemExit(f"the book has {count} results of {names} submissions")
    return int(count)
