"""Runs a hostile program at a level, and finds out three things: what escaped, what was misjudged,
and what is left."""

from __future__ import annotations

import contextlib
import json
import os
import re
import signal
import subprocess
import sys
import tempfile
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from grader.isolation.removal import remove
from tests import forked
from tests.bad_input import bench as benches
from tests.bad_input.bench import HERE, MOST_MEMORY_KIB, PATIENCE_S, ROOT, report_schema
from tests.hostile.aims import SECRET, Aims
from tests.hostile.arranged import ARRANGED, STARTED
from tests.hostile.traces import Watched, left, mounts
from tests.temporary import scratch_place

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from tests.hostile.attacks import Attack

_MOST_NAMED = 5
_LATE = f"no end after {PATIENCE_S:g} s "
_RIGHT = "import attempt\n\nattempt.serve()\n"
_OBEYED = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]|^(::|##\[|##vso|##teamcity)", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Examined:
    """What came of a program at a level; each field in words, and all of them empty when everything
    is as it should be.

    missing: why the level does not work here, and nothing was run. said: what the grader found
    first. loses: what the isolation level does not give here.
    """

    program: str
    level: str
    missing: str = ""
    escaped: tuple[str, ...] = ()
    misjudged: tuple[str, ...] = ()
    left: tuple[str, ...] = ()
    said: str = ""
    weaknesses: tuple[str, ...] = ()

    @property
    def problems(self) -> tuple[str, ...]:
        kinds = {"escaped": self.escaped, "misjudged": self.misjudged, "left": self.left}
        return tuple(f"{kind}: {what}" for kind, all_of_it in kinds.items() for what in all_of_it)


@contextmanager
def aiming() -> Iterator[Aims]:
    """A bench, and targets beside it, as long as the context lasts; not below /tmp, which is open
    at some isolation levels."""
    with contextlib.ExitStack() as ending:
        root = Path(tempfile.mkdtemp("", "hostile-", "/var/tmp"))
        # not by what gives up in a deep tree: then nothing would be said at all
        ending.callback(remove, root)
        root.chmod(0o711)  # as /tmp: somebody without privileges gets to what is in it
        scratch = ending.enter_context(scratch_place())
        yield ending.enter_context(Aims(root, scratch))


def examine(
    aims: Aims, attack: Attack, level: str, *, fork: bool = False, **environment: str
) -> Examined:
    """Grade the program at this level, with everything that it aims at, and look what came of it.

    fork: in a forked child, which shows another command line and environment to those who look.
    All descendants that are left are killed, so this process has to adopt orphans and to have no
    children.
    """
    program = aims.program(attack.program)
    found = Examined(attack.program, level, missing=missing(level))
    if found.missing:
        return found
    with contextlib.closing(Watched()) as watched:
        grading = partial(_forked if fork else _graded, environment=environment)
        return _run(aims, attack, program, found, watched, grading)


def _run(
    aims: Aims,
    attack: Attack,
    program: Path,
    found: Examined,
    watched: Watched,
    grading: Callable[[Aims, list[str | Path | bytes], Watched], _Ended],
) -> Examined:
    bench = aims.bench
    if attack.build:
        program.write_text(program.read_text().replace("\nserve()\n", "\n"))
        bench.write("submission/right.py", _RIGHT)
        bench.write("submission/grade.yaml", f"build: {program.name}\nentry: right.py\n")
        program = program.parent
    more: tuple[str, ...] = ()
    if arrange := ARRANGED.get(attack.program):
        program, more = arrange(aims, program)
    if start := STARTED.get(attack.program):
        command = start(aims, program, found.level)
    else:
        command = [*_command(aims, attack, program, found.level), *more]
    mounted, places, submissions = mounts(), _places(aims), bench.submissions()
    ended = grading(aims, command, watched)
    remains = [
        *(f"a process: {name}" for name in bench.left_behind),
        *(f"a file: {name}" for name in sorted(_places(aims) - places)),
        *left(aims.marks, mounted, watched),
    ]
    escaped = _escaped(aims, ended)
    if bench.submissions() != submissions:
        escaped.append("the submission was changed")
    return replace(
        found,
        escaped=tuple(escaped),
        misjudged=tuple(_misjudged(attack, found.level, ended)),
        left=(
            *remains[:_MOST_NAMED],
            *([f"{more} more"] if (more := len(remains) - _MOST_NAMED) > 0 else []),
        ),
        said=next((failure["summary"] for failure in ended.failures), ""),
        weaknesses=tuple(ended.report["environment"]["isolation"]["weaknesses"])
        if ended.report
        else (),
    )


@dataclass(frozen=True, slots=True)
class _Ended:
    """A run that is over: its exit code, the last line it printed, all that it said, and its
    report."""

    code: int
    last: str
    said: str
    report: dict[str, Any] | None

    @property
    def failures(self) -> list[dict[str, Any]]:
        """What failed of the required checks, as the report has it."""
        checks = [
            check
            for stage in (self.report or {"stages": []})["stages"]
            for check in stage["checks"]
        ]
        failed = [
            check
            for check in checks
            if (check["verdict"], check["level"]) == ("failed", "required")
        ]
        return [check["failure"] for check in failed]


def _graded(
    aims: Aims, command: list[str | Path | bytes], watched: Watched, environment: Mapping[str, str]
) -> _Ended:
    bench, late = aims.bench, ""
    with (
        bench.started(command, {"GRADER_SECRET": SECRET, **environment}) as running,
        watched.watching(running.process.pid),
    ):
        try:
            out, err = running.process.communicate(timeout=PATIENCE_S)
        except subprocess.TimeoutExpired:
            running.process.kill()
            out, err = running.process.communicate()
            late = _LATE
    return _ended(aims, running.process.returncode, late.encode() + out, err)


def _forked(
    aims: Aims, command: list[str | Path | bytes], watched: Watched, environment: Mapping[str, str]
) -> _Ended:
    """The same: of the command, what comes after Python, -P and the module."""
    bench = aims.bench
    try:
        with watched.watching(os.getpid()):
            ended = forked.run(
                command[3:], cwd=bench.place, timeout=PATIENCE_S, safe_path=True,
                env=bench.environment({"GRADER_SECRET": SECRET, **environment}),
                module="tests.bad_input.measured",
            )  # fmt: skip
    except subprocess.TimeoutExpired:
        ended = forked.Ended(-signal.SIGKILL, b"", _LATE.encode())
    finally:
        bench.left_behind += benches.still_living()
    return _ended(aims, ended.code, ended.out, ended.err)


def _ended(aims: Aims, code: int, out: bytes, err: bytes) -> _Ended:
    bench = aims.bench
    report = json.loads(bench.report_path.read_text()) if bench.report_path.exists() else None
    last, said = (
        text.decode(errors="replace") for text in (b"".join(out.splitlines()[-1:]), out + err)
    )
    return _Ended(code, last, said, report)


@cache
def missing(level: str) -> str:
    """Why the level does not work here. Asked in a process of its own: threads of ours could not be
    taken along."""
    source = (
        "import sys, tempfile; from pathlib import Path; "
        "from grader.isolation import LEVELS, Needs\n"
        "with tempfile.TemporaryDirectory() as scratch:\n"
        "    (own := Path(scratch, 'submission')).mkdir()\n"
        "    print(LEVELS[sys.argv[1]](Path(scratch), Needs(own, (sys.executable,))).missing())"
    )
    return subprocess.run(
        [sys.executable, "-c", source, level], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.strip()


def _command(aims: Aims, attack: Attack, program: Path, level: str) -> list[str | Path | bytes]:
    bench = aims.bench
    chosen = {"--stage", "--check"} & {*attack.options}
    stage = () if chosen else ("--stage", "ok")
    return [
        sys.executable, "-P", str(HERE / "measured.py"), str(bench.root / "peak"), program, *stage,
        *attack.options, "--port", str(bench.port), "--sandbox", level, "--report",
        f"json:{bench.report_path}",
    ]  # fmt: skip


def _places(aims: Aims) -> set[str]:
    """Every file of the bench, but for what a run is asked to write."""
    bench = aims.bench
    found = {
        os.path.join(folder, name)
        for place in (bench.root, bench.scratch)
        for folder, folders, files in os.walk(place)
        for name in (*folders, *files)
    }
    return found - {str(bench.report_path), str(bench.root / "peak")}


def _escaped(aims: Aims, ended: _Ended) -> list[str]:
    written = json.dumps(ended.report)
    found = [line.strip() for line in ended.said.splitlines() if "ESCAPED:" in line][:1]
    if not found and "ESCAPED:" in written:
        found.append(written[written.index("ESCAPED:") :][:80])
    found += [f"changed: {path}" for path in aims.changed()]
    if obeyed := _OBEYED.search(ended.said):
        found.append(f"printed as it is: {ended.said[obeyed.start() :][:40]!r}")
    if ended.code < 0:
        found.append(f"the grader was killed by signal {-ended.code}")
    peak = aims.bench.root / "peak"
    if peak.exists() and int(peak.read_text()) > MOST_MEMORY_KIB:
        found.append(f"the grader took {peak.read_text()} KiB of memory")
    return found


def _misjudged(attack: Attack, level: str, ended: _Ended) -> list[str]:
    report = ended.report
    if report is None:
        return [f"exit code {ended.code}, and no report: {ended.said[:300]}"]
    found = [*_wrong_verdict(attack, ended, report)]
    if report["environment"]["isolation"]["level"] != level:
        found.append(f"it ran on {report['environment']['isolation']['level']}")
    if "Traceback (most recent" in ended.said:
        found.append("the grader showed a traceback")
    checks = [check for stage in report["stages"] for check in stage["checks"]]
    found += [
        f"{one['id']} was not judged: {one['reason']}"
        for one in checks
        if one["verdict"] == "errored"
    ]
    found += [
        f"the report is not as it should be: {wrong.message[:200]}"
        for wrong in report_schema().iter_errors(report)
    ]
    return found


def _wrong_verdict(attack: Attack, ended: _Ended, report: Mapping[str, Any]) -> Iterator[str]:
    wanted, first = "failed" if attack.finding else "passed", next(iter(ended.failures), None)
    if (report["verdict"], ended.code) != (wanted, int(bool(attack.finding))):
        came = f"{report['verdict']}, exit code {ended.code}, and not {wanted}"
        yield f"{came}: {report['reason'] or (first and first['summary']) or ended.said[-300:]}"
    elif first and attack.finding not in first["summary"]:
        yield f"{first['summary']!r} does not say {attack.finding!r}"
    elif first and attack.limited and first["kind"] != "resource":
        yield f"{first['summary']!r} is said to be of the kind {first['kind']!r}"
    if attack.finding and "PASSED" in ended.last:
        yield f"the last line is {ended.last!r}"
