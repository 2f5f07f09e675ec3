"""One run of the command line over a program, and its terminal block: what is compared, and where
it can be."""

from __future__ import annotations

import difflib
import fcntl
import hashlib
import json
import os
import re
import subprocess
import sys
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from tests import forked

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import pytest

ROOT: Final = Path(__file__).parents[1]
_PATIENCE_S: Final = 600.0  # until a test gives up; nothing is judged by it


@dataclass(frozen=True, slots=True)
class Grading:
    """What came out of one run of the command line."""

    exit_code: int
    output: str
    report: Mapping[str, Any]

    def checks(self, *verdicts: str) -> set[str]:
        """The ids of the checks with one of these verdicts."""
        stages = self.report["stages"]
        return {
            check["id"]
            for stage in stages
            for check in stage["checks"]
            if check["verdict"] in verdicts
        }


def grade(
    directory: Path,
    command: Sequence[str],
    report: Path,
    *options: str,
    seed: int,
    whole_transcripts: bool = False,
    fork: bool = True,
) -> Grading:
    """Grade a command as launched from `directory`; the JSON report goes to `report`.

    whole_transcripts: it keeps all that was sent, of what passed, too. fork: in a forked child, and
    not by a Python that starts for it.
    """
    path = f"{ROOT}/tests/launching/clients:{os.environ['PATH']}"  # else by hand is without nc
    environment = {
        **os.environ,
        "PATH": path,
        "PYTHONPATH": str(ROOT),
        "PYTHONUTF8": "1",
        "TMPDIR": "/tmp",
    }
    arguments = [
        "--quiet", "--hint", f"--seed={seed}", f"--report=json:{report}", *options,
        f"--python={sys.executable}", "--", *command,
    ]  # fmt: skip
    if fork:
        ended = forked.run(
            arguments, cwd=directory, env=environment, timeout=_PATIENCE_S,
            module="tests.course.whole_transcripts" if whole_transcripts else forked.COMMAND,
        )  # fmt: skip
    else:
        ended = _started(arguments, directory, environment)
    assert not ended.err, ended.err.decode()
    return Grading(ended.code, ended.out.decode(), json.loads(report.read_text()))


def _started(
    arguments: Sequence[str], directory: Path, environment: Mapping[str, str]
) -> forked.Ended:
    run = subprocess.run(
        [sys.executable, "-m", "grader", *arguments],
        cwd=directory,
        env=environment,
        capture_output=True,
        timeout=_PATIENCE_S,
        check=False,
    )
    return forked.Ended(run.returncode, run.stdout, run.stderr)


