"""Cgroups: where they could be made, by what the kernel's files say; and where they can, that the
kernel bounds."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from grader.isolation import cgroup
from grader.isolation.cgroup import Delegated, LaunchGroup, Standing, look
from grader.limits import Limits

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="cgroups are Linux's")

ROOT = Path(__file__).parents[3]
UNIFIED = "36 25 0:32 / /sys/fs/cgroup rw,nosuid shared:9 - cgroup2 cgroup2 rw,nsdelegate\n"
SCOPE = "/user.slice/user-1000.slice/user@1000.service/app.slice/run-7.scope"
PLACE = Path(f"/sys/fs/cgroup{SCOPE}")
BOTH = "cpu io memory pids\n"


def standing(
    cgroup_line: str, files: dict[str, str], *writable: Path, mounts: str = UNIFIED
) -> Standing:
    texts = {"/proc/self/cgroup": cgroup_line, "/proc/self/mountinfo": mounts, **files}
    return look(lambda path: texts.get(str(path), ""), lambda path: path in writable, ours=[77])


def test_alone_in_a_group_of_ours_we_may_divide_it() -> None:
    files = {f"{PLACE}/cgroup.controllers": BOTH, f"{PLACE}/cgroup.procs": "77\n"}
    assert standing(f"0::{SCOPE}\n", files, PLACE) == Standing(PLACE, alone=True)


def test_with_others_in_the_group_nobody_is_moved() -> None:
    files = {f"{PLACE}/cgroup.controllers": BOTH, f"{PLACE}/cgroup.procs": "77\n12\n"}
    found = standing(f"0::{SCOPE}\n", files, PLACE)
    assert (found.place, found.shared) == (None, True)
    assert found.missing == f"other programs run in the same cgroup, {PLACE}"


def test_a_group_of_somebody_elses_is_left_alone() -> None:
    files = {f"{PLACE}/cgroup.controllers": BOTH, f"{PLACE}/cgroup.procs": "77\n"}
    found = standing(f"0::{SCOPE}\n", files)
    assert (found.place, found.missing) == (None, f"the grader may not make cgroups in {PLACE}")


def test_in_the_leaf_of_another_grader_its_parent_is_used() -> None:
    files = {f"{PLACE}/cgroup.subtree_control": "memory pids\n"}
    assert standing(f"0::{SCOPE}/grader\n", files, PLACE) == Standing(PLACE)
    assert standing(f"0::{SCOPE}/grader\n", files).place is None


def test_the_root_group_is_used_only_where_controllers_are_handed_on_already() -> None:
    root = Path("/sys/fs/cgroup")
    files = {f"{root}/cgroup.controllers": BOTH, f"{root}/cgroup.procs": "1\n77\n"}
    assert standing("0::/\n", files, root).place is None
    assert standing("0::/\n", {**files, f"{root}/cgroup.subtree_control": BOTH}, root) == Standing(
        root
    )


@pytest.mark.parametrize(
    ("line", "mounts", "controllers", "why"),
    [
        ("4:memory:/x\n", UNIFIED, BOTH, "no cgroups of version 2"),
        ("0::/\n", "", BOTH, "no cgroups of version 2"),
        ("0::/../other\n", UNIFIED, BOTH, "no cgroups of version 2"),
        ("0::/\n", UNIFIED, "hugetlb\n", "does not offer the controllers memory and pids"),
        ("0::/\n", UNIFIED, "", "does not offer the controllers memory and pids"),
    ],
)
def test_what_is_not_there_is_said(line: str, mounts: str, controllers: str, why: str) -> None:
    files = {"/sys/fs/cgroup/cgroup.controllers": controllers}
    found = standing(line, files, Path("/sys/fs/cgroup"), mounts=mounts)
    assert found.place is None
    assert why in found.missing
    assert not found.shared


def test_a_mount_of_a_part_of_the_tree_is_taken_into_account() -> None:
    mounts = UNIFIED.replace(" / /sys/fs/cgroup ", " /docker/abc /sys/fs/cgroup ")
    files = {"/sys/fs/cgroup/x/cgroup.controllers": BOTH, "/sys/fs/cgroup/x/cgroup.procs": "77"}
    place = Path("/sys/fs/cgroup/x")
    assert standing("0::/docker/abc/x\n", files, place, mounts=mounts) == Standing(
        place, alone=True
    )
    assert standing("0::/other\n", files, place, mounts=mounts).place is None


@pytest.fixture
def group(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> LaunchGroup:
    """A launch's group in a directory with files as the kernel would make them."""
    make = Path.mkdir

    def mkdir(path: Path, mode: int) -> None:
        make(path, mode)
        for name in (
            "memory.max",
            "memory.oom.group",
            "memory.swap.max",
            "pids.max",
            "cgroup.procs",
        ):
            (path / name).touch()

    monkeypatch.setattr(Path, "mkdir", mkdir)
    return Delegated(tmp_path).launch(Limits(memory=512, processes=9, disk=100), disks=2)


def test_the_bounds_are_written(group: LaunchGroup, tmp_path: Path) -> None:
    (place,) = tmp_path.iterdir()
    said = {
        name: (place / name).read_text()
        for name in ("memory.oom.group", "memory.swap.max", "pids.max")
    }
    assert said == {"memory.oom.group": "1", "memory.swap.max": "0", "pids.max": str(9 + 64)}
    # what it writes has its own limit
    assert int((place / "memory.max").read_text()) == (512 + 2 * 100 + 128) << 20
    group.enter()
    assert (place / "cgroup.procs").read_text() == "0"


