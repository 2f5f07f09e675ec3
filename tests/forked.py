"""`python -m grader` without the half second that it takes to load: run in a child that is forked
from a process which has loaded everything.

Such a process waits for requests, and never has a second thread: what enters namespaces, as a
grading does, needs to be alone in its process. A child does what the command would do: it has the
arguments, the environment, the directory, the output and the signals that are asked for, and ends
as a program ends. Three things differ: /proc shows the command line and the environment of the
process that it was forked from, all children of one process have one order of sets, and a module
that is loaded for some commands only is loaded already. Tests of what these change, of signals, of
terminals and of what Python reads when it starts run the command itself.
"""

from __future__ import annotations

import atexit
import gc
import importlib
import os
import pkgutil
import selectors
import signal
import socket
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import IO, TYPE_CHECKING, NoReturn

from grader.codec import from_json, to_json

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

ROOT = Path(__file__).resolve().parents[1]
COMMAND = "grader.__main__"
AVAILABLE = sys.platform == "linux"
_AT_THE_START = ("PYTHON", "LANG", "LC_")
"""How the variables begin that Python reads only when it starts."""


@dataclass(frozen=True, slots=True)
class Request:
    """A command, as `run` is asked for it."""

    arguments: tuple[str, ...]
    cwd: str
    env: dict[str, str]
    safe_path: bool
    module: str


@dataclass(frozen=True, slots=True)
class Ended:
    """A command that has ended. code: negative for a signal."""

    code: int
    out: bytes
    err: bytes


def run(
    arguments: Sequence[str | bytes | Path],
    *,
    cwd: Path,
    env: Mapping[str, str],
    timeout: float,
    safe_path: bool = False,
    module: str = COMMAND,
) -> Ended:
    """`python -m grader` with these arguments, in a session of its own and without input.

    safe_path: as `python -P` does, keep the directory off the path. module: another one that is to
    be run as a program, by its `main`. Raises `subprocess.TimeoutExpired`.
    """
    if not AVAILABLE:
        flags = ["-P"] if safe_path else []
        done = subprocess.run(
            [sys.executable, *flags, "-m", module, *arguments], cwd=cwd, env=env, timeout=timeout,
            check=False, stdin=subprocess.DEVNULL, capture_output=True, start_new_session=True,
        )  # fmt: skip
        return Ended(done.returncode, done.stdout, done.stderr)
    first = {key: value for key, value in env.items() if key.startswith(_AT_THE_START)}
    request = Request(
        arguments=tuple(os.fsdecode(argument) for argument in arguments),
        cwd=str(cwd),
        env=dict(env),
        safe_path=safe_path,
        module=module,
    )
    fuzzes = request.arguments[:1] == (_FUZZ,)
    return _parent(tuple(sorted(first.items())), fuzzes).forked(request, timeout)


def parents() -> frozenset[int]:
    """The processes that are here only to fork: children of ours that no test has started."""
    return frozenset(parent.pid for parent in _STARTED)


class _Parent:
    """A process that has loaded the grader, and forks."""

    def __init__(self, environment: Mapping[str, str], *, fuzzes: bool) -> None:
        self._channel, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        with theirs:
            # Pipes, as the command has: Python decides at the start how it writes to them.
            self._process = subprocess.Popen(
                [sys.executable, "-P", "-m", "tests.forked", str(theirs.fileno()), _FUZZ * fuzzes],
                cwd=ROOT, env=environment, pass_fds=[theirs.fileno()], start_new_session=True,
                stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
            )  # fmt: skip
        self.pid = self._process.pid
        atexit.register(self.close)

    def close(self) -> None:
        """It ends when nobody can ask it any more."""
        self._channel.close()
        self._process.communicate()

    def forked(self, request: Request, timeout: float) -> Ended:
        """Have a child forked that does this, and wait for its end and that of its output."""
        deadline = time.monotonic() + timeout
        with open(os.memfd_create("request"), "w+b") as asked:
            asked.write(to_json(request).encode())
            asked.flush()
            (out, their_out), (err, their_err) = os.pipe(), os.pipe()
            socket.send_fds(self._channel, [b"fork"], [asked.fileno(), their_out, their_err])
        os.close(their_out)
        os.close(their_err)
        child = self._told(None)
        try:
            with open(out, "rb") as first, open(err, "rb") as second:
                said = _read(first, second, deadline)
            return Ended(os.waitstatus_to_exitcode(self._told(deadline)), *said)
        except TimeoutError:
            os.killpg(child, signal.SIGKILL)
            self._told(None)
            raise subprocess.TimeoutExpired("grade", timeout) from None

    def _told(self, deadline: float | None) -> int:
        """The next number that it tells. Raises `TimeoutError`."""
        left = deadline and max(deadline - time.monotonic(), 0.001)
        self._channel.settimeout(left)
        told = self._channel.recv(64)
        assert told, self._process.communicate()
        return int(told)