class Gradings:
    """Gradings that tests of several processes share: one proves many things."""

    def __init__(self, place: Path) -> None:
        place.mkdir(exist_ok=True)
        self._place = place

    def graded(
        self,
        directory: Path,
        command: Sequence[str],
        *options: str,
        seed: int,
        whole_transcripts: bool = False,
    ) -> Grading:
        """As `grade`, by whoever asks for it first; the others wait for that."""
        asked = json.dumps([str(directory), *command, "", *options, seed, whole_transcripts])
        kept = self._place / hashlib.sha256(asked.encode()).hexdigest()[:32]
        with open(kept.with_suffix(".lock"), "w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if kept.exists():
                return Grading(**json.loads(kept.read_text()))
            report = kept.with_suffix(".json")
            grading = grade(
                directory, command, report, *options, seed=seed, whole_transcripts=whole_transcripts
            )
            kept.write_text(json.dumps(asdict(grading)))
            return grading

    def whole(self, directory: Path, command: Sequence[str], track: str, *, seed: int) -> Grading:
        """By all checks of a track, strictly, with all that was sent: several tests look at it."""
        options = ("--strict", f"--track={track}", "--all")
        return self.graded(directory, command, *options, seed=seed, whole_transcripts=True)


def compare(block: str, golden: Path, request: pytest.FixtureRequest) -> None:
    """Assert that the block is the one that is kept, or keep it."""
    if request.config.getoption("--update-golden", default=False):
        golden.parent.mkdir(exist_ok=True)
        golden.write_text(block, encoding="utf-8")
    kept = golden.read_text(encoding="utf-8")
    assert block == kept, difference(kept, block, golden.name)


def difference(kept: str, block: str, name: str) -> str:
    """The two blocks as a unified diff, line by line, and how to keep the new one."""
    lines = difflib.unified_diff(
        kept.splitlines(), block.splitlines(), f"{name} (kept)", f"{name} (now)", lineterm=""
    )
    return "\n".join([*lines, "", "if the new one is right, keep it: pytest --update-golden"])


# --- what differs from run to run -----------------------------------------------------------------

_VARIABLE: Final = (
    (re.compile(r"(?:/var)?/tmp/grade-[0-9a-f]{16}"), "/tmp/grade-xxxxxxxx"),
    (re.compile(r"(?:/var)?/tmp/grade-[0-9a-f]{1,15}(?= \[)"), "/tmp/grade-xx"),  # cut short
    (re.compile(r"/tmp/grade-xxxxxxxx/shared-\d+"), "/tmp/grade-xxxxxxxx/shared-n"),
    (re.compile(r"python-requests/[\d.]+"), "python-requests/n"),
    (re.compile(r"\b(after|used|in) \d+\.\d+ s\b"), r"\1 n s"),
    (re.compile(r"\d+\.\d+ of \d+\.\d+ s\b"), "n of n s"),
    (re.compile(r"\d+\.\d+ s(?=\s+of\s+processor)"), "n s"),
    # which the next check in the stage changes
    (re.compile(r"\d+ of \d+ points\b"), "n of n points"),
    # a position, which a new stage before it changes
    (re.compile(r"\bat stage \d+ (?=[a-z])"), "at stage "),
    # what a transcript keeps depends on the pieces that it came in
    (re.compile(r"\[\d{6,} bytes\]"), "[n bytes]"),
    (re.compile(r"\(\d{3,}(?= other events:)"), "(999"),
    # how much was under way when enough had been taken in
    (re.compile(r"\bhead -c \d{5,}"), "head -c n"),
    # what time it is, as the stage routes and its broken submissions write it
    (re.compile(r"\b20\d\d-\d\d-\d\dT\d\d:\d\d:\d\d\.\d+"), "2026-03-01T12:30:05.123456"),
    (re.compile(r"\b1[789]\d{8}\b"), "1772368205"),
    (
        re.compile(r"\b[A-Z][a-z]{2} [A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d 20\d\d\b"),
        "Sun Mar  1 12:30:05 2026",
    ),
    (re.compile(r"\b1[789]\d{15,17}\b"), "1772368205000000000"),
    # and in a log of requests
    (re.compile(r"\b\d\d/[A-Z][a-z]{2}/20\d\d([: ])\d\d:\d\d:\d\d"), r"01/Mar/2026\g<1>12:30:05"),
    # which system, says gzip
    (re.compile(r"(\\x1f\\x8b\\x08(?:\\x00){5}\\x02)\\x(?:ff|03)"), r"\1\\xff"),
)
_ONWARD: Final = re.compile(
    r"^(?:  (?:[-a-z ]+; )?grade show [\w-]+ explains the rule| {5}launch +.*)\n", re.MULTILINE
)
_OUTPUT: Final = re.compile(r"^( {5}output +)\|.*\n(?: +\|.*\n)*", re.MULTILINE)
_LAST_LINE: Final = re.compile(r"\| (?:[\w.]*(?:Error|Exception)|(?:re|struct)\.error)(?::|$)")


def normalised(output: str) -> str:
    """The block without what the next run, another machine or another Python would print
    differently."""
    output = _ONWARD.sub("", output)
    for pattern, replacement in _VARIABLE:
        output = pattern.sub(replacement, output)
    if re.search(r"closed\s+the\s+connection[^.]*without\s+an\s+answer", output):
        # It closed while a request was on its way to it: that shows as an end or as a reset, as it
        # happens.
        output = re.sub(r"\breset ( +)by the server", r"closed\1by the server", output)
    return _OUTPUT.sub(_without_frames, output)


def _without_frames(block: re.Match[str]) -> str:
    """What the program printed, its tracebacks shortened to their last lines: frames hold paths and
    versions."""
    label, width = block[1], len(block[1])
    lines = [line[width:].rstrip() for line in block[0].splitlines()]
    last = [number for number, line in enumerate(lines) if _LAST_LINE.match(line)]
    kept = ["| ...", *lines[last[-1] :]] if last else lines
    return "".join(
        f"{' ' * width if number else label}{line}\n" for number, line in enumerate(kept)
    )
