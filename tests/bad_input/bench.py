"""One bench a test: a place to put submissions, and the command line, run and looked after whatever
it is given."""

from __future__ import annotations

import ctypes
import json
import os
import re
import select
import signal
import socket
import stat
import subprocess
import sys
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from multiprocessing import resource_tracker
from pathlib import Path
from shutil import copy
from typing import TYPE_CHECKING, Any

import psutil
from jsonschema import Draft202012Validator

from grader.report.codec import from_json, to_json
from tests import forked

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
PROGRAMS = HERE / "programs"
EXAMPLES = ROOT / "examples"
PATIENCE_S = 60.0  # until a test gives up; nothing is judged by it
DYING_S = 5.0  # for processes that were killed to be gone, on however busy a machine
MOST_MEMORY_KIB = 200 * 1024
_STEP_S = 0.01
_PR_SET_CHILD_SUBREAPER = 36

Json = dict[str, Any]


def adopt_orphans() -> None:
    """Make every process that a run leaves behind a child of ours, whatever it did to get away."""
    ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class Finished:
    """A run that has ended. code: negative for a signal. report: the JSON report, or None."""

    code: int
    out: str
    err: str
    report: Json | None
    peak_kib: int | None = None

    @property
    def said(self) -> str:
        """Everything it said, as words with one blank between, whatever the width of the
        terminal."""
        return " ".join(f"{self.out} {self.err}".split())

    @property
    def checks(self) -> list[Json]:
        return [
            check for stage in (self.report or {}).get("stages", []) for check in stage["checks"]
        ]

    @property
    def failures(self) -> list[Json]:
        """Of the checks that failed, what failed, the first one first."""
        return [check["failure"] for check in self.checks if check["failure"]]

    @property
    def problem(self) -> str:
        """The sentence on the first check that failed."""
        assert self.failures, self.out + self.err
        return str(self.failures[0]["summary"])


@dataclass(slots=True)
class Running:
    """A run in the foreground process group of its own, as a terminal would have it."""

    process: subprocess.Popen[bytes]

    def press_ctrl_c(self) -> None:
        self.signal(signal.SIGINT)

    def signal(self, number: int) -> None:
        os.killpg(self.process.pid, number)

    def until(self, fact: Callable[[], bool], what: str) -> None:
        """Wait until something is so that can only be seen by looking."""
        for _ in range(int(PATIENCE_S / _STEP_S)):
            if fact():
                return
            assert not self.ended_within(_STEP_S), (
                f"ended before {what}: {self.process.communicate()}"
            )
        raise AssertionError(f"never seen: {what}")

    def ended_within(self, seconds: float) -> bool:
        watched = os.pidfd_open(self.process.pid)
        try:
            return bool(select.select([watched], [], [], seconds)[0])
        finally:
            os.close(watched)

    def descendants(self) -> list[psutil.Process]:
        return psutil.Process(self.process.pid).children(recursive=True)

    def runs(self, end: str) -> bool:
        """Whether a descendant runs whose command line has a word that ends so. A fork of the
        grader does not count, nor does bubblewrap, which builds the walls first and has the
        program's words, too."""
        commands = [words for words in map(_command, self.descendants()) if "grader" not in words]
        commands = [words for words in commands if os.path.basename(words[0]) != "bwrap"]
        return any(word.endswith(end) for words in commands for word in words)

    def is_connected(self, port: int) -> bool:
        """Whether a descendant has accepted a connection on this port, in whatever network it
        lives."""
        return any(has_accepted(process.pid, port) for process in self.descendants())


