"""Grades every hostile program on every rung that promises to contain it, and says what came of it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from grader.isolation import LADDER
from tests.hostile.attacks import ATTACKS
from tests.trust.figures import ROOT

Row = dict[str, Any]
_SIGNS = {"": "ok", "escaped": "ESCAPED", "misjudged": "MISJUDGED", "left": "LEFT"}


def name() -> str:
    """Of these figures: they differ by who grades."""
    return "hostile_root" if os.geteuid() == 0 else "hostile_user"


def measured(jobs: int) -> dict[str, Any]:
    """Every program on every rung, `jobs` at a time, as whoever runs this."""
    pairs = [(attack.program, rung) for attack in ATTACKS for rung in attack.rungs]
    with ThreadPoolExecutor(jobs) as threads:
        rows = list(threads.map(_examined, *zip(*pairs, strict=True)))
    found = {
        "user": "root" if os.geteuid() == 0 else "an ordinary user",
        "rungs": [_of_rung(rung, [row for row in rows if row["rung"] == rung]) for rung in LADDER],
        "programs": [
            {"program": attack.program, "tries": attack.tries, "finding": attack.finding} for attack in ATTACKS
        ],
        "problems": [f"{row['program']} on {row['rung']}: {text}" for row in rows for text in _problems(row)],
    }
    print(*_table(rows), sep="\n", flush=True)
    return found


def _examined(program: str, rung: str) -> Row:
    """In a process of its own, for it adopts orphans and asks who is left."""
    command = [sys.executable, "-m", "tests.hostile", program, rung]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    ended = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    row: Row = {"program": program, "rung": rung, "missing": "", "escaped": [], "misjudged": [], "left": [], "said": ""}
    if ended.returncode:
        return {**row, "misjudged": [f"could not be examined: {ended.stderr[-500:]}"]}
    row = json.loads(ended.stdout)
    for problem in _problems(row):
        print(f"{program} on {rung}: {problem}", flush=True)
    return row


def _problems(row: Row) -> Iterator[str]:
    for kind in ("escaped", "misjudged", "left"):
        yield from (f"{kind}: {what}" for what in row[kind])


def _of_rung(rung: str, rows: Sequence[Row]) -> Row:
    run = [row for row in rows if not row["missing"]]
    return {
        "rung": rung,
        "missing": next((row["missing"] for row in rows if row["missing"]), ""),
        "programs": len(run),
        "contained": sum(not row["escaped"] for row in run),
        "right_verdict": sum(not row["misjudged"] for row in run),
        "nothing_left": sum(not row["left"] for row in run),
        "not_run": [attack.program for attack in ATTACKS if rung not in attack.rungs],
    }


def _table(rows: Sequence[Row]) -> Iterator[str]:
    """A line for each program, a column for each rung; "-": nothing was promised, "no rung": it does not work here."""
    cells: Mapping[tuple[str, str], str] = {(row["program"], row["rung"]): _cell(row) for row in rows}
    yield " ".join([f"{'program':30}", *(f"{rung:12}" for rung in LADDER)]).rstrip()
    for attack in ATTACKS:
        line = [f"{attack.program:30}", *(f"{cells.get((attack.program, rung), '-'):12}" for rung in LADDER)]
        yield " ".join(line).rstrip()


def _cell(row: Row) -> str:
    if row["missing"]:
        return "no rung"
    return _SIGNS[next((kind for kind in ("escaped", "misjudged", "left") if row[kind]), "")]