@cache
def _parent(environment: tuple[tuple[str, str], ...], fuzzes: bool) -> _Parent:
    """The one that began with these variables, which is kept until this process ends."""
    parent = _Parent(dict(environment), fuzzes=fuzzes)
    _STARTED.append(parent)
    return parent


_STARTED: list[_Parent] = []


def _read(out: IO[bytes], err: IO[bytes], deadline: float) -> tuple[bytes, bytes]:
    """Both to their ends. Raises `TimeoutError`."""
    read = {out: bytearray(), err: bytearray()}
    with selectors.DefaultSelector() as waiting:
        for stream in read:
            waiting.register(stream, selectors.EVENT_READ)
        while waiting.get_map():
            ready = waiting.select(max(deadline - time.monotonic(), 0))
            if not ready:
                raise TimeoutError
            for key, _ in ready:
                piece = os.read(key.fd, 1 << 16)
                read[key.fileobj] += piece
                if not piece:
                    waiting.unregister(key.fileobj)
    return bytes(read[out]), bytes(read[err])


# --- in the process that forks --------------------------------------------------------------------


def _serve(channel: socket.socket) -> None:
    """Fork a child for each request, one after the other, and tell how it ended; it tells its
    number itself."""
    while True:
        asked, descriptors, _, _ = socket.recv_fds(channel, 64, 3)
        if not asked:
            return
        child = os.fork()
        if child == 0:
            os.setsid()  # before anybody knows the number: who does may kill the whole group
            channel.send(b"%d" % os.getpid())
            channel.close()
            _become(*descriptors)
        for descriptor in descriptors:
            os.close(descriptor)
        channel.send(b"%d" % os.waitpid(child, 0)[1])


def _become(asked: int, out: int, err: int) -> NoReturn:
    """Be the command; the end of it goes on to the end of this process."""
    request = from_json(Path(f"/proc/self/fd/{asked}").read_bytes(), Request)
    os.dup2(out, 1)
    os.dup2(err, 2)
    for descriptor in (asked, out, err):
        os.close(descriptor)
    os.chdir(request.cwd)
    os.environ.clear()
    os.environ.update(request.env)
    tempfile.tempdir = None
    if not request.safe_path:
        sys.path.insert(0, request.cwd)
    sys.argv = [str(ROOT / "grader" / "__main__.py"), *request.arguments]
    importlib.import_module(request.module).main()
    sys.exit()


def _load(*, fuzzes: bool) -> None:
    """All of the grader, but for what is not used here and takes long."""
    import grader

    left_out = (
        "grader.watch",
        "grader.commands.watch",
        "grader.pytest_plugin",
        *(() if fuzzes else _OF_FUZZ),
    )
    for module in pkgutil.walk_packages(grader.__path__, "grader."):
        if not module.name.startswith(left_out):
            importlib.import_module(module.name)
    # Else each child looks through all of it when it ends, and has every page copied for that.
    gc.collect()
    gc.freeze()


_FUZZ = "fuzz"
_OF_FUZZ = ("grader.fuzz", "grader.commands.fuzz")

if __name__ == "__main__":
    _load(fuzzes=sys.argv[2] == _FUZZ)
    with socket.socket(fileno=int(sys.argv[1])) as channel:
        _serve(channel)
