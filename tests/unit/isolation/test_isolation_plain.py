"""The isolation level plain, a working copy without walls, and how an isolation level is chosen."""

from __future__ import annotations

import os
import socket
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from grader import isolation
from grader.errors import MachineError, NotGraded, UsageError
from grader.isolation import (
    LEVELS,
    NOT_BESIDE_OTHERS,
    Containment,
    IsolationLevel,
    Needs,
    best,
    enter,
)
from grader.isolation.plain import Plain
from grader.isolation.try_in_child import nothing
from tests.unit.isolation.inside import inside

if TYPE_CHECKING:
    from collections.abc import Callable


@pytest.fixture
def directory(tmp_path: Path) -> Path:
    (made := tmp_path / "submission").mkdir()
    return made


@pytest.fixture
def scratch(tmp_path: Path) -> Path:
    (made := tmp_path / "scratch").mkdir()
    return made


def copied(directory: Path, scratch: Path) -> Path:
    place = Plain(scratch).contain(directory, None, None)
    assert place.keep == place.directory
    assert place.directory.is_relative_to(scratch)
    return place.directory


def test_files_are_copied_as_they_are(directory: Path, scratch: Path) -> None:
    (directory / "deep" / "er").mkdir(parents=True)
    (directory / "deep" / "er" / "file").write_bytes(b"\0\xff")
    (directory / os.fsdecode(b"caf\xe9 \n")).write_text("named strangely")
    (tool := directory / "tool").write_text("#!/bin/sh\n")
    tool.chmod(0o755)
    copy = copied(directory, scratch)
    assert (copy / "deep" / "er" / "file").read_bytes() == b"\0\xff"
    assert (copy / os.fsdecode(b"caf\xe9 \n")).read_text() == "named strangely"
    assert os.access(copy / "tool", os.X_OK)
    assert (copy / "tool").stat().st_mtime_ns == tool.stat().st_mtime_ns


def test_symlinks_stay_symlinks(directory: Path, scratch: Path) -> None:
    for name, target in {
        "in": "file",
        "out": "/etc",
        "broken": "nowhere",
        "round": ".",
        "up": "..",
    }.items():
        (directory / name).symlink_to(target)
    copy = copied(directory, scratch)
    assert {path.name: os.readlink(path) for path in copy.iterdir()} == {
        "in": "file", "out": "/etc", "broken": "nowhere", "round": ".", "up": "..",
    }  # fmt: skip


