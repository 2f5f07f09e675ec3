"""What a run may leave on the machine, seen from outside: processes, files, mounts, namespaces,
ports, memory."""

from __future__ import annotations

import contextlib
import os
import re
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from tests.bad_input.bench import DYING_S

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_KINDS = ("user", "mnt", "net", "pid", "ipc", "uts", "time", "cgroup")
_PUBLIC = ("/usr", "/etc", "/tmp", "/var/tmp", "/dev/shm", "/run")
_STEP_S = 0.05


@dataclass(frozen=True, slots=True)
class Marks:
    """By what the traces of one run are told from those of others.

    places: the directories that only this run knows. left: the name of the files it may leave in
    public places. ports: those it may listen on. key: of its System V objects.
    """

    places: tuple[str, ...]
    left: str
    ports: tuple[int, ...]
    key: int


@dataclass(slots=True)
class Watched:
    """The namespaces in which the descendants of a process were seen to be, other than our own.

    They are kept open until `close`: the kernel gives the number of one that is gone to the next
    that is made.
    """

    _seen: dict[str, int] = field(default_factory=dict)

    @contextlib.contextmanager
    def watching(self, process: int) -> Iterator[None]:
        """Look at its descendants, again and again, as long as the context lasts."""
        over = threading.Event()

        def watch() -> None:
            while not over.wait(_STEP_S):
                for pid in _descendants(process):
                    self._keep(pid, ours)

        ours = _namespaces(os.getpid())
        thread = threading.Thread(target=watch, daemon=True)
        thread.start()
        try:
            yield
        finally:
            over.set()
            thread.join()

    def _keep(self, process: int, ours: set[str]) -> None:
        for kind in _KINDS:
            with contextlib.suppress(OSError):
                if os.readlink(path := f"/proc/{process}/ns/{kind}") in ours | self._seen.keys():
                    continue
                kept = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
                if (name := os.readlink(f"/proc/self/fd/{kept}")) in self._seen:
                    os.close(kept)
                else:
                    self._seen[name] = kept

    def living(self) -> list[str]:
        """Those of them in which a process still is."""
        now = set[str]().union(*map(_namespaces, _processes()))
        return [f"a namespace: {name}" for name in sorted(self._seen.keys() & now)]

    def close(self) -> None:
        while self._seen:
            os.close(self._seen.popitem()[1])


def mounts() -> frozenset[str]:
    return frozenset(Path("/proc/self/mountinfo").read_text().splitlines())


def left(marks: Marks, mounted_before: Iterable[str], watched: Watched) -> list[str]:
    """Everything that is still there, in words. What was watched is closed: nothing else keeps it
    alive then."""
    found = [
        *(f"a process: {name}" for name in _marked_processes(marks)),
        *(
            f"a file: {path}"
            for place in _PUBLIC
            if os.path.lexists(path := f"{place}/{marks.left}")
        ),
        *(f"a mount: {line}" for line in mounts() - {*mounted_before}),
        *watched.living(),
        *_open_ports(marks.ports),
        *_outliving(marks.key),
    ]
    watched.close()
    return [*found, *_keys_left(marks.key)]


def _processes() -> list[int]:
    return [int(name) for name in os.listdir("/proc") if name.isdecimal()]


def _descendants(process: int) -> Iterator[int]:
    with contextlib.suppress(OSError):
        yield process
        for task in os.listdir(f"/proc/{process}/task"):
            for child in Path(f"/proc/{process}/task/{task}/children").read_text().split():
                yield from _descendants(int(child))


def _namespaces(process: int) -> set[str]:
    found = set()
    for kind in _KINDS:
        with contextlib.suppress(OSError):
            found.add(os.readlink(f"/proc/{process}/ns/{kind}"))
    return found


def _marked_processes(marks: Marks) -> Iterator[str]:
    """Processes, but for our own, whose command line, environment or working directory names a
    place of the run."""
    needles = [os.fsencode(place) for place in marks.places]
    for process in _processes():
        if process == os.getpid():
            continue
        seen = b""
        for name in ("cmdline", "environ"):
            with contextlib.suppress(OSError):
                seen += Path(f"/proc/{process}/{name}").read_bytes()
        with contextlib.suppress(OSError):
            seen += os.fsencode(os.readlink(f"/proc/{process}/cwd"))
        if any(needle in seen for needle in needles):
            yield f"{process} {seen[:80]!r}"


def _open_ports(ports: Iterable[int]) -> Iterator[str]:
    wanted = {f"{port:04X}" for port in ports}
    for name in ("tcp", "tcp6", "udp", "udp6"):
        with contextlib.suppress(OSError):
            for row in Path("/proc/net", name).read_text().splitlines()[1:]:
                _, local, _, state, *_ = row.split()
                if local.rpartition(":")[2] in wanted and (state == "0A" or name.startswith("udp")):
                    yield f"a port: {name} {int(local.rpartition(':')[2], 16)}"
    with contextlib.suppress(OSError):
        names = re.findall(r"@hostile-(\d+)$", Path("/proc/net/unix").read_text(), re.MULTILINE)
        yield from (f"an abstract socket: {name}" for name in names if int(name) in {*ports})


def _outliving(key: int) -> Iterator[str]:
    for kind in ("shm", "msg", "sem"):
        with contextlib.suppress(OSError):
            if re.search(rf"^\s*{key} ", Path("/proc/sysvipc", kind).read_text(), re.MULTILINE):
                yield f"System V {kind}"


def _keys_left(key: int) -> list[str]:
    """Keys go with their user namespace, but the kernel's collector takes a moment for that."""
    for _ in range(int(DYING_S / _STEP_S)):
        try:
            if f"hostile-{key}" not in Path("/proc/keys").read_text():
                return []
        except OSError:
            return []
        time.sleep(_STEP_S)
    return ["a key in a keyring"]