@dataclass(slots=True)
class Bench:
    """Where one test works. `root` and `scratch` are empty directories, the second for the grader's
    own temporary files; `port` is one that nobody uses."""

    root: Path
    scratch: Path
    port: int
    sandbox: str = "auto"
    ours: Path | None = None  # a directory among the submissions that the grader may use for itself
    left_behind: list[str] = field(default_factory=list)

    @property
    def place(self) -> Path:
        """Where submissions are, and where the grader is started."""
        return _made(self.root / "place")

    @property
    def report_path(self) -> Path:
        return self.root / "report.json"

    # --- submissions ------------------------------------------------------------------------------

    def program(self, name: str) -> Path:
        """One of the programs here, in a directory of its own, listening on our port."""
        directory = self.directory("submission")
        copy(PROGRAMS / name, directory)
        listener = (PROGRAMS / "listener.py").read_text()
        self.write("submission/listener.py", listener.replace("PORT = 4221", f"PORT = {self.port}"))
        return directory / name

    def write(self, name: str, content: str | bytes, mode: int = 0o644) -> Path:
        path = self.place / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        path.chmod(mode)
        return path

    def directory(self, name: str) -> Path:
        return _made(self.place / name)

    # --- runs -------------------------------------------------------------------------------------

    def command(self, *arguments: str | Path | bytes) -> list[str | Path | bytes]:
        return [sys.executable, "-P", "-m", "grader", *arguments]

    def grade(
        self,
        submission: Path | str,
        *options: str | Path,
        expect: int,
        environment: Mapping[str, str] | None = None,
    ) -> Finished:
        """Grade by stage *ok* (or as the options say) with our port, in our sandbox, with a report.

        What must be so for every run is asserted here.
        """
        chosen = (
            options if {"--stage", "--up-to", "--all"} & {*options} else ("--stage", "ok", *options)
        )
        where = (
            "--port",
            str(self.port),
            "--sandbox",
            self.sandbox,
            "--report",
            f"json:{self.report_path}",
        )
        return self.say(submission, *chosen, *where, expect=expect, environment=environment)

    def say(
        self,
        *arguments: str | Path | bytes,
        expect: int,
        environment: Mapping[str, str] | None = None,
    ) -> Finished:
        """Run `grade` with exactly these arguments to its end."""
        peak = self.root / "peak"
        with self.undisturbed():
            try:
                ended = forked.run(
                    (peak, *arguments), cwd=self.place, env=self.environment(environment),
                    timeout=PATIENCE_S, safe_path=True, module="tests.bad_input.measured",
                )  # fmt: skip
            finally:
                self.left_behind += still_living()
        finished = self.finished(ended.code, ended.out, ended.err)
        assert finished.code == expect, finished.out + finished.err
        assert int(peak.read_text()) < MOST_MEMORY_KIB
        return finished

    def environment(self, more: Mapping[str, str] | None = None) -> dict[str, str]:
        return {
            "PATH": os.environ["PATH"], "HOME": str(self.root), "TMPDIR": str(self.scratch),
            "PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1", **(more or {}),
        }  # fmt: skip

    @contextmanager
    def started(
        self,
        command: list[str | Path | bytes],
        environment: Mapping[str, str] | None = None,
        *,
        stdin: int | None = subprocess.DEVNULL,
        **options: Any,  # noqa: ANN401
    ) -> Iterator[Running]:
        """A run that is under way; when the context is left it has ended, and so has all that it
        started."""
        with subprocess.Popen(
            command, env=self.environment(environment), cwd=self.place, stdin=stdin,
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True, **options,
        ) as process:  # fmt: skip
            try:
                yield Running(process)
            finally:
                if process.poll() is None and not Running(process).ended_within(PATIENCE_S):
                    process.kill()
                process.wait()
                self.left_behind += still_living()

    def finished(self, code: int, out: bytes, err: bytes) -> Finished:
        """Look at what an ended run said and left, and assert what must be so for every run."""
        written = self.report_path.read_text() if self.report_path.exists() else None
        for text in (out, err, (written or "").encode()):
            assert not re.search(rb"[\x00-\x08\x0b-\x1f\x7f]|\xc2[\x80-\x9f]", text), text
        said = f"{out.decode()}\n{err.decode()}"
        assert not re.search(r"^Traceback", said, re.MULTILINE), said
        assert code >= 0, f"killed by signal {-code}: {said}"
        assert self.left_behind == [], self.left_behind
        assert os.listdir(self.scratch) == []
        report = None if written is None else json.loads(written)
        if written is not None:
            assert to_json(from_json(written)) == written
        if report is not None:
            report_schema().validate(report)
            checks = [check for stage in report["stages"] for check in stage["checks"]]
            errors = [check["reason"] or "" for check in checks if check["verdict"] == "errored"]
            ours = [reason for reason in errors if ".py:" in reason]
            assert ours == []
        return Finished(code, out.decode(), err.decode(), report)

    @contextmanager
    def undisturbed(self) -> Iterator[None]:
        """Assert that no submission is changed in it."""
        before = self.submissions()
        yield
        assert self.submissions() == before

    def submissions(self) -> dict[str, tuple[object, ...]]:
        found: dict[str, tuple[object, ...]] = {}
        for folder, folders, files in os.walk(self.place):
            for name in (*folders, *files):
                path = os.path.join(folder, name)
                seen = os.lstat(path)
                content = Path(path).read_bytes() if stat.S_ISREG(seen.st_mode) else b""
                changed = 0 if self.ours and os.path.samefile(path, self.ours) else seen.st_mtime_ns
                found[path] = (seen.st_mode, changed, content)
        return found


def _made(directory: Path) -> Path:
    directory.mkdir(parents=True, exist_ok=True)
    return directory


def still_living() -> list[str]:
    """The command lines of our descendants that do not end, though nobody is left who could want
    them; killed."""
    named = []
    while children := _children():
        _, alive = psutil.wait_procs(children, timeout=DYING_S)
        for process in alive:
            named.append(" ".join(_command(process)))
            process.kill()
        psutil.wait_procs(alive, timeout=DYING_S)
    return named


def _children() -> list[psutil.Process]:
    """Our descendants, but for those that are here to run the command line, and the one that Python
    starts beside the first pool of processes and keeps."""
    found = psutil.Process().children(recursive=True)
    ours = {*forked.parents(), resource_tracker._resource_tracker._pid}
    return [process for process in found if process.pid not in ours]


def free_port() -> int:
    """A port that nobody listens on, nor on the next one."""
    while True:
        with socket.socket() as one, socket.socket() as next_one:
            one.bind(("127.0.0.1", 0))
            port: int = one.getsockname()[1]
            try:
                next_one.bind(("127.0.0.1", port + 1))
            except (OSError, OverflowError):
                continue
            return port


@cache
def report_schema() -> Draft202012Validator:
    """What every JSON report is."""
    return Draft202012Validator(json.loads((ROOT / "docs" / "report.schema.json").read_text()))


def _command(process: psutil.Process) -> list[str]:
    try:
        return process.cmdline() or [process.name()]
    except psutil.Error:
        return ["(gone)"]


def has_accepted(pid: int, port: int) -> bool:
    """Whether a connection on this port has been accepted in the network in which the process
    lives."""
    try:
        table = Path(f"/proc/{pid}/net/tcp").read_text().splitlines()[1:]
    except OSError:
        return False
    return any(row.split()[1].endswith(f":{port:04X}") and row.split()[3] == "01" for row in table)
