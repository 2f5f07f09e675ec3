"""The grader's own memory: bounded while it grades, and nothing that it starts is bound by that."""

from __future__ import annotations

import os
import resource
import shutil
import subprocess
import sys
import textwrap
import threading
from typing import TYPE_CHECKING

import pytest

from grader import own_memory
from grader.commands import check_course, grading
from grader.commands.entry import run
from grader.errors import own_fault
from grader.jobs import job
from grader.limits import Limits
from grader.program import output as output_module
from grader.program.output import Output
from grader.program.watchdog import Watchdog
from grader.report.model import Verdict
from tests.unit.isolation.inside import LEVEL_NAMES, inside
from tests.unit.runs import Course, course, declared, passes
from tests.unit.system.watched import until

if TYPE_CHECKING:
    from pathlib import Path

    from grader.http1.session import Session

__all__ = ["course"]  # the fixture

linux = pytest.mark.skipif(sys.platform != "linux", reason="elsewhere nothing is bounded")
every_level = pytest.mark.parametrize("level", LEVEL_NAMES)

HEAD = (
    "import resource\n"
    "from grader import own_memory as memory\n"
    "limit = lambda: resource.getrlimit(resource.RLIMIT_AS)[0]\n"
)


def said(
    source: str, *, soft: int = resource.RLIM_INFINITY, hard: int = resource.RLIM_INFINITY
) -> list[str]:
    """What this source prints, in a process with these limits from its start."""

    def begin() -> None:
        resource.setrlimit(resource.RLIMIT_AS, (soft, hard))

    done = subprocess.run(
        [sys.executable, "-c", HEAD + textwrap.dedent(source)], capture_output=True, text=True,
        check=True, preexec_fn=begin,
    )  # fmt: skip
    return done.stdout.split()


TRY = """
before = limit()
with memory.bounded():
    inside = limit()
    try:
        bytes(5 << 30)
    except MemoryError:
        print("refused")
print(before, inside, limit())
"""


@linux
def test_who_asks_for_too_much_is_refused() -> None:
    assert said(TRY) == ["refused", "-1", str(own_memory.MOST), "-1"]
    eight = str(8 << 30)
    assert said(TRY, soft=8 << 30, hard=8 << 30) == ["refused", eight, str(own_memory.MOST), eight]


@linux
@pytest.mark.parametrize("hard", [2 << 30, resource.RLIM_INFINITY])
def test_a_lower_limit_stays(hard: int) -> None:
    two = str(2 << 30)
    assert said(TRY, soft=2 << 30, hard=hard) == ["refused", two, two, two]


# --- what the grader starts -----------------------------------------------------------------------

LAUNCH = """
import resource
from grader.commands import grading as cli; from grader import own_memory as memory
from grader.program.bounds import ProgramBounds
def started(*words):
    contained = entered.contain(directory, None, None)
    program = ended(Program(
        [*contained.prefix, *words], directory=contained.directory, confine=contained.confine,
        environment={"PATH": os.environ["PATH"], "HOME": str(entered.home)},
        waiters=entered.waiters,
        bounds=ProgramBounds(Limits(), time.monotonic() + 100), release=contained.release,
    ))
    text, status = program.output.tail().decode(), program.exit_status
    program.kill()
    return text.splitlines(), status
score = lambda: int(Path("/proc/self/oom_score_adj").read_text())
before = score()
with memory.bounded():
    say([*started(*arguments), resource.getrlimit(resource.RLIMIT_AS)[0], score() - before])
"""


@linux
@every_level
def test_what_is_started_has_the_limit_of_before_and_is_ended_first(
    level: str, tmp_path: Path
) -> None:
    show = "grep 'Max address space' /proc/self/limits; cat /proc/self/oom_score_adj"
    (limits, score), status, ours, change = inside(level, tmp_path, LAUNCH, "sh", "-c", show)
    soft, hard = resource.getrlimit(resource.RLIMIT_AS)
    assert (status, ours, change) == (0, own_memory.MOST, 0)
    assert limits.split()[3:5] == [
        "unlimited" if it == resource.RLIM_INFINITY else str(it) for it in (soft, hard)
    ]
    assert int(score) >= 500


