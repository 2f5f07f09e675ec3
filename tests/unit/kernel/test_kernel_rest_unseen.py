"""Wakers that are hard to see from outside: a program that has one of them can go on by itself."""

from __future__ import annotations

import platform
import socket
import sys

import pytest

from tests.unit.kernel.watched import python, running

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="only Linux shows what a process waits for")

LIBC = "libc = ctypes.CDLL(None, use_errno=True)\n"
BLOCK_ALARM = "signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGALRM]); signal.alarm(600)\n"


def test_sees_an_alarm_that_sigwait_takes() -> None:
    with running(python(BLOCK_ALARM + "ready(); signal.sigwait([signal.SIGALRM])")) as watched:
        assert not watched.ever_rests()


def test_sees_an_alarm_that_a_signalfd_takes() -> None:
    source = LIBC + BLOCK_ALARM + (
        "descriptor = libc.signalfd(-1, (ctypes.c_ulong * 16)(1 << signal.SIGALRM - 1), 0)\n"
        "poll = select.epoll(); poll.register(descriptor, select.EPOLLIN); ready(); poll.poll()"
    )  # fmt: skip
    with running(python(source)) as watched:
        assert not watched.ever_rests()


@pytest.mark.xfail(strict=True, reason="an alarm(2) with the default action ends a child, and cannot be seen")
def test_sees_an_alarm_that_ends_a_child() -> None:
    """As `perl -e 'alarm 2; exec @ARGV'` does: the parent goes on when the time limit strikes."""
    source = "if not os.fork():\n    signal.alarm(600); signal.pause()\nready(); os.wait()"
    with running(python(source)) as watched:
        assert not watched.ever_rests()


@pytest.mark.skipif(platform.machine() != "x86_64", reason="the number of exit(2) is written for x86_64")
def test_sees_threads_that_outlive_the_first_one() -> None:
    """In C: main starts its threads and ends by pthread_exit."""
    source = LIBC + "threading.Thread(target=time.sleep, args=(600,)).start(); ready(); libc.syscall(60, 0)"
    with running(python(source)) as watched:
        assert not watched.ever_rests()


def test_sees_the_time_limit_of_a_terminal() -> None:
    source = (
        "import pty, termios\n"
        "master, slave = pty.openpty(); mode = termios.tcgetattr(slave); mode[3] &= ~termios.ICANON\n"
        "mode[6][termios.VMIN], mode[6][termios.VTIME] = 0, 255; termios.tcsetattr(slave, termios.TCSANOW, mode)\n"
        "ready(); os.read(slave, 1)"
    )
    with running(python(source)) as watched:
        assert not watched.ever_rests()


@pytest.mark.parametrize("family", [socket.AF_INET, socket.AF_UNIX], ids=["TCP", "Unix"])
@pytest.mark.xfail(strict=True, reason="a socket is taken to be woken by us, whoever is at its other end")
def test_sees_that_it_waits_for_a_program_beside(family: int, tmp_path: object) -> None:
    """A database, another service: nobody knows when it answers."""
    with socket.socket(family) as service:
        service.bind(("127.0.0.1", 0) if family == socket.AF_INET else f"{tmp_path}/service")
        service.listen()
        source = f"s = socket.socket({family}); s.connect({service.getsockname()!r}); ready(); s.recv(1)"
        with running(python(source)) as watched:
            assert not watched.ever_rests()


@pytest.mark.xfail(strict=True, reason="bytes that TCP holds back inside the tree are not looked for")
def test_sees_bytes_under_way_between_two_of_its_own_sockets() -> None:
    """TCP itself holds bytes back: 200 ms when corked, 40 ms by Nagle's algorithm and delayed acknowledgements."""
    source = """
    listener = socket.create_server(('127.0.0.1', 0))
    one = socket.create_connection(listener.getsockname()); other, _ = listener.accept()
    def echo():
        while data := other.recv(9):
            other.send(data)
    threading.Thread(target=echo, daemon=True).start()
    one.setsockopt(socket.IPPROTO_TCP, socket.TCP_CORK, 1)
    ready()
    for _ in range(5):
        one.send(b'x'); one.recv(1)
    ready()
    """
    with running(python(source)) as watched:
        said = []
        while not watched.says_more():
            said.append(watched.rests_for_certain())
            assert True not in said, "it is said to rest, and goes on"
        assert said
        assert watched.line() == "ready"


@pytest.mark.xfail(strict=True, reason="descriptors are looked up in the table of the first thread")
def test_sees_that_descriptors_belong_to_a_thread() -> None:
    """A thread may have a table of its own (unshare(2) with CLONE_FILES), where the same number is another file."""
    source = (
        LIBC
        + """
    one, other = socket.socketpair()
    timed, _ = socket.socketpair()
    timed.setsockopt(socket.SOL_SOCKET, socket.SO_RCVTIMEO, bytes([88, 2]) + bytes(14))
    def alone():
        assert libc.unshare(0x400) == 0
        os.dup2(timed.fileno(), one.fileno()); ready(); one.recv(1)
    threading.Thread(target=alone, daemon=True).start()
    signal.pause()
    """
    )
    source = source.replace("\n    ", "\n")
    with running(python(source)) as watched:
        assert not watched.ever_rests()
