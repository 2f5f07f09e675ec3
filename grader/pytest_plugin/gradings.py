"""The gradings of a test run: each stage once, when the first of its tests is run, in a process of
the grader."""

from __future__ import annotations

import contextlib
import os
import subprocess
import tempfile
from pathlib import Path
from typing import IO, TYPE_CHECKING, Final

from msgspec.structs import replace

from grader import codec
from grader.codec import BrokenJson
from grader.engine.skipping import why_skip_stage
from grader.jobs.serving import JobTold
from grader.pytest_plugin.verdicts import StageVerdicts, TestVerdict, Told, skipped, verdicts
from grader.report.codec import from_json
from grader.system import self_command
from grader.value import Value

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from grader.course import Course, Stage
    from grader.jobs.job import Job
    from grader.report.model import StageReport

_GRACE_S: Final = 60.0
_LONGEST_SAID: Final = 4096


class JobProcess:
    """`grader.jobs.serving` in a process of its own. Ctrl-C in a terminal is not for it: `close`
    ends it. Where we are killed, it ends by itself."""

    def __init__(self, root: Path, slugs: Sequence[str], directory: Path) -> None:
        self._said = tempfile.TemporaryFile()  # noqa: SIM115  (it stays open as long as the process)
        self._busy = False
        self._process = subprocess.Popen(
            self_command.command("grader.jobs.serving", [str(os.getpid()), str(root), *slugs]),
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=self._said, cwd=directory,
            env=self_command.environment(), process_group=0,
        )  # fmt: skip

    def told(self, job: Job) -> JobTold:
        """Have it done; what became of it."""
        orders, replies = self._pipes()
        self._busy = True
        line = b""
        with contextlib.suppress(BrokenPipeError):
            orders.write(codec.to_json(job).encode() + b"\n")
            orders.flush()
            line = replies.readline()
        self._busy = False
        try:
            return codec.from_json(line, JobTold)
        except BrokenJson:
            return JobTold(None, f"the grader's process has ended{self._last_words()}")

    def close(self) -> None:
        """End it, and the grading that is under way."""
        orders, replies = self._pipes()
        with contextlib.suppress(BrokenPipeError):
            orders.close()
        if self._busy:
            self._process.terminate()
        try:
            self._process.wait(_GRACE_S)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        replies.close()
        self._said.close()

    def _pipes(self) -> tuple[IO[bytes], IO[bytes]]:
        assert self._process.stdin
        assert self._process.stdout
        return self._process.stdin, self._process.stdout

    def _last_words(self) -> str:
        self._said.seek(max(0, self._said.seek(0, os.SEEK_END) - _LONGEST_SAID))
        lines = self._said.read().decode(errors="replace").split("\n")
        return next((f": {line.strip()}" for line in reversed(lines) if line.strip()), "")


class Assignment(Value, frozen=True):
    """How a test run grades. job: but for its stages and checks. directory: what relative paths
    begin at. path: the submission, as it is named in commands by hand."""

    course: Course
    job: Job
    directory: Path
    path: str


class Gradings:
    """What was graded so far. selected: of each stage, the names of its checks that are tests of
    this run; `whole`: those of which that is all."""

    def __init__(
        self, how: Assignment, selected: Mapping[str, Sequence[str]], whole: frozenset[str]
    ) -> None:
        self._how = how
        self._selected = selected
        self._whole = whole
        self._found: dict[str, StageVerdicts] = {}
        self._done: list[StageReport] = []
        self._stops = ""
        self._process: JobProcess | None = None

    def verdict(self, stage: Stage, name: str) -> TestVerdict:
        """What the test of this check comes to; its stage is graded if it was not yet."""
        if stage.slug not in self._found:
            self._found[stage.slug] = self._stage(stage)
        return self._found[stage.slug].checks[name]

    def close(self) -> None:
        """End what is under way."""
        process, self._process = self._process, None
        if process is not None:
            process.close()

    def _stage(self, stage: Stage) -> StageVerdicts:
        names = self._selected[stage.slug]
        if stage.slug not in self._whole:
            stage = stage.narrowed_to(names)
        reason = self._stops or why_skip_stage(stage, self._done, keep_going=True)
        if reason:
            return skipped(names, reason)
        found = verdicts(stage, names, self._told(stage), self._done)
        self._stops = found.stops
        if found.report is not None:
            self._done.append(found.report)
        return found

    def _told(self, stage: Stage) -> Told:
        how = self._how
        ids = [f"{stage.slug}/{check.name}" for check in stage.checks] if stage.narrowed else []
        settings = replace(how.job.settings, checks=tuple(ids))
        job = replace(how.job, stages=(stage.slug,), checks=tuple(ids), settings=settings)
        if self._process is None:
            self._process = JobProcess(how.course.root, [*self._selected], how.directory)
        told = self._process.told(job)
        try:
            report = from_json(Path(told.report).read_bytes()) if told.report else None
        except (OSError, BrokenJson) as error:
            return Told(None, f"the report of its grading cannot be read: {error}", how.path)
        return Told(report, told.reason, how.path)
