"""Grades every hostile program at every level that promises to contain it, and says what came of
it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

from grader.isolation import LEVELS
from tests.hostile.attacks import ATTACKS, Attack
from tests.trust.figures import ROOT, Figures, load

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

Row = dict[str, Any]
KINDS = ("escaped", "misjudged", "left")


def name() -> str:
    """Of these figures: they differ by who grades."""
    return "hostile_root" if os.geteuid() == 0 else "hostile_user"


def measured(jobs: int, only: Sequence[str] = ()) -> Figures:
    """Every program at every level, `jobs` at a time, as whoever runs this. only: these programs
    alone; what was measured of the others stays."""
    chosen = [attack for attack in ATTACKS if not only or attack.program in only]
    pairs = [(attack.program, level) for attack in chosen for level in attack.levels]
    with ThreadPoolExecutor(jobs) as threads:
        rows = list(threads.map(_examined, *zip(*pairs, strict=True)))
    found = merged((load(name()) if only else None) or {}, chosen, rows)
    print(*_table(found), sep="\n", flush=True)
    return found


def merged(before: Figures, chosen: Sequence[Attack], rows: Sequence[Row]) -> Figures:
    """The figures after these rows of these programs; `before` has those of the others."""
    new = {attack.program for attack in chosen}
    old = {row["program"]: row for row in before.get("programs", ())}
    runs: dict[str, dict[str, list[str]]] = {program: {} for program in new}
    for row in rows:
        if not row["missing"]:
            runs[row["program"]][row["level"]] = [kind for kind in KINDS if row[kind]]
    return {
        "user": "root" if os.geteuid() == 0 else "an ordinary user",
        "levels": list(LEVELS),
        "missing": {
            **before.get("missing", {}),
            **{row["level"]: row["missing"] for row in rows if row["missing"]},
        },
        "programs": [_of_program(attack, runs, old) for attack in ATTACKS],
        "problems": [
            *(text for text in before.get("problems", ()) if text.split()[0] not in new),
            *(
                f"{row['program']} on {row['level']}: {text}"
                for row in rows
                for text in _problems(row)
            ),
        ],
    }


def _of_program(attack: Attack, runs: Mapping[str, Row], old: Mapping[str, Row]) -> Row:
    of_it = (
        runs[attack.program]
        if attack.program in runs
        else old.get(attack.program, {}).get("runs", {})
    )
    return {
        "program": attack.program,
        "tries": attack.tries,
        "promised": list(attack.levels),
        "runs": of_it,
    }


def _examined(program: str, level: str) -> Row:
    """In a process of its own, for it adopts orphans and asks who is left."""
    command = [sys.executable, "-m", "tests.hostile", program, level]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    ended = subprocess.run(
        command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )
    row: Row = {
        "program": program,
        "level": level,
        "missing": "",
        "escaped": [],
        "misjudged": [],
        "left": [],
        "said": "",
    }
    if ended.returncode:
        return {**row, "misjudged": [f"could not be examined: {ended.stderr[-500:]}"]}
    row = json.loads(ended.stdout)
    for problem in _problems(row):
        print(f"{program} on {level}: {problem}", flush=True)
    return row


def _problems(row: Row) -> Iterator[str]:
    for kind in KINDS:
        yield from (f"{kind}: {what}" for what in row[kind])


def _table(found: Figures) -> Iterator[str]:
    """A line for each program, a column for each level; "-": no promise, "no level": it does
    not work here."""
    yield " ".join([f"{'program':30}", *(f"{level:12}" for level in LEVELS)]).rstrip()
    for row in found["programs"]:
        yield " ".join(
            [f"{row['program']:30}", *(f"{_cell(row, level):12}" for level in LEVELS)]
        ).rstrip()


def _cell(row: Row, level: str) -> str:
    if level not in row["promised"]:
        return "-"
    if level not in row["runs"]:
        return "no level"
    return next((kind.upper() for kind in row["runs"][level]), "ok")