def test_what_was_hit_is_read_from_the_events(group: LaunchGroup, tmp_path: Path) -> None:
    (place,) = tmp_path.iterdir()
    assert group.hit() == ""
    (place / "memory.events").write_text(
        "low 0\nhigh 0\nmax 41\noom 1\noom_kill 0\noom_group_kill 0\n"
    )
    (place / "pids.events").write_text("max 0\n")
    assert group.hit() == ""
    (place / "pids.events").write_text("max 3\n")
    assert group.hit() == "wanted more than 9 processes and threads at once"
    (place / "memory.events").write_text(
        "low 0\nhigh 0\nmax 41\noom 1\noom_kill 2\noom_group_kill 1\n"
    )
    assert group.hit() == "used more than 512 MiB of memory and was stopped"
    (place / "memory.events").unlink()
    # once known, it stays known
    assert group.hit() == "used more than 512 MiB of memory and was stopped"


# --- what dead graders have left ------------------------------------------------------------------

HOLDS = """
import sys
from pathlib import Path
from grader.isolation.locks import make_locked
make_locked(lambda: Path(sys.argv[1]))
print(flush=True)
sys.stdin.read()
"""


@pytest.fixture
def bare() -> Iterator[Path]:
    """A group without controllers, which is enough to be a launch's: a dead grader's was ours."""
    found = re.search(
        r"^\d+ \d+ \S+ / (\S+) [^\n]* - cgroup2 ",
        Path("/proc/self/mountinfo").read_text(),
        re.MULTILINE,
    )
    place = Path(found[1] if found else "/nonexistent", f"test-{os.getpid()}")
    try:
        place.mkdir()
    except OSError as error:
        pytest.skip(f"no cgroup can be made here: {error}")
    yield place
    for inner in (*place.iterdir(), place):
        if inner.is_dir():
            inner.rmdir()


def test_the_groups_of_dead_graders_are_ended_and_those_of_living_ones_stay(bare: Path) -> None:
    dead, alive = bare / f"launch-{'0' * 16}", bare / f"launch-{'1' * 16}"
    (bare / "launch-of-somebody").mkdir()
    dead.mkdir()
    with (
        subprocess.Popen(["sleep", "60"]) as left,
        subprocess.Popen(
            [sys.executable, "-c", HOLDS, str(alive)],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        ) as living,
    ):
        (dead / "cgroup.procs").write_text(str(left.pid))
        assert living.stdout is not None
        living.stdout.readline()
        Delegated(bare).sweep()
        assert left.wait() == -signal.SIGKILL
        assert sorted(path.name for path in bare.glob("launch-*")) == [
            alive.name,
            "launch-of-somebody",
        ]
        living.kill()
        living.wait()
        Delegated(bare).sweep()
    assert [path.name for path in bare.glob("launch-*")] == ["launch-of-somebody"]


# --- on a machine where we may make groups --------------------------------------------------------


@pytest.fixture
def real() -> Iterator[Delegated]:
    found = cgroup.delegated()
    if found is None:
        pytest.skip(f"no cgroups here: {look().missing or 'they do not work'}")
    before = set(found.place.iterdir())
    yield found
    assert set(found.place.iterdir()) == before


def run(group: LaunchGroup, program: str) -> int:
    """The exit status of a Python program in this group; negative for a signal."""
    child = os.fork()
    if not child:
        try:
            group.enter()
            os.execv(sys.executable, [sys.executable, "-c", program])
        finally:
            os._exit(99)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def test_who_takes_too_much_at_once_is_ended_and_named(real: Delegated) -> None:
    group = real.launch(Limits(memory=64), 0)
    try:
        assert run(group, "bytearray(b'x') * (500 << 20)") == -signal.SIGKILL
        assert group.hit() == "used more than 64 MiB of memory and was stopped"
    finally:
        group.remove()
    assert group.hit()


def test_who_takes_little_is_left_alone(real: Delegated) -> None:
    group = real.launch(Limits(memory=64), 0)
    try:
        assert run(group, "bytearray(b'x') * (10 << 20)") == 0
        assert group.hit() == ""
    finally:
        group.remove()


def test_all_of_it_goes_when_one_child_takes_too_much(real: Delegated) -> None:
    group = real.launch(Limits(memory=64), 0)
    hog = "import os\nif os.fork(): os.wait(); os.wait()\nelse: bytearray(b'x') * (500 << 20)"
    try:
        assert run(group, hog) == -signal.SIGKILL
    finally:
        group.remove()


def test_what_it_writes_to_a_disk_in_memory_has_a_limit_of_its_own(real: Delegated) -> None:
    program = (
        "import os\nwith open('/dev/shm/by-a-test', 'wb') as file: file.write(bytes(100 << 20))\n"
    )
    group = real.launch(Limits(memory=64, disk=100), 1)
    try:
        assert run(group, program) == 0
        assert group.hit() == ""
    finally:
        Path("/dev/shm/by-a-test").unlink(missing_ok=True)
        group.remove()


def test_there_are_no_more_processes_than_may_be(real: Delegated) -> None:
    program = (
        "import os, signal\n"
        "try:\n"
        "  while 1:\n"
        "    if not os.fork(): signal.pause()\n"
        "except OSError: pass"
    )
    group = real.launch(Limits(processes=1), 0)
    try:
        assert run(group, program) == 0
        assert group.hit() == "wanted more than 1 processes and threads at once"
    finally:
        # and with it all those that wait for a signal: the fixture looks whether it is gone
        group.remove()
