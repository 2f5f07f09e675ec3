"""`grade watch` on a terminal: saves, keys, cancelled runs, and the terminal as it was."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import termios
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any

import pexpect
import psutil
import pytest

from grader.course import course_root, load_course
from tests.learning.desk import PATIENCE_S, Desk, descendants, kill_left

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

KEYS = "q quit"
LAST = load_course(course_root(), only=()).stages[-1]
HANGS = "import time; time.sleep(1000)"


@contextmanager
def watching(
    desk: Desk, *options: str, program: str = "server.py", **environment: str
) -> Iterator[pexpect.spawn[str]]:
    """A watch on a terminal. When the context is left it has ended, and nothing of it is left."""
    port = ("--port", str(desk.port), "--python", sys.executable, "--no-color")
    child = desk.terminal("watch", program, *port, *options, **environment)
    try:
        yield child
        family = descendants(child.pid) if child.isalive() else []
        if child.isalive():
            child.send("q")
        ended(child)
        assert kill_left(family) == []
        assert list(desk.temporary.iterdir()) == []
    finally:
        child.close(force=True)


def ended(child: pexpect.spawn[str]) -> int | None:
    child.expect(pexpect.EOF)
    child.wait()
    return int(child.exitstatus) if child.exitstatus is not None else None


def attributes(child: pexpect.spawn[str]) -> list[Any]:
    return termios.tcgetattr(child.child_fd)


def until_line(child: pexpect.spawn[str], text: str) -> None:
    """Wait for these words on the screen, however they are wrapped."""
    child.expect(r"\s+".join(map(re.escape, text.split())))


# --- saves ----------------------------------------------------------------------------------------


def test_it_checks_at_once_and_on_every_save(desk: Desk) -> None:
    desk.server(other="200 OK")
    with watching(desk, "--stage", "paths") as child:
        until_line(child, "Checking stage 3 paths")
        until_line(child, "FAILED at stage 3 paths")
        child.expect_exact(KEYS)
        desk.server()
        until_line(child, "server.py changed: checking stage 3 paths")
        until_line(child, "PASSED: 1 of 1 stage")
        until_line(child, "progress: stage 3 paths passed")
        child.expect_exact(KEYS)
    assert "first_passed" in desk.known()["paths"]


def test_what_passed_before_is_asked_after_the_stage_at_hand(desk: Desk) -> None:
    desk.server(other="200 OK")
    desk.graded("--progress", "--up-to", "paths", expect=1)
    with watching(desk) as child:
        until_line(child, "Checking stage 3 paths")
        until_line(child, "FAILED at stage 3 paths: 2 of 3 stages passed")
        until_line(child, "stages 1-2 still pass")
        child.expect_exact(KEYS)
        desk.server(then="found = False")
        until_line(child, "FAIL")
        until_line(child, "regression: 2 ok passed on")
        child.expect_exact(KEYS)


def _by_rename(path: Path, text: str) -> None:
    (path.parent / "draft").write_text(text)
    (path.parent / "draft").rename(path)


def _by_deletion(path: Path, text: str) -> None:
    path.unlink()
    path.write_text(text)


def _by_backup(path: Path, text: str) -> None:
    path.rename(path.with_name("server.py~"))
    path.write_text(text)


@pytest.mark.parametrize("save", [_by_rename, _by_deletion, _by_backup])
@pytest.mark.parametrize("polling", [(), ("--polling",)])
def test_however_an_editor_saves(
    desk: Desk, save: Callable[[Path, str], None], polling: tuple[str, ...]
) -> None:
    path = desk.server(other="200 OK")
    with watching(desk, "--stage", "paths", *polling) as child:
        if polling:
            until_line(child, "looking for changes every 300 ms")
        until_line(child, "FAILED at stage 3 paths")
        child.expect_exact(KEYS)
        save(path, path.read_text().replace("200 OK'\n", "404 No'\n"))
        until_line(child, "changed: checking stage 3 paths")
        until_line(child, "PASSED: 1 of 1 stage")


def test_a_build_that_fails_shows_what_it_printed(desk: Desk) -> None:
    desk.server()
    build = "test -e fine || { echo lacks a semicolon; exit 3; }"
    (desk.place / "grade.yaml").write_text(f"build: {build!r}\nentry: server.py\n")
    with watching(desk, "--stage", "ok", program=".") as child:
        until_line(child, "| lacks a semicolon")
        until_line(
            child,
            "grade: the build step ended with exit status 3;"
            ' its last output was "lacks a semicolon',
        )
        child.expect_exact(KEYS)
        (desk.place / "fine").touch()
        until_line(child, "PASSED: 1 of 1 stage")
        child.expect_exact(KEYS)


def test_half_a_file_and_no_file(desk: Desk) -> None:
    path = desk.server()
    whole = path.read_text()
    with watching(desk, "--stage", "ok") as child:
        until_line(child, "PASSED")
        child.expect_exact(KEYS)
        path.write_text(whole[: len(whole) // 2] + "(")
        until_line(child, "FAILED at stage 2 ok")
        child.expect_exact(KEYS)
        path.unlink()
        until_line(child, "grade: there is no file server.py")
        child.expect_exact(KEYS)
        path.write_text(whole)
        until_line(child, "PASSED")


def test_the_way_it_is_started_changes(desk: Desk) -> None:
    """What was prepared is for another command by then, and of no use."""
    path = desk.server()
    (desk.place / "other.py").write_text(
        path.read_text().replace("found = head", "found = 0 * len(head)")
    )
    settings = desk.place / "grade.yaml"
    settings.write_text("entry: server.py\n")
    with watching(desk, "--stage", "ok", program=".") as child:
        until_line(child, "PASSED")
        child.expect_exact(KEYS)
        settings.write_text("entry: other.py\n")
        until_line(child, "FAILED")
        child.expect_exact(KEYS)
        settings.write_text("entry: [\n")
        until_line(child, "not valid YAML")


def test_a_run_under_way_is_cancelled(desk: Desk) -> None:
    desk.server(then=HANGS)
    with watching(desk, "--stage", "ok") as child:
        until_line(child, "2 ok GET / gets 200")
        first = descendants(child.pid)
        desk.server()
        until_line(child, "server.py changed: checking stage 2 ok")
        until_line(child, "PASSED")
        child.expect_exact(KEYS)
        assert "INTERRUPTED" not in child.before
        kept = {process.pid for process in descendants(child.pid)}
        gone = [process for process in first if process.pid not in kept]
        assert gone
        assert kill_left(gone) == []


def test_what_does_not_matter_changes_nothing(desk: Desk) -> None:
    desk.server()
    with watching(desk, "--stage", "ok") as child:
        child.expect_exact(KEYS)
        for name in (
            ".git/index",
            "__pycache__/server.pyc",
            "node_modules/x.js",
            ".server.py.swp",
            ".grade/x",
        ):
            (desk.place / name).parent.mkdir(exist_ok=True)
            (desk.place / name).write_text("x")
        (desk.place / "zuletzt.py").write_text("x")
        until_line(child, "changed: checking")
        assert "zuletzt.py" in child.before.splitlines()[-1] + child.after
        assert not [name for name in ("index", "pyc", "x.js", "swp") if name in child.before]


# --- keys -----------------------------------------------------------------------------------------


def test_keys(desk: Desk) -> None:
    desk.server(other="200 OK")
    with watching(desk) as child:
        until_line(child, "Checking stage 1 bind-port")
        child.expect_exact(KEYS)
        child.send("h")
        until_line(child, "Nothing has failed.")
        child.send("p")
        until_line(child, "Stage 1 bind-port is the first one.")
        child.send("n")
        until_line(child, "Stage 2 ok: Answer 200 OK. Press space for its page.")
        until_line(child, "Checking stage 2 ok")
        child.expect_exact(KEYS)
        child.send("n")
        until_line(child, "FAILED at stage 3 paths")
        child.expect_exact(KEYS)
        assert "n next" not in child.before
        child.send("n")
        until_line(child, "Stage 3 paths has not passed: paths/unknown_is_404 fails.")
        child.send("h")
        child.expect(r"paths/\w+: \w+ ")
        child.send("l")
        until_line(child, "of 9 stages")
        until_line(child, "Next: 3 paths")
        child.expect_exact(f"Go to stage (1-{LAST.number}, Enter): ")
        child.send("s")
        until_line(child, "Checking stage 3 paths, strict")
        child.expect_exact(KEYS)
        child.send("r")
        until_line(child, "Checking stage 3 paths, strict")
        child.expect_exact(KEYS)
        child.send("s")
        child.expect_exact(KEYS)
        child.send("a")
        until_line(child, "Checking the track http")
        until_line(child, "4 echo skipped")
        child.expect_exact(KEYS)
        child.send("xyz\x1b[A")
        child.send("q")
        assert ended(child) == 0


def test_a_stage_is_chosen_shown_and_unfolded(desk: Desk) -> None:
    pager = desk.place / "pager"
    pager.write_text("#!/bin/sh\ncat; echo END OF THE PAGE\n")
    pager.chmod(0o755)
    desk.server(other="200 OK")
    with watching(desk, "--stage", "paths", PAGER=str(pager)) as child:
        until_line(child, "FAILED at stage 3 paths")
        child.expect_exact(KEYS)
        assert "f unfold" in child.before
        child.send("l2\n")
        until_line(child, "Checking stage 2 ok")
        until_line(child, "Answer 200 OK: 8 checks passed")
        child.expect_exact(KEYS)
        child.send("f")
        until_line(child, "ok The next client is answered too")
        child.expect_exact(KEYS)
        assert "f fold" in child.before
        child.send(" ")
        until_line(child, "Answer 200 OK =============")
        child.expect_exact("END OF THE PAGE")
        child.expect_exact(KEYS)
        child.send("l1\n")
        until_line(child, "Checking stage 1 bind-port")
        child.expect_exact(KEYS)


def test_the_last_stage_has_no_next(desk: Desk) -> None:
    desk.server()
    with watching(desk, "--stage", LAST.slug) as child:
        child.expect_exact(KEYS)
        assert "n next" not in child.before
        child.send("n")
        until_line(child, f"Stage {LAST.number} {LAST.slug} is the last one.")


def test_a_failure_is_asked_again_with_the_same_seed(desk: Desk) -> None:
    desk.server(other="200 OK")
    seeds = []
    with watching(desk, "--stage", "paths") as child:
        child.expect_exact(KEYS)
        assert "repeat with" not in child.before
        child.send("f")
        for _ in range(2):
            child.expect(r"repeat with: .*--seed (\d+)")
            seeds.append(child.match.group(1))
            child.expect_exact(KEYS)
            child.send("r")
    assert seeds[0] == seeds[1]


def test_without_a_terminal_it_watches_all_the_same(desk: Desk) -> None:
    desk.server(other="200 OK")
    command = [
        sys.executable, "-P", "-m", "grader", "watch", "server.py", "--stage", "paths", "--port",
        str(desk.port),
    ]  # fmt: skip
    with subprocess.Popen(
        command, cwd=desk.place, env=desk.environment(), stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE, text=True,
    ) as process:  # fmt: skip
        assert process.stdout is not None
        lines = iter(process.stdout.readline, "")
        assert next(line for line in lines if "Waiting for changes." in line)
        desk.server()
        assert next(line for line in lines if "server.py changed" in line)
        said = next(line for line in lines if line.startswith(("PASSED", "FAILED")))
        assert "\x1b" not in said
        assert said.startswith("PASSED")
        process.send_signal(signal.SIGTERM)
        assert process.wait(PATIENCE_S) == 130
    assert list(desk.temporary.iterdir()) == []


# --- the end --------------------------------------------------------------------------------------


def _ctrl_c(child: pexpect.spawn[str]) -> None:
    child.sendintr()


def _terminated(child: pexpect.spawn[str]) -> None:
    os.kill(child.pid, signal.SIGTERM)


def _command(process: psutil.Process) -> list[str]:
    with suppress(psutil.NoSuchProcess):  # a run that is just over
        return process.cmdline()
    return []


def _quit(child: pexpect.spawn[str]) -> None:
    child.send("q")


@pytest.mark.parametrize(("end", "code"), [(_quit, 0), (_ctrl_c, 130), (_terminated, 130)])
@pytest.mark.parametrize("hanging", [True, False])
def test_the_terminal_is_left_as_it_was(
    desk: Desk, end: Callable[[pexpect.spawn[str]], None], code: int, hanging: bool
) -> None:
    """The child's own end of the terminal is closed with it, so a shell holds it, and looks."""
    desk.server(then=HANGS if hanging else "pass")
    port = ("--port", str(desk.port))
    words = " ".join(
        [sys.executable, "-P", "-m", "grader", "watch", "server.py", "--stage", "ok", *port]
    )
    shell = pexpect.spawn(
        "/bin/sh", ["-c", f"trap : INT; {words}; echo code=$?; read line; echo got=$line"],
        cwd=str(desk.place), env=desk.environment(), encoding="utf-8", timeout=PATIENCE_S,
        dimensions=(50, 100),
    )  # fmt: skip
    try:
        before = attributes(shell)
        shell.expect("GET / gets 200" if hanging else KEYS)
        during = attributes(shell)
        assert not during[3] & (termios.ECHO | termios.ICANON)
        family = descendants(shell.pid)
        if end is _terminated:
            (watch,) = [process for process in family if "watch" in _command(process)]
            watch.send_signal(signal.SIGTERM)
        else:
            end(shell)
        shell.expect(r"code=(\d+)")
        assert int(shell.match.group(1)) == code
        assert attributes(shell) == before
        assert kill_left(family) == []
        assert list(desk.temporary.iterdir()) == []
        shell.sendline("typed")
        shell.expect_exact("got=typed")
    finally:
        shell.close(force=True)


