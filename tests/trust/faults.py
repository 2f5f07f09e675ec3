"""Grades a submission for every fault that was measured in the wild, and says what caught it; and
every wrong server of the stages for which nobody has measured any."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml

from grader.course import load_course
from tests.trust.figures import ROOT

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from grader.course import Stage

LIST = Path(__file__).with_name("faults.yaml")
SUBMISSIONS = ROOT / "tests" / "submissions"
SEED = 4


@dataclass(frozen=True, slots=True)
class Fault:
    """A fault, where it was seen ("13 of 13" servers, or "" for one that the public tester passes),
    and a submission that has it, as "stage/file"."""

    fault: str
    seen: str
    submission: str

    @property
    def path(self) -> Path:
        return SUBMISSIONS / f"{self.submission}.py"

    @property
    def check(self) -> str:
        """The check that has to catch it: the first that the submission itself names."""
        named = re.search(r"^Caught by: ([\w/-]+)", self.path.read_text(), re.MULTILINE)
        if named is None:
            raise ValueError(f"{self.path} does not say what it is caught by")
        return named[1]


@dataclass(frozen=True, slots=True)
class Caught:
    """What grading said of a fault: the check's level and verdict; "nothing" when no such check has
    failed."""

    fault: str
    seen: str
    submission: str
    check: str
    level: str
    verdict: str


def listed() -> list[Fault]:
    """The faults of the list, those of learners first."""
    rows = yaml.safe_load(LIST.read_text())
    return [
        Fault(row["fault"], row.get("seen", ""), row["submission"])
        for row in (*rows["learners"], *rows["tester"])
    ]


def measured(jobs: int) -> dict[str, Any]:
    """Every fault graded, `jobs` at a time."""
    stages = {stage: written_for(stage.slug) for stage in unmeasured()}
    with ThreadPoolExecutor(jobs) as threads:
        rows = list(threads.map(_graded, listed()))
        graded = {stage: threads.map(_graded, faults) for stage, faults in stages.items()}
    return {
        "caught": sum(row.verdict == "failed" for row in rows),
        "faults": [asdict(row) for row in rows],
        "stages": [_counted(stage, list(found)) for stage, found in graded.items()],
    }


def measured_again(jobs: int, slugs: Collection[str], before: Mapping[str, Any]) -> dict[str, Any]:
    """The wrong servers of these stages; the others keep their figures of before."""
    with ThreadPoolExecutor(jobs) as threads:
        graded = {
            stage.slug: _counted(stage, list(threads.map(_graded, written_for(stage.slug))))
            for stage in unmeasured()
            if stage.slug in slugs
        }
    rows = {**{row["stage"]: row for row in before["stages"]}, **graded}
    ordered = [rows[stage.slug] for stage in unmeasured() if stage.slug in rows]
    return {"caught": before["caught"], "faults": before["faults"], "stages": ordered}


def written_for(slug: str) -> list[Fault]:
    """The wrong servers of a stage: each says in its first line what it does."""
    return [
        Fault(path.read_text().partition("\n")[0].strip('"'), "", f"{slug}/{path.stem}")
        for path in sorted((SUBMISSIONS / slug).glob("*.py"))
    ]


def unmeasured() -> list[Stage]:
    """The stages of the tracks that those public servers were not written for: all but the first
    track."""
    stages = load_course(ROOT).stages
    return [stage for stage in stages if stage.track != stages[0].track]


def _counted(stage: Stage, found: list[Caught]) -> dict[str, Any]:
    missed = [row.submission for row in found if row.verdict != "failed"]
    return {
        "stage": stage.slug,
        "track": stage.track,
        "checks": len(stage.checks),
        "graded": len(found),
        "missed": missed,
    }


def _graded(fault: Fault) -> Caught:
    slug, name = fault.submission.split("/")
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder, "report.json")
        grade = [sys.executable, "-m", "grader", "--quiet", f"--seed={SEED}", f"--stage={slug}"]
        subprocess.run(
            [
                *grade,
                f"--report=json:{report}",
                f"--python={sys.executable}",
                "--",
                "python3",
                f"{slug}/{name}.py",
            ],
            cwd=SUBMISSIONS,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            stdout=subprocess.DEVNULL,
            check=False,
        )
        stages = json.loads(report.read_text())["stages"]
    found: Mapping[str, Any] = {
        check["id"]: check for stage in stages for check in stage["checks"]
    }.get(fault.check, {})
    level, verdict = found.get("level", ""), found.get("verdict", "nothing")
    return Caught(fault.fault, fault.seen, fault.submission, fault.check, level, verdict)