def test_what_is_no_file_is_left_out(
    directory: Path, scratch: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    os.mkfifo(directory / "fifo")
    (directory / "file").write_text("")
    monkeypatch.chdir(directory)
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind("socket")
        assert os.listdir(copied(directory, scratch)) == ["file"]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_what_may_not_be_read_is_left_out(directory: Path, scratch: Path) -> None:
    (directory / "locked").mkdir(mode=0)
    (directory / "secret").touch(mode=0)
    (directory / "file").write_text("")
    assert sorted(os.listdir(copied(directory, scratch))) == ["file", "locked"]


@pytest.mark.parametrize(("limit", "value"), [("_MOST_BYTES", 9), ("_MOST_NAMES", 2)])
def test_a_directory_that_is_too_large(
    directory: Path, scratch: Path, monkeypatch: pytest.MonkeyPatch, limit: str, value: int
) -> None:
    for number in range(2):
        (directory / str(number)).write_text("1234")
    monkeypatch.setattr(f"grader.isolation.copying.{limit}", value)
    level = Plain(scratch)
    assert len(os.listdir(level.contain(directory, None, None).directory)) == 2
    (directory / "one too many").write_text("1234")
    with pytest.raises(NotGraded, match=r"too large to copy.*in a directory of its own"):
        level.contain(directory, None, None)
    assert "copy-1" not in os.listdir(scratch), "nothing is copied when it is too much"


@pytest.mark.parametrize(
    "make",
    [os.mkdir, lambda path: os.symlink("x", path), os.mkfifo],
    ids=("folder", "link", "pipe"),
)
def test_names_of_every_kind_count(
    directory: Path, scratch: Path, monkeypatch: pytest.MonkeyPatch, make: Callable[[Path], None]
) -> None:
    monkeypatch.setattr("grader.isolation.copying._MOST_NAMES", 2)
    for number in range(3):
        make(directory / str(number))
    with pytest.raises(NotGraded, match="too large to copy"):
        copied(directory, scratch)


@pytest.mark.usefixtures("removed_by_us")
@pytest.mark.parametrize(
    ("name", "deep"), [("d", 1500), ("d" * 200, 60)], ids=("more than calls", "more than a path")
)
def test_directories_in_one_another_are_not_copied(
    directory: Path, scratch: Path, name: str, deep: int
) -> None:
    nested(directory, name, deep)
    with pytest.raises(NotGraded, match=r"too large to copy.*directories in one another"):
        copied(directory, scratch)
    assert os.listdir(scratch) == ["home"]


def test_directories_may_lie_in_one_another(directory: Path, scratch: Path) -> None:
    nested(directory, "d", 200)
    assert len([*os.walk(copied(directory, scratch))]) == 201


def nested(place: Path, name: str, deep: int) -> None:
    """Directories in one another, as many as that."""
    folder = os.open(place, os.O_RDONLY)
    for _ in range(deep):
        os.mkdir(name, dir_fd=folder)
        inner = os.open(name, os.O_RDONLY, dir_fd=folder)
        os.close(folder)
        folder = inner
    os.close(folder)


def test_a_sparse_giant_is_not_copied(directory: Path, scratch: Path) -> None:
    with (directory / "giant").open("wb") as file:
        file.truncate(1 << 40)
    with pytest.raises(NotGraded, match="too large to copy"):
        copied(directory, scratch)


def test_a_directory_that_holds_the_scratch_directory(tmp_path: Path) -> None:
    """A submission that lies in /tmp itself: the copy must not be copied into itself."""
    (tmp_path / "server.py").write_text("")
    (scratch := tmp_path / "scratch").mkdir()
    copy = copied(tmp_path, scratch)
    assert (copy / "server.py").exists()
    depth = max(len(path.relative_to(copy).parts) for path in copy.rglob("*"))
    assert depth <= 2


def test_the_original_stays_as_it_is(directory: Path, tmp_path: Path) -> None:
    (directory / "kept").write_text("as it was")
    source = """
    source = "import json, os; open('kept', 'w').write('x'); open('made', 'w')"
    source += "; print(json.dumps(os.getcwd()))"
    say([run(source) == str(directory), run(source) == str(directory)])
    """
    assert inside("plain", tmp_path, source) == [False, False]
    assert os.listdir(directory) == ["kept"]
    assert (directory / "kept").read_text() == "as it was"


def test_the_program_is_bounded(tmp_path: Path) -> None:
    source = """
    source = "import json, resource as r; limits = r.RLIMIT_CORE, r.RLIMIT_FSIZE, r.RLIMIT_NOFILE; "
    source += "print(json.dumps([r.getrlimit(limit)[0] for limit in limits]))"
    say(run(source))
    """
    core, size, files = inside("plain", tmp_path, source)
    assert (core, size) == (0, 1 << 30)
    assert files <= 4096


def test_leaving_removes_the_copies(directory: Path, scratch: Path) -> None:
    (directory / "file").write_text("")
    level = Plain(scratch)
    level.contain(directory, None, None)
    level.leave()
    assert not scratch.exists()


@pytest.mark.skipif(os.geteuid() != 0, reason="only root launches as somebody else")
@pytest.mark.parametrize("level", ["plain", "landlock"])
def test_a_submission_does_not_choose_to_run_as_root(level: str) -> None:
    """By an interpreter that only root may use: its own, or that of a virtual environment."""
    with tempfile.TemporaryDirectory(dir="/var/tmp") as base:
        Path(base).chmod(0o755)
        (directory := Path(base, "submission")).mkdir()
        (scratch := Path(base, "scratch")).mkdir()
        closed = Path(base, "closed")
        for name in ("bin/python3", "lib/python3.11/os.py"):
            (path := closed / name).parent.mkdir(parents=True)
            path.touch(0o755)
        closed.chmod(0o700)
        needs = Needs(directory, interpreters=(str(closed / "bin/python3"),))
        with pytest.raises(
            MachineError,
            match=r"cannot use .*/closed/bin, and the submission's interpreter is there",
        ):
            LEVELS[level](scratch, needs).missing()
        closed.chmod(0o755)
        assert (found := LEVELS[level](scratch, needs)).missing() == ""
        assert found.user is not None


# --- the choice -----------------------------------------------------------------------------------


class Absent(Plain):
    """An isolation level that does not work here."""

    name = "absent"

    def missing(self, _meanwhile: Callable[[], object] = nothing) -> str:
        return "the machine is not in the mood"

    def enter(self) -> None:
        raise AssertionError("it was said to be missing")


class Present(Plain):
    """An isolation level that works, and is not entered for real."""

    name = "present"
    entered = False

    def missing(self, _meanwhile: Callable[[], object] = nothing) -> str:
        return ""

    def enter(self) -> None:
        self.entered = True


def levels_are(
    monkeypatch: pytest.MonkeyPatch, *levels: Callable[[Path, Needs], IsolationLevel]
) -> None:
    monkeypatch.setattr(isolation, "LEVELS", {level.name: level for level in levels})  # type: ignore[attr-defined]


def test_the_best_level_that_works(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    levels_are(monkeypatch, Present, Absent)
    chosen = best("auto", tmp_path)
    assert isinstance(chosen, Present)
    assert not chosen.entered
    assert chosen.weaknesses == Plain.weaknesses


def test_a_lower_level_says_why_the_better_one_is_not_there(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    levels_are(monkeypatch, Absent, Present)
    chosen = best("auto", tmp_path)
    assert isinstance(chosen, Present)
    assert chosen.weaknesses == (*Plain.weaknesses, "no absent: the machine is not in the mood")
    assert Present.weaknesses == Plain.weaknesses


def test_a_level_that_is_named_and_missing(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    levels_are(monkeypatch, Absent, Present)
    with pytest.raises(
        UsageError, match="'absent' does not work on this machine: no absent: the machine is not in"
    ):
        best("absent", tmp_path)


def test_a_level_that_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    levels_are(monkeypatch, Absent, Present)
    chosen = best("present", tmp_path)
    assert isinstance(chosen, Present)
    enter(chosen)
    assert chosen.entered


@pytest.mark.parametrize(
    ("wanted", "why"),
    [("off", "the level plain does not isolate"), ("auto", "no absent: the machine is")],
)
def test_where_containment_is_required(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, wanted: str, why: str
) -> None:
    monkeypatch.setattr(isolation, "LEVELS", {"absent": Absent, "plain": Plain})
    monkeypatch.setattr(Absent, "contains", True)
    with pytest.raises(
        MachineError, match=f"--require-sandbox: the program cannot be isolated here: {why}"
    ) as caught:
        best(wanted, tmp_path, required=True)
    assert caught.value.exit_code == 3


def test_where_containment_is_required_and_there(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    levels_are(monkeypatch, Absent, Present)
    for level in (Absent, Present):
        monkeypatch.setattr(level, "contains", True)
    assert best("auto", tmp_path, required=True).name == "present"


def test_beside_others_a_level_has_a_network_of_its_own(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    levels_are(monkeypatch, Absent, Present)
    monkeypatch.setattr(Absent, "private_network", True)
    for wanted in ("auto", "present"):
        with pytest.raises(MachineError, match=f"^{NOT_BESIDE_OTHERS}") as caught:
            best(wanted, tmp_path, beside_others=True)
        assert ("no absent: the machine is not in the mood" in str(caught.value)) == (
            wanted == "auto"
        )
    monkeypatch.setattr(Present, "private_network", True)
    levels_are(monkeypatch, Present, Absent)
    assert best("auto", tmp_path, beside_others=True).name == "present"


def test_off_is_the_plain_level(tmp_path: Path) -> None:
    assert best("off", tmp_path).name == "plain"


@pytest.mark.skipif(sys.platform != "linux", reason="orphans can be adopted on Linux only")
def test_with_the_sandbox_off_daemons_are_found_as_well(tmp_path: Path) -> None:
    source = """
    ctypes.CDLL(None).prctl(36, 0, 0, 0, 0)  # as it is before an isolation level is entered
    from grader.isolation import best, enter
    enter(entered := best("off", scratch, Needs(directory, (sys.executable,))))
    source = "import os, signal\\nif os.fork():\\n    print('there', flush=True)\\n"
    source += "    signal.pause()\\nos.setsid()\\n"
    source += "if os.fork():\\n    os._exit(0)\\nprint('there', flush=True)\\nsignal.pause()"
    program = launch(sys.executable, "-c", source, str(place))
    lines(program, 2)
    program.kill()
    left = at_place()
    for pid in left:
        os.kill(pid, signal.SIGKILL)
    say(len(left))
    """
    assert inside("plain", tmp_path, source) == 0


def test_every_level_says_what_it_loses(tmp_path: Path) -> None:
    for name, make in LEVELS.items():
        level = make(tmp_path, Needs())
        assert level.name == name
        assert level.weaknesses
    assert Containment(tmp_path, lambda: None, tmp_path).keep == tmp_path
