"""Scratch directories: where they go, that they are gone afterwards, and that those of dead runs
are removed."""

from __future__ import annotations

import os
import signal
import stat
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from grader.errors import MachineError
from grader.isolation import scratch
from grader.isolation.scratch import candidates, objection, scratch_directory, sweep
from tests.temporary import scratch_place
from tests.unit.isolation.inside import LEVEL_NAMES, inside

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

ROOT = Path(__file__).parents[3]
NAME = "grade-0123456789abcdef"
LIVES = """
import os, signal, sys
from pathlib import Path
from grader.isolation.scratch import scratch_directory
with scratch_directory() as directory:
    (directory / "copy" / "deep").mkdir(parents=True)
    (directory / "copy" / "file").write_text("x")
    print(directory, flush=True)
    sys.stdin.read()
"""
IN_A_PROCESS_NAMESPACE = """
import os
from grader.isolation.syscalls import NEWPID
from grader.isolation.user import new_user_namespace
new_user_namespace(NEWPID, None)
if child := os.fork():
    os._exit(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
"""
TURNS = """
import sys
from grader.isolation.scratch import scratch_directory
for _ in range(100):
    with scratch_directory() as directory:
        (directory / "file").write_text("x")
        assert (directory / "file").read_text() == "x"
"""


@pytest.fixture
def place(monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The only place there is."""
    with scratch_place() as place:
        monkeypatch.setenv("TMPDIR", str(place))
        monkeypatch.setattr(scratch, "candidates", lambda: [place])
        yield place


@pytest.fixture
def abandoned(place: Path) -> Path:
    """What a dead run has left."""
    (directory := place / NAME).mkdir(mode=0o700)
    return directory


@contextmanager
def living(place: Path, first: str = "") -> Iterator[tuple[subprocess.Popen[str], Path]]:
    """A process with a scratch directory, and that directory."""
    with subprocess.Popen(
        [sys.executable, "-c", first + LIVES], env={**os.environ, "TMPDIR": str(place)}, cwd=ROOT,
        text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
    ) as process:  # fmt: skip
        assert process.stdout is not None
        line = process.stdout.readline().strip()
        try:
            if not line:
                pytest.skip("no process namespaces here")
            yield process, Path(line)
        finally:
            process.kill()


def test_it_is_ours_alone_and_gone_afterwards(place: Path) -> None:
    with scratch_directory() as directory:
        assert directory.parent == place
        assert stat.S_IMODE(directory.stat().st_mode) == 0o700
        (directory / "locked").mkdir(mode=0)
    assert os.listdir(place) == []


def test_it_is_gone_after_an_error(place: Path) -> None:
    with pytest.raises(KeyboardInterrupt), scratch_directory():
        raise KeyboardInterrupt
    assert os.listdir(place) == []


# --- where ----------------------------------------------------------------------------------------


def test_tmpdir_comes_first_and_what_is_open_last(monkeypatch: pytest.MonkeyPatch) -> None:
    with scratch_place() as place:
        monkeypatch.setenv("TMPDIR", str(place))
        assert candidates()[0] == place
        assert scratch.place() == place
        monkeypatch.setenv("TMPDIR", "/tmp")
        assert scratch.place() != Path("/tmp")


def test_a_link_to_what_is_open_is_open(tmp_path: Path) -> None:
    with scratch_place() as place:
        (place / "link").symlink_to("/tmp")
        assert objection(Path(os.path.realpath(place / "link"))) == (
            1,
            "submissions can write at some isolation levels",
        )
    assert objection(Path("/dev/shm"))[0] == 1


def test_what_speaks_against_a_place(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert objection(place) == (0, "")
    assert objection(place / "none") == (3, "nothing can be written")
    (place / "file").touch()
    assert objection(place / "file") == (3, "nothing can be written")
    (long := place / ("x" * 60)).mkdir()
    assert objection(long) == (3, "socket paths would be too long")
    place.chmod(0o777)
    assert objection(place) == (1, "other users could replace the grader's files")
    place.chmod(0o1777)
    assert objection(place) == (0, "")
    found = os.statvfs(place)
    monkeypatch.setattr(
        "os.statvfs",
        lambda _: os.statvfs_result((*found[:8], found.f_flag | os.ST_NOEXEC, found.f_namemax)),
    )
    assert objection(place) == (2, "programs cannot be run")


@pytest.mark.skipif(os.geteuid() != 0, reason="an ordinary user's programs are its own")
def test_where_only_root_may_enter_nobody_gets_to_its_copy(place: Path) -> None:
    place.chmod(0o700)
    (place / "inner").mkdir(mode=0o755)
    assert objection(place) == objection(place / "inner") == (1, "only root can enter")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_what_may_not_be_written_is_not_used(place: Path) -> None:
    place.chmod(0o500)
    assert objection(place) == (3, "nothing can be written")


def test_the_least_objection_decides(monkeypatch: pytest.MonkeyPatch) -> None:
    said = {Path("/a"): (3, "x"), Path("/b"): (2, "x"), Path("/c"): (1, "x"), Path("/d"): (1, "x")}
    monkeypatch.setattr(scratch, "candidates", lambda: list(said))
    monkeypatch.setattr(scratch, "objection", lambda place: said[place])
    assert scratch.place() == Path("/c")
    said |= {Path("/d"): (0, "")}
    assert scratch.place() == Path("/d")


def test_no_place_at_all(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scratch, "candidates", lambda: [Path("/nonexistent")])
    with (
        pytest.raises(MachineError, match="in /nonexistent, nothing can be written"),
        scratch_directory(),
    ):
        pass


def test_without_a_home_there_is_a_place(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()
    monkeypatch.delenv("HOME", raising=False)
    monkeypatch.delenv("TMPDIR", raising=False)
    monkeypatch.setattr("pwd.getpwuid", lambda _: {}[0])
    assert scratch.place() in candidates()


# --- what dead runs have left ---------------------------------------------------------------------


def test_what_a_dead_run_left_is_removed(abandoned: Path, place: Path) -> None:
    (abandoned / "work" / "work").mkdir(parents=True)
    (abandoned / "work" / "work" / "file").touch()
    (abandoned / "work" / "work").chmod(0)  # as an overlay's
    (abandoned / "link").symlink_to("/etc/passwd")
    os.mkfifo(abandoned / "fifo")
    with scratch_directory() as directory:
        assert os.listdir(place) == [directory.name]


def test_what_a_dead_run_locked_is_removed(abandoned: Path, place: Path) -> None:
    (abandoned / "file").touch()
    abandoned.chmod(0)
    sweep()
    assert os.listdir(place) == []


@pytest.mark.parametrize(
    "first", ["", IN_A_PROCESS_NAMESPACE], ids=["here", "in another process namespace"]
)
def test_a_run_that_is_killed_and_one_that_lives(place: Path, first: str) -> None:
    with living(place, first) as (process, killed), living(place, first) as (_, lives):
        sweep()
        assert {*os.listdir(place)} == {killed.name, lives.name}
        children = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()
        # a parent ends when it has reaped its child
        for pid in map(int, children or [process.pid]):
            os.kill(pid, signal.SIGKILL)
        process.wait()
        sweep()
        assert os.listdir(place) == [lives.name]
        assert (lives / "copy" / "file").read_text() == "x"


@contextmanager
def sleeping(home: str) -> Iterator[subprocess.Popen[bytes]]:
    with subprocess.Popen(
        ["sleep", "60"], env={"PATH": os.environ["PATH"], "HOME": home}
    ) as process:
        try:
            yield process
        finally:
            process.kill()


@pytest.mark.skipif(sys.platform != "linux", reason="nobody tells of other processes' environments")
def test_what_a_dead_run_left_running_ends(abandoned: Path) -> None:
    with sleeping(f"{abandoned}/home") as dead, scratch_directory() as lives:
        assert dead.wait() == -signal.SIGKILL
        assert not abandoned.exists()
        abandoned.mkdir(mode=0o700)
        with sleeping(str(abandoned / "home" / "of")) as other, sleeping(f"{lives}/home") as alive:
            sweep()
            assert (alive.poll(), other.poll()) == (None, None)
    assert not abandoned.exists()


def test_many_that_begin_and_end_at_once(place: Path) -> None:
    """Each removes what dead runs have left, and never takes what another one has just made for
    it."""
    command, environment = [sys.executable, "-c", TURNS], {**os.environ, "TMPDIR": str(place)}
    running = [subprocess.Popen(command, env=environment, cwd=ROOT) for _ in range(4)]
    assert [process.wait() for process in running] == [0] * 4
    assert os.listdir(place) == []


def test_a_file_system_without_locks(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is known there of who lives, so nothing is removed but one's own."""

    def flock(descriptor: int, operation: int) -> None:
        raise OSError("no locks available")

    monkeypatch.setattr("fcntl.flock", flock)
    with scratch_directory() as one, scratch_directory() as other:
        assert one.exists()
        assert other.exists()
    assert os.listdir(place) == []


@pytest.mark.parametrize("level", LEVEL_NAMES)
def test_who_has_entered_a_level_removes_nothing_of_its_own(tmp_path: Path, level: str) -> None:
    """Where its own disk covers what is locked."""
    source = """
    from grader.isolation.scratch import sweep
    (scratch / "kept").write_text("x")
    with scratch_directory() as other:
        assert other.exists()
    sweep()
    say([(scratch / "kept").read_text(), run("print(1)")])
    """
    assert inside(level, tmp_path, source) == ["x", 1]


# --- what only looks like it ----------------------------------------------------------------------


@pytest.mark.parametrize(
    "name", ["grade-projects", "grade-0123456789ABCDEF", f"{NAME}0", f"x{NAME}", "grade-"]
)
def test_what_is_called_otherwise_stays(place: Path, name: str) -> None:
    (place / name).mkdir(mode=0o700)
    sweep()
    assert os.listdir(place) == [name]


def to_a_directory(path: Path) -> None:
    path.symlink_to(path.parent / "kept")


def to_itself(path: Path) -> None:
    path.symlink_to(path)


def a_file(path: Path) -> None:
    path.touch()


def a_fifo(path: Path) -> None:
    os.mkfifo(path)


def open_to_all(path: Path) -> None:
    path.mkdir()
    path.chmod(0o777)


@pytest.mark.parametrize("planted", [to_a_directory, to_itself, a_file, a_fifo, open_to_all])
def test_what_is_planted_under_such_a_name_does_no_harm(
    place: Path, planted: Callable[[Path], None]
) -> None:
    (place / "kept").mkdir()
    (place / "kept" / "file").write_text("x")
    planted(place / NAME)
    sweep()
    assert {*os.listdir(place)} == {"kept", NAME}
    assert (place / "kept" / "file").read_text() == "x"


def test_links_in_what_is_planted_are_not_followed(abandoned: Path, place: Path) -> None:
    (kept := place / "kept").mkdir()
    (kept / "file").write_text("x")
    kept.chmod(0o500)
    (abandoned / "to a directory").symlink_to(kept)
    (abandoned / "to a file").symlink_to(kept / "file")
    os.link(kept / "file", abandoned / "hard")
    sweep()
    assert os.listdir(place) == ["kept"]
    assert (kept / "file").read_text() == "x"
    assert stat.S_IMODE(kept.stat().st_mode) == 0o500


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can make what is another user's")
def test_what_is_somebody_elses_stays(abandoned: Path, place: Path) -> None:
    os.chown(abandoned, 4321, 4321)
    sweep()
    assert os.listdir(place) == [NAME]
