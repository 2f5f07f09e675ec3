"""What the machine lacks: every kind is errored, in one sentence, never the learner's, and nothing
is left behind."""

from __future__ import annotations

import csv
import os
import resource
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from tests.bad_input.bench import Bench, Finished


def _within(bench: Bench, what: int, most: int, *arguments: str | Path) -> Finished:
    """Grade by stage *ok* with a limit of ours (getrlimit(2))."""
    where = ("--port", str(bench.port), "--sandbox", bench.sandbox, "--stage", "ok")
    words = bench.command(*arguments, *where, "--report", f"json:{bench.report_path}")
    return _ended(bench, [*words], preexec_fn=lambda: resource.setrlimit(what, (most, most)))


def _in_a_mount_namespace(bench: Bench, preparation: str, *arguments: str | Path) -> Finished:
    """Grade after some lines of a shell, where mounts are ours alone; skipped where there can be no
    such place."""
    tool = shutil.which("unshare")
    if (
        tool is None
        or subprocess.run([tool, "-m", "/bin/sh", "-c", preparation], check=False).returncode
    ):
        pytest.skip("nobody may mount here as this test has to")
    where = ("--port", str(bench.port), "--sandbox", bench.sandbox, "--stage", "ok")
    words = bench.command(*arguments, *where, "--report", f"json:{bench.report_path}")
    return _ended(
        bench,
        [tool, "-m", "/bin/sh", "-c", f'{preparation}; exec "$@"', "sh", *map(os.fsdecode, words)],
    )


def _ended(bench: Bench, command: Sequence[str | Path | bytes], **options: Any) -> Finished:  # noqa: ANN401
    with bench.started([*command], **options) as running:
        out, err = running.process.communicate()
    return bench.finished(running.process.returncode, out, err)


def _errored(run: Finished, words: str) -> None:
    assert run.code == 3, run.said
    assert words in run.said
    assert "Traceback" not in run.said
    assert run.failures == []
    if run.report is not None:
        assert (run.report["outcome"], run.report["verdict"]) == ("errored", "errored")
        assert words in run.report["reason"]


PTYS = (
    "mount -t devpts -o newinstance,ptmxmode=0666,max={} devpts /dev/pts && mount --bind"
    " /dev/pts/ptmx /dev/ptmx"
)
NO_PTY = f"{PTYS.format(1)} && exec 9<>/dev/ptmx"  # the only one is taken


def test_no_terminal_for_the_program(either: Bench) -> None:
    run = _in_a_mount_namespace(either, NO_PTY, either.program("right.py"))
    _errored(run, "this machine has no terminal left for it (kernel.pty.max)")


def test_two_terminals_are_enough(either: Bench) -> None:
    assert _in_a_mount_namespace(either, PTYS.format(2), either.program("right.py")).code == 0


def test_no_proc(either: Bench) -> None:
    run = _in_a_mount_namespace(either, "umount -l /proc", either.program("right.py"))
    _errored(run, "this machine has no /proc")
    assert len(run.err.splitlines()) == 1


def test_no_space_for_the_graders_files(bench: Bench) -> None:
    bench.sandbox = "off"
    program = bench.program("right.py")
    bench.write("submission/large.bin", b"x" * 200_000)
    run = _in_a_mount_namespace(bench, f"mount -t tmpfs -o size=100k none {bench.scratch}", program)
    _errored(run, "there is no space left for the grader's files: ")


def test_fewer_files_than_a_right_server_needs(bench: Bench) -> None:
    run = _within(bench, resource.RLIMIT_NOFILE, 200, bench.program("right.py"))
    _errored(
        run,
        "a submission gets 200 open files (ulimit -n), not 4096: this machine allows no more, and a"
        " right server",
    )


def test_fewer_files_than_promised_are_said(bench: Bench) -> None:
    run = _within(bench, resource.RLIMIT_NOFILE, 400, bench.program("right.py"))
    assert run.code == 0, run.said
    assert run.report is not None
    environment = run.report["environment"]
    assert environment["limits"]["files"] == 400
    said = "a submission gets 400 open files (ulimit -n), not 4096: this machine allows no more"
    assert said in environment["isolation"]["weaknesses"]


