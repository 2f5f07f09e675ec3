"""Whether a program can go on by itself: yes is said of those that only a peer can wake, and of no
other."""

from __future__ import annotations

import os
import signal
import sys

import pytest

from grader.system import processes
from grader.system.blocked import blocked_for, blocked_for_good
from grader.system.waits import awaits_terminal
from tests.unit.system.watched import PATIENCE_S, python, running, until

pytestmark = pytest.mark.skipif(
    sys.platform != "linux", reason="only Linux shows what a process waits for"
)

PAIR = "one, other = socket.socketpair()\n"
LISTENER = "listener = socket.create_server(('127.0.0.1', 0))\n"
TIMERFD = """
libc = ctypes.CDLL(None, use_errno=True)
timer = libc.timerfd_create(time.CLOCK_MONOTONIC, os.O_NONBLOCK)
def arm(first, every=0):
    assert libc.timerfd_settime(timer, 0, (ctypes.c_long * 4)(every, 0, first, 0), None) == 0
poll = select.epoll()
poll.register(timer, select.EPOLLIN)
"""
IPV6 = "listener = socket.create_server(('::1', 0), family=socket.AF_INET6)\n"
LIMITED = (
    PAIR
    + "one.setsockopt(socket.SOL_SOCKET, socket.SO_RCVTIMEO, bytes([88, 2]) + bytes(14))  # 600 s\n"
)
ALARM = "signal.signal(signal.SIGALRM, lambda *_: None)\n"
TRACED = """
if not (child := os.fork()):
    ctypes.CDLL(None).ptrace(0, 0, None, None)  # PTRACE_TRACEME
    os.kill(os.getpid(), signal.SIGUSR1)
os.waitid(os.P_PID, child, os.WSTOPPED)
"""
THREAD = "def beside(what, *a): threading.Thread(target=what, args=a, daemon=True).start()\n"

ENDLESS = {
    "accept": LISTENER + "ready(); listener.accept()",
    "accept over IPv6": IPV6 + "ready(); listener.accept()",
    "recv": PAIR + "ready(); one.recv(1)",
    "recv from a client": LISTENER + "client = socket.create_connection(listener.getsockname())\n"
    "one, _ = listener.accept(); ready(); one.recv(1)",
    "recvmsg": PAIR + "ready(); one.recvmsg(1)",
    "read of a socket": PAIR + "ready(); os.read(one.fileno(), 1)",
    "readv of a socket": PAIR + "ready(); os.readv(one.fileno(), [bytearray(1)])",
    "read of a pipe": "read, write = os.pipe(); ready(); os.read(read, 1)",
    "read of the input": "ready(); sys.stdin.read()",
    "select": PAIR + "ready(); select.select([one], [], [])",
    "poll": PAIR
    + "poll = select.poll(); poll.register(one); poll.modify(one, select.POLLIN); ready(); "
    "poll.poll()",
    "poll of nothing": "ready(); select.poll().poll(-1)",
    "epoll": PAIR
    + "poll = select.epoll(); poll.register(one, select.EPOLLIN); ready(); poll.poll()",
    "lock": "lock = threading.Lock(); lock.acquire(); ready(); lock.acquire()",
    "condition": "told = threading.Condition(); told.acquire(); ready(); told.wait()",
    "queue": "import queue; ready(); queue.Queue().get()",
    "join": THREAD + PAIR
    + "one.setblocking(True); t = threading.Thread(target=one.recv, args=(1,)); t.start()\n"
    "ready(); t.join()",
    "pause": "ready(); signal.pause()",
    "asyncio at rest": "import asyncio\n"
    "async def serve():\n"
    "    server = await asyncio.start_server(lambda r, w: None, '127.0.0.1', 0)\n"
    "    asyncio.get_running_loop().call_soon(ready)\n"
    "    await server.serve_forever()\n"
    "asyncio.run(serve())",
    "asyncio with an executor": "import asyncio\n"
    "async def serve():\n"
    "    await asyncio.to_thread(len, '')\n"
    "    asyncio.get_running_loop().call_soon(ready)\n"
    "    await asyncio.Event().wait()\n"
    "asyncio.run(serve())",
    "a timerfd that is not armed": TIMERFD + "ready(); poll.poll()",
    "a timerfd that was disarmed": TIMERFD + "arm(600); arm(0); ready(); poll.poll()",
    "threads in accept, recv and lock": LISTENER + PAIR + THREAD
    + "beside(listener.accept); beside(one.recv, 1); lock = threading.Lock(); lock.acquire(); "
    "ready(); lock.acquire()",
    "a parent of a child that waits": "if not os.fork():\n    signal.pause()\nready(); os.wait()",
    "a parent in waitid": "child = os.fork()\nif not child:\n    signal.pause()\n"
    "ready(); os.waitid(os.P_PID, child, os.WEXITED)",
    "a parent with a dead child": PAIR + "if not os.fork():\n    os._exit(0)\nready(); one.recv(1)",
    "send into a full buffer": PAIR + "ready()\nwhile True:\n    one.send(bytes(65536))",
    "send with a time limit to receive": LIMITED
    + "ready()\nwhile True:\n    one.send(bytes(65536))",
    "write into a full pipe":
    "read, write = os.pipe(); ready()\nwhile True:\n    os.write(write, bytes(65536))",
    "SO_RCVTIMEO taken back": LIMITED + "one.setsockopt(1, 20, bytes(16))\n"
    "ready(); one.recv(1)",
    "stopped": "ready(); os.kill(os.getpid(), signal.SIGSTOP)",
    "stopped, whatever its timers": ALARM
    + "signal.alarm(600); ready(); os.kill(os.getpid(), signal.SIGSTOP)",
    "a thread and all others stopped": THREAD
    + "beside(time.sleep, 600); ready(); os.kill(os.getpid(), signal.SIGSTOP)",
    "a parent of a child that stopped":
    "if not os.fork():\n    os.kill(os.getpid(), signal.SIGSTOP)\n"
    "ready(); os.wait()",
    "a debugger that waits and its program": TRACED + "ready(); signal.pause()",
    "a time limit on another socket": LIMITED + "ready(); other.recv(1)",
}  # fmt: skip

