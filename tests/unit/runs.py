"""A course made up in a test, and the run of it over a server that counts its requests."""

from __future__ import annotations

import sys
import threading
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import pytest
from msgspec.structs import replace

from grader.check.declaration import Check, check
from grader.check.failure import Failure, Kind
from grader.course import Launch, Stage
from grader.engine.runner import Runner, RunPlan
from grader.engine.settings import RunSettings
from grader.isolation.plain import Plain
from grader.program.host import Host
from grader.program.launch import Launcher
from grader.program.submission import Submission
from grader.report.model import (
    Environment,
    Event,
    Isolation,
    Report,
    RunFinished,
    RunHeader,
    StageReport,
)
from grader.system.sockets import SocketTable
from grader.system.tcp_socket import LISTEN
from tests.unit.tiny_servers import HEAD, PATIENT, free_port

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterator, Mapping, Sequence

    from grader.http1.session import Session
    from grader.program.program import Program
    from grader.program.reference import Reference

COUNTING = """
print("counting", flush=True)
count, lock = 0, threading.Lock()

def handle(client):
    global count
    while head(client):
        with lock:
            count += 1
            said = str(count).encode()
        answer(client, said)
    client.close()

while True:
    threading.Thread(target=handle, args=(listener.accept()[0],), daemon=True).start()
"""


def declared(judge: Callable[[Session], None], name: str = "", **how: Any) -> Check:  # noqa: ANN401
    """A check of this function; `how` as `grader.check.declaration.check` takes it."""
    made = check("It is so", "It MUST be so", cite="course: test", **how)(judge)
    return replace(made, name=name or made.name)


def passes(session: Session) -> None:
    assert session.get("/").status == 200


def fails(session: Session) -> None:
    session.get("/")
    raise Failure(
        Kind.MISMATCH,
        "it is not so",
        expected=b"x" * 100_000,
        actual="y",
        hint="think",
        cite="RFC 1",
    )


def stumbles(session: Session) -> None:
    raise ZeroDivisionError("of our own making")


def verdicts(report: StageReport) -> list[str]:
    return [done.verdict.value for done in report.checks]


def served(session: Session) -> int:
    """How many requests the running server has answered, this one included."""
    return int(session.get("/").body)


def stage(
    slug: str,
    *checks: Check,
    requires: tuple[str, ...] = (),
    points: Mapping[str, int] | None = None,
) -> Stage:
    """A stage of a course that is nowhere on disk; its port is the run's."""
    return Stage(
        1,
        slug,
        slug.title(),
        "track",
        requires,
        Launch(1),
        PATIENT,
        Path("README.md"),
        points or {},
        tuple(checks),
    )


@dataclass(slots=True)
class Course:
    """Runs stages over one submission, uncontained, on one port."""

    program: Path
    port: int
    launcher: Launcher
    sockets: SocketTable

    def events(
        self,
        stages: Sequence[Stage],
        *,
        strict: bool = False,
        keep_going: bool = False,
        hide: tuple[str, ...] = (),
    ) -> Generator[Event, None, None]:
        environment = Environment("0", "3", "here", Isolation("plain"), 0, strict)
        header = RunHeader(
            "course", "Course", "server.py", ("server.py",), environment, "2000-01-01T00:00:00Z"
        )
        settings = RunSettings(0, strict, keep_going, self.port, hide=hide)
        plan = RunPlan(header, stages, settings)
        with Host(self.launcher, *settings.contract(stages[0]), self.sockets) as host:
            yield from Runner(plan, host, cast("Reference", None)).events()

    def report(
        self,
        *stages: Stage,
        strict: bool = False,
        keep_going: bool = False,
        hide: tuple[str, ...] = (),
    ) -> Report:
        *_, last = self.events(stages, strict=strict, keep_going=keep_going, hide=hide)
        assert isinstance(last, RunFinished)
        assert self.nobody_listens()
        return last.report

    def stage(self, *checks: Check) -> StageReport:
        """The report of a single stage with these checks."""
        return self.report(stage("a", *checks)).stages[0]

    def nobody_listens(self) -> bool:
        return not any(s.state == LISTEN and s.port == self.port for s in self.sockets.look() or ())

    def host(self) -> Host:
        return Host(self.launcher, Launch(self.port), PATIENT, self.sockets)

    def launch_meanwhile(self) -> bool:
        """Ask a host for its server while it launches one: whether that launches a second one."""
        launcher = _Interrupted(self.launcher)
        with Host(cast("Launcher", launcher), Launch(self.port), PATIENT, self.sockets) as host:
            launcher.host = host
            host.server(fresh=True)
            launcher.other.join(60)
        return launcher.second.is_set()


class _Interrupted:
    """A launcher in whose first launch another thread asks the host for its server."""

    def __init__(self, launcher: Launcher) -> None:
        self.host: Host | None = None
        self.second = threading.Event()
        self._launcher = launcher
        self._launched = 0
        self.other = threading.Thread(target=self._ask, daemon=True)

    def require_free_port(self, launch: Launch) -> None:
        """It is, but for ourselves."""

    def launch(
        self, arguments: Sequence[str], shared: Path | None, own: Callable[[Program], object]
    ) -> Program:
        self._launched += 1
        if self._launched > 1:
            self.second.set()
            raise InterruptedError("a second launch")
        self.other.start()
        self.second.wait(2)  # for nothing, once hosts are locked
        return self._launcher.launch(arguments, shared, own)

    def _ask(self) -> None:
        assert self.host is not None
        try:
            self.host.server(fresh=False)
        except InterruptedError:
            return


@pytest.fixture
def course(tmp_path: Path) -> Iterator[Course]:
    (directory := tmp_path / "submission").mkdir()
    (scratch := tmp_path / "scratch").mkdir()
    program = directory / "server.py"
    program.write_text(HEAD + COUNTING)
    port = free_port()
    submission = Submission("server.py", directory, (sys.executable, str(program), str(port)))
    with SocketTable() as sockets:
        yield Course(program, port, Launcher(submission, Plain(scratch), scratch, sockets), sockets)
