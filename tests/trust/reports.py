"""Grades every submission of tests/ by two checkouts, and says where their reports differ.

    python -m tests.trust.reports keep FILE [--checkout DIR] [--jobs N] [--only TEXT]
    python -m tests.trust.reports compare BEFORE AFTER [--ignore KEY ...]

A change of the house has to leave verdicts, points and words as they were. What each run draws or
measures anew (times, process numbers, ports of clients) is left out before reports are compared.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tests.trust.figures import ROOT

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

SEED = 4
_MEASURED = frozenset({"started_at", "duration_s", "at_s", "grader_version", "transcript"})
_TIMES = re.compile(r"\b\d+(?:\.\d+)? (?:s|ms)\b|(?<=port )\d{5}\b|\bpid \d+")
_DATE = re.compile(r"\w{3}, \d\d \w{3} \d{4} \d\d:\d\d:\d\d GMT")

Json = dict[str, Any]


def main() -> int:
    """1 when reports differ, or one is missing."""
    parser = argparse.ArgumentParser(
        prog="python -m tests.trust.reports",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    commands = parser.add_subparsers(dest="what", required=True)
    keep = commands.add_parser("keep")
    keep.add_argument("file", type=Path)
    keep.add_argument("--checkout", type=Path, default=ROOT, help="it has its own .venv")
    keep.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    keep.add_argument("--only", default="", help="submissions whose name holds this")
    compare = commands.add_parser("compare")
    compare.add_argument("before", type=Path)
    compare.add_argument("after", type=Path)
    compare.add_argument("--ignore", nargs="+", default=(), help="keys of the report")
    asked = parser.parse_args()
    if asked.what == "keep":
        return _keep(asked.file, asked.checkout.resolve(), asked.jobs, asked.only)
    before, after = (json.loads(path.read_text()) for path in (asked.before, asked.after))
    found = list(differences(before, after, _MEASURED | set(asked.ignore)))
    print("\n".join(found or [f"{len(before)} reports are alike"]))
    return bool(found)


def _keep(file: Path, checkout: Path, jobs: int, only: str) -> int:
    scripts = sorted(
        f"{path.parent.name}/{path.name}"
        for path in (checkout / "tests" / "submissions").glob("*/*.py")
    )
    wanted = [script for script in scripts if only in script]
    with ThreadPoolExecutor(jobs) as threads:
        reports = list(threads.map(partial(_report, checkout), wanted))
    file.write_text(json.dumps(dict(zip(wanted, reports, strict=True))))
    missing = [script for script, report in zip(wanted, reports, strict=True) if report is None]
    print("\n".join(f"no report: {script}" for script in missing) or f"{len(wanted)} reports")
    return bool(missing)


def _report(checkout: Path, script: str) -> Json | None:
    """The JSON report of one submission in the stage that it is made for."""
    with tempfile.TemporaryDirectory() as place:
        report = Path(place, "report.json")
        command = [
            str(checkout / ".venv/bin/python"), "-m", "grader", "--quiet", f"--seed={SEED}",
            f"--stage={Path(script).parent}", f"--report=json:{report}", "--", "python3", script,
        ]  # fmt: skip
        subprocess.run(
            command,
            cwd=checkout / "tests" / "submissions",
            env={**os.environ, "PYTHONPATH": str(checkout)},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            check=False,
        )
        if not report.exists():
            return None
        found: Json = json.loads(report.read_text().replace(str(checkout), "CHECKOUT"))
        return found


def differences(
    before: dict[str, Json | None], after: dict[str, Json | None], ignored: Collection[str]
) -> Iterator[str]:
    """A line for each place in which two reports of the same submission differ."""
    for script in sorted({*before, *after}):
        one, other = (_steady(side.get(script), ignored) for side in (before, after))
        yield from (f"{script}: {line}" for line in _unlike(one, other, ""))


def _steady(value: Any, ignored: Collection[str]) -> Any:  # noqa: ANN401
    """What is the same in every run of the same grader."""
    if isinstance(value, dict):
        return {key: _steady(one, ignored) for key, one in value.items() if key not in ignored}
    if isinstance(value, list):
        return [_steady(one, ignored) for one in value]
    if isinstance(value, str):
        return _DATE.sub("DATE", _TIMES.sub("TIME", value))
    return value


def _unlike(before: Any, after: Any, place: str) -> Iterator[str]:  # noqa: ANN401
    if isinstance(before, dict) and isinstance(after, dict):
        for key in sorted({*before, *after}):
            yield from _unlike(before.get(key), after.get(key), f"{place}.{key}")
    elif isinstance(before, list) and isinstance(after, list) and len(before) == len(after):
        for number, (one, other) in enumerate(zip(before, after, strict=True)):
            yield from _unlike(one, other, f"{place}[{number}]")
    elif before != after:
        yield f"{place or 'the report'}: {before!r:.200} is now {after!r:.200}"


if __name__ == "__main__":
    sys.exit(main())