TERMINAL = """
import fcntl, pty, termios
master, slave = pty.openpty()
fcntl.ioctl(slave, termios.TIOCSCTTY, 0)
def read_letters(least, tenths):
    mode = termios.tcgetattr(slave)
    mode[3] &= ~termios.ICANON
    mode[6][termios.VMIN], mode[6][termios.VTIME] = least, tenths
    termios.tcsetattr(slave, termios.TCSANOW, mode)
"""

OF_A_TERMINAL = {
    "a line of its terminal": TERMINAL + "ready(); os.read(slave, 1)",
    "a letter of its terminal": TERMINAL + "read_letters(1, 0); ready(); os.read(slave, 1)",
}

TIMED = {
    "a letter of its terminal, or a while":
    TERMINAL + "read_letters(0, 255); ready(); os.read(slave, 1)",
    "a line of a terminal that is another's":
    TERMINAL + "_, slave = pty.openpty(); ready(); os.read(slave, 1)",
    "sleep": "ready(); time.sleep(600)",
    "recv with SO_RCVTIMEO": LIMITED + "ready(); one.recv(1)",
    "recv with microseconds of SO_RCVTIMEO": PAIR
    + "one.setsockopt(1, 20, (600).to_bytes(8, 'little') + (1).to_bytes(8, 'little')); ready(); "
    "one.recv(1)",
    "recvmsg with SO_RCVTIMEO": LIMITED + "ready(); one.recvmsg(1)",
    "read with SO_RCVTIMEO": LIMITED + "ready(); os.read(one.fileno(), 1)",
    "accept with SO_RCVTIMEO": LISTENER
    + "listener.setsockopt(1, 20, bytes([88, 2]) + bytes(14)); ready(); listener.accept()",
    "recv with settimeout": PAIR + "one.settimeout(600); ready(); one.recv(1)",
    "accept with settimeout": LISTENER + "listener.settimeout(600); ready(); listener.accept()",
    "connect": "s = socket.socket(); s.bind(('127.0.0.1', 0)); s.listen(0)\n"
    "c = [socket.socket() for _ in range(3)]\n"
    "[x.setblocking(False) for x in c]; [x.connect_ex(s.getsockname()) for x in c]\n"
    "d = socket.socket(); ready(); d.connect(s.getsockname())",
    "send into a full buffer with SO_SNDTIMEO": PAIR
    + "one.setsockopt(1, 21, bytes([88, 2]) + bytes(14)); ready()\n"
    "while True:\n    one.send(bytes(65536))",
    "sendall with settimeout": PAIR
    + "one.settimeout(600); ready()\nwhile True:\n    one.sendall(bytes(65536))",
    "select": PAIR + "ready(); select.select([one], [], [], 600)",
    "select of nothing": "ready(); select.select([], [], [], 600)",
    "poll": PAIR
    + "poll = select.poll(); poll.register(one, select.POLLIN); ready(); poll.poll(600_000)",
    "epoll": PAIR
    + "poll = select.epoll(); poll.register(one, select.EPOLLIN); ready(); poll.poll(600)",
    "lock": "lock = threading.Lock(); lock.acquire(); ready(); lock.acquire(timeout=600)",
    "condition": "told = threading.Condition(); told.acquire(); ready(); told.wait(600)",
    "queue": "import queue; ready(); queue.Queue().get(timeout=600)",
    "a thread's timer": "threading.Timer(600, print).start(); ready(); signal.pause()",
    "asyncio call_later": "import asyncio\n"
    "async def serve():\n"
    "    asyncio.get_running_loop().call_later(600, print)\n"
    "    asyncio.get_running_loop().call_soon(ready)\n"
    "    await asyncio.Event().wait()\n"
    "asyncio.run(serve())",
    "asyncio sleep": "import asyncio\n"
    "async def serve():\n"
    "    asyncio.get_running_loop().call_soon(ready)\n"
    "    await asyncio.sleep(600)\n"
    "asyncio.run(serve())",
    "asyncio wait_for": "import asyncio\n"
    "async def serve():\n"
    "    asyncio.get_running_loop().call_soon(ready)\n"
    "    await asyncio.wait_for(asyncio.Event().wait(), 600)\n"
    "asyncio.run(serve())",
    "a timerfd behind epoll": TIMERFD + "arm(600); ready(); poll.poll()",
    "a repeated timerfd behind epoll": TIMERFD + "arm(600, 600); ready(); poll.poll()",
    "a timerfd behind select": TIMERFD + "arm(600); ready(); select.select([timer], [], [])",
    "a blocking read of a timerfd": TIMERFD
    + "os.set_blocking(timer, True); arm(600); ready(); os.read(timer, 8)",
    "a timerfd behind two epolls": TIMERFD
    + "outer = select.epoll(); outer.register(poll, select.EPOLLIN)\n"
    "arm(600); ready(); outer.poll()",
    "a copy of a timerfd": TIMERFD
    + "arm(600); copy = os.dup(timer); os.close(timer); ready(); poll.poll()",
    "an alarm with a handler": ALARM + "signal.alarm(600); ready(); signal.pause()",
    "an interval timer with a handler": ALARM + PAIR
    + "signal.setitimer(signal.ITIMER_REAL, 600); ready(); one.recv(1)",
    "a POSIX timer": "libc, made = ctypes.CDLL(None), ctypes.c_void_p()\n"
    "assert libc.timer_create(1, None, ctypes.byref(made)) == 0\n"
    "assert libc.timer_settime(made, 0, (ctypes.c_long * 4)(0, 0, 600, 0), None) == 0\n"
    "ready(); signal.pause()",
    "sigwait, which may be for an alarm":
    "signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGUSR1])\n"
    "ready(); signal.sigwait([signal.SIGUSR1])",
    "sigtimedwait": "signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGUSR1])\n"
    "ready(); signal.sigtimedwait([signal.SIGUSR1], 600)",
    "one thread of many": LISTENER + PAIR + THREAD
    + "beside(listener.accept); beside(one.recv, 1); beside(time.sleep, 600); ready(); "
    "signal.pause()",
    "a parent of a child that sleeps": "if not os.fork():\n    time.sleep(600)\nready(); os.wait()",
    "a grandparent of one that sleeps":
    "if not os.fork():\n    if not os.fork():\n        time.sleep(600)\n"
    "    os.wait()\nready(); os.wait()",
    "a reader of a pipe from a child that sleeps": "read, write = os.pipe()\n"
    "if not os.fork():\n    time.sleep(600)\nready(); os.read(read, 1)",
    "a caller of a program that sleeps":
    "import subprocess; p = subprocess.Popen(['sleep', '600']); ready(); p.wait()",
    "stopped, and a child that could continue it": "if not os.fork():\n    time.sleep(600)\n"
    "ready(); os.kill(os.getpid(), signal.SIGSTOP)",
    "stopped by a debugger that wakes up": TRACED + "ready(); time.sleep(600)",
    "a FIFO":
    "import tempfile; d = tempfile.mkdtemp(); os.mkfifo(d + '/f'); "
    "f = os.open(d + '/f', os.O_RDWR)\n"
    "os.unlink(d + '/f'); os.rmdir(d); ready(); os.read(f, 1)",
    "an event counter": "e = os.eventfd(0); ready(); os.read(e, 8)",
}  # fmt: skip