def test_fewer_processes_than_a_right_server_needs(bench: Bench, unprivileged: None) -> None:
    run = _within(bench, resource.RLIMIT_NPROC, 200, bench.program("right.py"))
    _errored(
        run,
        "processes and threads (ulimit -u), not 1024: this machine allows no more, and a right"
        " server may need",
    )


ALONE = """
import socket

listener = socket.create_server(("127.0.0.1", {port}))
while True:
    with listener.accept()[0] as client:
        if client.recv(65536):
            client.sendall(b"HTTP/1.1 200 OK\\r\\nContent-Length: 0\\r\\n\\r\\n")
"""
"""A right server for clients who come one by one; it is a single thread, which nothing here may
keep from running."""


@pytest.mark.parametrize("most", range(1, 12))
def test_no_more_processes(either: Bench, unprivileged: None, most: int) -> None:
    """Too few for the program, or even for the grader: whoever asks for so few gets as far as they
    go."""
    program = either.write("submission/alone.py", ALONE.format(port=either.port))
    others = int(
        subprocess.check_output(["ps", "-L", "-u", str(os.getuid()), "--no-headers"]).count(b"\n")
    )
    run = _within(either, resource.RLIMIT_NPROC, others + most, "--limit", "processes=1", program)
    if run.code:
        _errored(run, "cannot start more processes and threads (ulimit -u)")


# --- when the run is under way --------------------------------------------------------------------

LOWERED = """
import os, resource, sys
from grader.program.host import Host

launch, count = Host._running, []

def lowered(self, *, fresh):
    server = launch(self, fresh=fresh)
    if not count:
        count.append(len(os.listdir("/proc/self/fd")))
        most = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
        resource.setrlimit(resource.RLIMIT_NOFILE, (count[0] + {more}, most))
    return server

Host._running = lowered
from grader.__main__ import main
main()
"""


@pytest.mark.parametrize("more", [-6, -4, -3, -2, -1, 0, 1, 2, 3, 5, 9, 20])
@pytest.mark.parametrize("stage", ["ok", "concurrency"])
def test_no_more_files_for_the_grader(either: Bench, stage: str, more: int) -> None:
    """From the first launch on. What is judged by then stays; a failure would be a lie."""
    where = ("--port", str(either.port), "--sandbox", either.sandbox, "--stage", stage)
    words = (either.program("right.py"), *where, "--report", f"json:{either.report_path}")
    run = _ended(either, [sys.executable, "-P", "-c", LOWERED.format(more=more), *map(str, words)])
    if run.code != 0:
        _errored(run, "the grader cannot open more files (ulimit -n)")
    assert run.code == 3 or more > 0 or stage == "ok"


def test_a_class_of_which_the_machine_can_grade_none(bench: Bench) -> None:
    """Each is errored by itself, and the last one is still begun."""
    for name in ("ann", "bob", "carl"):
        bench.program("right.py").parent.rename(bench.place / name)
        (bench.place / name / "right.py").rename(bench.place / name / "server.py")
    summary = bench.root / "summary.csv"
    bench.report_path.unlink(missing_ok=True)
    words = bench.command(
        "ann", "bob", "carl", f"--summary={summary}", "--port", str(bench.port), "--stage", "ok"
    )
    tool = shutil.which("unshare")
    preparation = NO_PTY
    if (
        tool is None
        or subprocess.run([tool, "-m", "/bin/sh", "-c", preparation], check=False).returncode
    ):
        pytest.skip("nobody may mount here as this test has to")
    run = _ended(
        bench,
        [tool, "-m", "/bin/sh", "-c", f'{preparation}; exec "$@"', "sh", *map(os.fsdecode, words)],
    )
    assert run.code == 3
    with open(summary, encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [(row["verdict"], row["score"]) for row in rows] == [("errored", "")] * 3
    assert all("no terminal left" in row["reason"] for row in rows)