LANGUAGES = {
    "node": ("node", "-e", "console.log(new ArrayBuffer(5 * 2 ** 30).byteLength)"),
    "java": ("java", "-Xmx6g", "-version"),
}


@pytest.mark.e2e
@linux
@every_level
@pytest.mark.parametrize("language", LANGUAGES)
def test_virtual_machines_get_the_address_space_they_ask_for(
    level: str, language: str, tmp_path: Path
) -> None:
    """More than the grader may take itself, and none of it is used."""
    program, *words = LANGUAGES[language]
    if (found := shutil.which(program)) is None:
        pytest.skip(f"no {program} here")
    text, status, *_ = inside(level, tmp_path, LAUNCH, found, *words)
    assert status == 0, text


@linux
def test_a_score_that_is_higher_stays() -> None:
    source = "open('/proc/self/oom_score_adj', 'w').write('700'); memory.go_first()\n"
    assert said(source + "print(open('/proc/self/oom_score_adj').read())") == ["700"]


# --- what is said of it ---------------------------------------------------------------------------


def test_a_check_that_runs_out_of_memory_is_errored_in_one_sentence(course: Course) -> None:
    def eats(session: Session) -> None:
        session.get("/")
        raise MemoryError

    report = course.stage(declared(passes), declared(eats), declared(passes, "again"))
    _, eaten, after = report.checks
    assert (eaten.verdict, eaten.reason, eaten.failure) == (
        Verdict.ERRORED,
        own_memory.EXHAUSTED,
        None,
    )
    assert after.verdict is Verdict.PASSED
    assert report.verdict is Verdict.ERRORED


def test_one_that_runs_beside_the_others_too(course: Course) -> None:
    def eats(session: Session) -> None:
        raise MemoryError

    _, eaten = course.stage(declared(passes), declared(eats, beside=True)).checks
    assert (eaten.verdict, eaten.reason) == (Verdict.ERRORED, own_memory.EXHAUSTED)


def test_what_is_said_of_other_errors_names_them() -> None:
    assert str(own_fault(MemoryError())) == own_memory.EXHAUSTED
    assert str(own_fault(ValueError("x"))) == "an error in the grader itself: ValueError: x"


@pytest.mark.parametrize("where", ["check_course", "load_course", "grading"])
def test_a_command_that_runs_out_of_memory_says_so(
    where: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """One sentence, exit code 3, and no traceback."""

    def eats(*_: object, **__: object) -> None:
        raise MemoryError

    module = {"check_course": check_course, "load_course": grading, "grading": job}[where]
    monkeypatch.setattr(module, where, eats)
    (tmp_path / "server.py").touch()
    words = (
        ["--check-course"]
        if where == "check_course"
        else [str(tmp_path / "server.py"), "--sandbox", "off"]
    )
    assert run(words) == 3
    out, err = capsys.readouterr()
    assert own_memory.EXHAUSTED in " ".join(f"{out} {err}".split())
    assert "Traceback" not in out + err


def test_a_terminal_is_read_on_when_memory_runs_out(monkeypatch: pytest.MonkeyPatch) -> None:
    """A program blocks where nobody reads what it prints, and that would be taken for its own
    silence."""
    failures, read_it = [2], os.read

    def read(descriptor: int, size: int) -> bytes:
        if failures[0]:
            failures[0] -= 1
            raise MemoryError
        return read_it(descriptor, size)

    master, slave = os.openpty()
    monkeypatch.setattr(output_module.os, "read", read)
    output = Output(master)
    output.start()
    os.write(slave, b"hello")
    until(lambda: output.tail() == b"hello", "what was printed")
    os.close(slave)
    output.finish(60)
    os.close(master)
    assert failures == [0]


def test_a_watchdog_looks_again_when_memory_runs_out() -> None:
    stopped, looks = threading.Event(), []

    def tree() -> tuple[int, ...]:
        looks.append(1)
        if len(looks) < 3:
            raise MemoryError
        return (os.getpid(),)

    watchdog = Watchdog(tree, 0, stopped.set, Limits(memory=1), float("inf"))
    assert stopped.wait(60)
    watchdog.close()