@pytest.mark.parametrize(
    "source", [*ENDLESS.values(), *OF_A_TERMINAL.values()], ids=[*ENDLESS, *OF_A_TERMINAL]
)
def test_rests_when_only_a_peer_can_wake_it(source: str) -> None:
    with running(python(source)) as watched:
        until(watched.rests_for_certain, f"at rest within {PATIENCE_S} s")
        assert watched.process.poll() is None


@pytest.mark.parametrize(("events", "reads"), [("EPOLLIN", True), ("EPOLLOUT", False)])
def test_sees_an_event_loop_that_waits_for_the_keyboard(events: str, reads: bool) -> None:
    watch = f"poll = select.epoll(); poll.register(slave, select.{events})\n"
    with running(python(TERMINAL + watch + "ready(); signal.pause()")) as watched:
        assert awaits_terminal(watched.tree) is reads


def test_who_is_traced_from_outside_may_be_let_go_on() -> None:
    with running(python(TRACED + "ready(); signal.pause()")) as watched:
        until(watched.rests_for_certain, "at rest, with who traces it")
        _, child = watched.tree
        assert not blocked_for_good([child])


@pytest.mark.parametrize("source", TIMED.values(), ids=TIMED)
def test_does_not_rest_when_something_else_can_wake_it(source: str) -> None:
    with running(python(source)) as watched:
        assert not watched.ever_rests()
        assert watched.process.poll() is None