def test_stopped_and_continued(desk: Desk) -> None:
    desk.server()
    shell = pexpect.spawn(
        "/bin/bash", ["--norc", "-i"], cwd=str(desk.place), env=desk.environment(PS1="$ "),
        encoding="utf-8", timeout=PATIENCE_S, dimensions=(50, 100),
    )  # fmt: skip
    try:
        shell.expect_exact("$ ")
        shell.sendline(
            f"{sys.executable} -P -m grader watch server.py --stage ok --port {desk.port}"
        )
        shell.expect_exact(KEYS)
        shell.send("\x1a")
        shell.expect_exact("Stopped")
        shell.sendline("echo still-$((1 + 1))")
        shell.expect_exact("still-2")
        shell.sendline("fg")
        shell.expect_exact("grader watch")
        shell.send("r")
        until_line(shell, "Checking stage 2 ok")
        shell.expect_exact(KEYS)
        shell.send("q")
        shell.expect_exact("$ ")
        shell.sendline("exit")
        shell.expect(pexpect.EOF)
    finally:
        shell.close(force=True)


# --- bad input ------------------------------------------------------------------------------------


def test_bad_command_lines(desk: Desk) -> None:
    assert "has no program to start" in desk.grade("watch", expect=2).said
    assert "there is no file nowhere.py" in desk.grade("watch", "nowhere.py", expect=2).said
    desk.server()
    assert (
        "--stage takes one stage"
        in desk.grade("watch", "server.py", "--stage", "1-3", expect=2).said
    )


def test_a_record_that_cannot_be_read(desk: Desk) -> None:
    desk.server()
    (desk.place / ".grade").mkdir()
    desk.record.write_text(json.dumps({"version": 9}))
    with watching(desk) as child:
        until_line(
            child, "grade: your progress is not recorded: .grade/progress.json was not changed"
        )
        until_line(child, "PASSED")
        child.expect_exact(KEYS)
    assert json.loads(desk.record.read_text()) == {"version": 9}
