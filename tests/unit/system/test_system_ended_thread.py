"""A process whose first thread has ended: it lives on, and what its other threads hold is seen."""

from __future__ import annotations

import sys

import pytest

from grader.limits import Limits
from grader.program.watchdog import at_its_limit, shared_out, usage
from grader.system.processes import command_of, descriptor_count, look, place_of
from grader.system.sockets import SocketTable, inodes_of, listeners_of
from tests.unit.system.watched import Watched, python, running, until

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="/proc is Linux's")
HELD = 50 << 20
SOURCE = f"""
import ctypes, platform, socket, threading
listener = socket.create_server(("127.0.0.1", 0))
held = bytearray(b"x") * {HELD}
threading.Thread(target=threading.Event().wait).start()
ready()
# exit, of this thread only
ctypes.CDLL(None).syscall(60 if platform.machine() == "x86_64" else 93, 0)
"""


def ended(watched: Watched) -> bool:
    seen = look([watched.process.pid]) or {}
    return seen[watched.process.pid, watched.process.pid].state == "Z"


def test_what_it_holds_is_seen() -> None:
    with running(python(SOURCE)) as watched, SocketTable() as table:
        pid = watched.process.pid
        until(lambda: ended(watched), "the end of its first thread")
        assert place_of(pid).startswith(f"/proc/{pid}/task/")
        assert inodes_of([pid])
        assert len(listeners_of(table, [pid])) == 1
        assert (descriptor_count([pid]) or 0) > 3
        assert sys.executable in command_of(pid)
        assert usage([pid]).memory > HELD
        assert (shared_out([pid]) or 0) > HELD
        assert at_its_limit([pid], Limits(files=1))


def test_who_has_ended_whole_holds_nothing() -> None:
    with running(python("ready()")) as watched:
        pid = watched.process.pid
        until(lambda: ended(watched), "its end")
        assert place_of(pid) == f"/proc/{pid}"
        assert usage([pid]).memory == 0


def test_who_lives_is_looked_at_itself() -> None:
    with running(python("ready(); signal.pause()")) as watched:
        assert place_of(watched.process.pid) == f"/proc/{watched.process.pid}"