UNSEEN = {
    *("connect", "a blocking read of a timerfd", "a timerfd behind two epolls"),
    *("a timerfd behind epoll", "a repeated timerfd behind epoll", "a timerfd behind select"),
    *("a copy of a timerfd", "an alarm with a handler", "an interval timer with a handler"),
    *("a POSIX timer", "sigwait, which may be for an alarm", "sigtimedwait", "a FIFO"),
    *("an event counter", "a letter of its terminal, or a while"),
    "a line of a terminal that is another's",
}
"""Of the timed ones (all of 600 s): where it is not looked how long they sleep."""

_SEEN = [name for name in TIMED if name not in UNSEEN]


@pytest.mark.parametrize("source", [TIMED[name] for name in _SEEN], ids=_SEEN)
def test_how_long_everybody_sleeps_is_seen(source: str) -> None:
    with running(python(source)) as watched:
        until(lambda: blocked_for(watched.tree, 500), "asleep for more than 500 s")
        assert not blocked_for(watched.tree, 601)


@pytest.mark.parametrize("name", sorted(UNSEEN))
def test_of_others_it_is_not_said_how_long_they_sleep(name: str) -> None:
    with running(python(TIMED[name])) as watched:
        assert not watched.ever(lambda: blocked_for(watched.tree, 0.0))


