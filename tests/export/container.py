"""A root directory with nothing in it but the system, entered as a container of Docker is.

The program is root, without CAP_SYS_ADMIN, and can make no namespaces, as with Docker's default
profile; or it is another user, who can, as with `seccomp=unconfined`. /proc is masked, so no new
one can be mounted. There is no network but loopback. Where the tests run as root it has all users,
as there; elsewhere root is the only one. Where there are cgroups for us, it has as much memory as
is asked for; elsewhere no less than the machine.

What is not as there: the system is that of the machine, read-only, and so is the interpreter.
"""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import sys
import sysconfig
from dataclasses import dataclass
from pathlib import Path

import pytest

from grader.isolation.namespaces import loopback_up
from grader.isolation.syscalls import (
    MS_PRIVATE,
    MS_REC,
    NEWIPC,
    NEWNET,
    NEWNS,
    NEWPID,
    NEWUSER,
    libc,
    mount,
    pivot_into,
    unshare,
)

ROOT = Path(__file__).resolve().parents[2]
PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
_BIND, _READ_ONLY, _REMOUNT = 4096, 1, 32
_SYSTEM = ("usr", "bin", "sbin", "lib", "lib32", "lib64", "etc")
_EMPTY = ("tmp", "var/tmp", "root", "opt", "proc", "dev")
_DROP_BOUNDING, _SYS_ADMIN = 24, 21
_GROUPS = Path("/sys/fs/cgroup/memory")


@dataclass(frozen=True)
class Container:
    """root: its root directory, where all that is written stays."""

    root: Path

    def run(
        self, *command: str, user: int = 0, namespaces: bool = False, memory_mib: int = 768,
        path: str = PATH, environment: dict[str, str] | None = None,
    ) -> subprocess.CompletedProcess[str]:  # fmt: skip
        """Its output is one text."""
        asked = json.dumps([str(self.root), list(command), user, namespaces])
        with _memory(memory_mib) as join:
            return subprocess.run(
                [sys.executable, "-P", "-m", "tests.export.container", asked], cwd=ROOT, text=True,
                env={"PATH": path, "HOME": "/root", "LANG": "C.UTF-8", **(environment or {})},
                stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                check=False, timeout=300, preexec_fn=join,
            )  # fmt: skip

    def require(self, user: int = 0) -> None:
        """Skip the tests where no such container can be made, or it has no such user."""
        if (tried := self.run("true", user=user)).returncode:
            pytest.skip(f"no containers here: {tried.stdout.splitlines()[-1:]}")

    def inside(self, path: str) -> Path:
        """Where a path of the container is for us."""
        return self.root / path.lstrip("/")


@contextlib.contextmanager
def _memory(mib: int):  # noqa: ANN202
    """A cgroup of version 1 with so much memory, where one can be made: what moves a child into
    it."""
    own = dict(
        line.split(":", 2)[1:] for line in Path("/proc/self/cgroup").read_text().splitlines()
    ).get("memory")
    group = _GROUPS / (own or "").lstrip("/") / f"container-{os.getpid()}"
    try:
        group.mkdir()
        (group / "memory.limit_in_bytes").write_text(str(mib << 20))
    except OSError:
        yield None
        return
    try:
        yield lambda: (group / "cgroup.procs").write_text("0")
    finally:
        group.rmdir()


def _enter(root: Path, *, namespaces: bool) -> None:
    _unshare()
    mount("none", "/", "", MS_REC | MS_PRIVATE)
    root.mkdir(parents=True, exist_ok=True)
    mount(str(root), str(root), "", _BIND | MS_REC)
    for name in _SYSTEM:
        _show(Path("/", name), root / name)
    for name in _EMPTY:
        (root / name).mkdir(parents=True, exist_ok=True)
    for name in ("tmp", "var/tmp"):
        (root / name).chmod(0o1777)
    lent = {sys.base_prefix, sys.prefix, *map(sysconfig.get_path, ("purelib", "platlib"))}
    for place in sorted(lent):
        if not place.startswith("/usr/"):
            _show(Path(place), root / place.lstrip("/"))
    mount("/dev", str(root / "dev"), "", _BIND | MS_REC)
    if os.fork():
        os._exit(os.waitstatus_to_exitcode(os.wait()[1]))
    mount("proc", str(root / "proc"), "proc")
    if not namespaces:
        (root / "proc/sys/user/max_user_namespaces").write_text("0")
    for masked in ("kcore", "keys", "timer_list"):
        if (place := root / "proc" / masked).exists():
            mount("/dev/null", str(place), "", _BIND)
    pivot_into(str(root))


def _show(place: Path, where: Path) -> None:
    """The same directory there, read-only; a link stays one."""
    if place.is_symlink():
        with contextlib.suppress(FileExistsError):
            where.symlink_to(os.readlink(place))
    elif place.is_dir():
        where.mkdir(parents=True, exist_ok=True)
        mount(str(place), str(where), "", _BIND | MS_REC)
        with contextlib.suppress(OSError):  # where it has options that must stay
            mount("none", str(where), "", _REMOUNT | _BIND | _READ_ONLY)


def _unshare() -> None:
    """With every user that there is for root, and else with us as root."""
    ours, others = os.getpid(), os.geteuid() == 0
    maps = {"uid": "0 0 65536" if others else f"0 {os.getuid()} 1",
            "gid": "0 0 65536" if others else f"0 {os.getgid()} 1"}  # fmt: skip
    read, write = os.pipe()
    if not (outside := os.fork()):
        os.close(write)
        os.read(read, 1)
        if not others:
            Path(f"/proc/{ours}/setgroups").write_text("deny")
        for kind, text in maps.items():
            Path(f"/proc/{ours}/{kind}_map").write_text(text)
        os._exit(0)
    os.close(read)
    unshare(NEWUSER | NEWNS | NEWNET | NEWIPC | NEWPID)
    os.write(write, b"1")
    os.close(write)
    assert os.waitpid(outside, 0)[1] == 0
    loopback_up()


def main() -> None:
    """Become the command."""
    root, command, user, namespaces = json.loads(sys.argv[1])
    _enter(Path(root), namespaces=namespaces)
    assert libc().prctl(_DROP_BOUNDING, _SYS_ADMIN, 0, 0, 0) == 0
    if user:
        os.setgroups([])
        os.setresgid(user, user, user)
        os.setresuid(user, user, user)
    os.execvp(command[0], command)


if __name__ == "__main__":
    main()