def test_a_wait_that_may_have_begun_with_its_thread_is_shorter_by_its_age() -> None:
    """It began when the thread was a second old at most, and that the thread is not yet."""
    waits = PAIR + "one.settimeout(600); ready(); one.recv(1)"
    with running(python(waits)) as watched:
        until(lambda: blocked_for(watched.tree, 500), "asleep")
        until(lambda: not blocked_for(watched.tree, 599.9), "older than a tenth of a second")
        assert blocked_for(watched.tree, 599.9, alone_since_s=0.0)


@pytest.mark.parametrize("beside", [THREAD + "beside(one.recv, 1)", "os.fork()"])
def test_of_many_threads_it_is_not_known_which_has_slept_since(beside: str) -> None:
    waiting = PAIR + f"one.settimeout(600); other.settimeout(600)\n{beside}\n"
    with running(python(f"{waiting}ready(); other.recv(1)")) as watched:
        until(lambda: blocked_for(watched.tree, 500), "asleep")
        until(lambda: not blocked_for(watched.tree, 599.9), "older than a tenth of a second")
        assert not blocked_for(watched.tree, 599.9, alone_since_s=0.0)


def test_a_limit_that_cannot_be_read_is_none_that_is_long(monkeypatch: pytest.MonkeyPatch) -> None:
    with running(python("ready(); time.sleep(600)")) as watched:
        until(lambda: blocked_for(watched.tree, 500), "asleep")
        for found in (b"", bytes(3)):
            monkeypatch.setattr("os.pread", lambda *_, found=found: found)
            assert not blocked_for(watched.tree, 0.0)


def test_a_clock_that_can_be_set_is_not_believed() -> None:
    """Until a point in time of the day, which comes as soon as somebody says so."""
    source = (
        "libc = ctypes.CDLL(None); due = (ctypes.c_long * 2)(int(time.time()) + 600, 0)\n"
        "ready(); libc.clock_nanosleep(time.CLOCK_REALTIME, 1, due, None)"
    )
    with running(python(source)) as watched:
        assert not watched.ever(lambda: blocked_for(watched.tree, 0.0))


@pytest.mark.parametrize(
    "source",
    [
        "ready()\nwhile True:\n    pass",
        THREAD
        + "def spin():\n    while True:\n        pass\nbeside(spin); ready(); signal.pause()",
        "if not os.fork():\n    while True:\n        pass\nready(); os.wait()",
    ],
    ids=["alone", "in a thread", "in a child"],
)
def test_does_not_rest_while_it_is_busy(source: str) -> None:
    with running(python(source)) as watched:
        before = watched.look()
        said = [blocked_for_good(watched.tree)]
        until(
            lambda: said.append(blocked_for_good(watched.tree)) or watched.look() != before,
            "it runs",
        )
        assert not any(said)


def test_who_computed_when_it_was_stopped_rests_until_it_goes_on() -> None:
    with running(python("ready()\nwhile True:\n    pass")) as watched:
        assert not blocked_for_good(watched.tree)
        os.kill(watched.process.pid, signal.SIGSTOP)
        until(watched.rests_for_certain, "stopped")
        os.kill(watched.process.pid, signal.SIGCONT)
        until(
            lambda: not processes.asleep(watched.look()) and not blocked_for_good(watched.tree),
            "going on",
        )


def test_the_dead_rest() -> None:
    with running(python("ready()")) as watched:
        until(lambda: {thread.state for thread in watched.look().values()} == {"Z"}, "dead")
        assert blocked_for_good(watched.tree)
        watched.process.wait()
        assert blocked_for_good([watched.process.pid])
    assert blocked_for_good([])


def test_a_question_that_may_not_be_asked_is_answered_no(monkeypatch: pytest.MonkeyPatch) -> None:
    with running(python(PAIR + "ready(); one.recv(1)")) as watched:
        until(watched.rests_for_certain, "at rest")

        def refused(_pid: int) -> int:
            raise PermissionError(1, "not permitted")

        monkeypatch.setattr("os.pidfd_open", refused)
        assert not blocked_for_good(watched.tree)
