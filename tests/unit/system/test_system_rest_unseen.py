"""Wakers that are hard to see from outside: a program that has one of them can go on by itself."""

from __future__ import annotations

import platform
import sys

import pytest

from tests.unit.system.watched import python, running

pytestmark = pytest.mark.skipif(
    sys.platform != "linux", reason="only Linux shows what a process waits for"
)

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


@pytest.mark.xfail(
    strict=True, reason="an alarm(2) with the default action ends a child, and cannot be seen"
)
def test_sees_an_alarm_that_ends_a_child() -> None:
    """As `perl -e 'alarm 2; exec @ARGV'` does: the parent goes on when the time limit strikes."""
    source = "if not os.fork():\n    signal.alarm(600); signal.pause()\nready(); os.wait()"
    with running(python(source)) as watched:
        assert not watched.ever_rests()


@pytest.mark.skipif(
    platform.machine() != "x86_64", reason="the number of exit(2) is written for x86_64"
)
def test_sees_threads_that_outlive_the_first_one() -> None:
    """In C: main starts its threads and ends by pthread_exit."""
    source = (
        LIBC
        + "threading.Thread(target=time.sleep, args=(600,)).start(); ready(); libc.syscall(60, 0)"
    )
    with running(python(source)) as watched:
        assert not watched.ever_rests()


def test_sees_the_time_limit_of_a_terminal() -> None:
    source = (
        "import pty, termios\n"
        "master, slave = pty.openpty(); mode = termios.tcgetattr(slave); "
        "mode[3] &= ~termios.ICANON\n"
        "mode[6][termios.VMIN], mode[6][termios.VTIME] = 0, 255; "
        "termios.tcsetattr(slave, termios.TCSANOW, mode)\n"
        "ready(); os.read(slave, 1)"
    )
    with running(python(source)) as watched:
        assert not watched.ever_rests()


@pytest.mark.xfail(
    strict=True, reason="a socket's time limit is looked up in the table of the first thread"
)
def test_sees_that_descriptors_belong_to_a_thread() -> None:
    """A thread may have a table of its own (unshare(2) with CLONE_FILES), where the same number is
    another file."""
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
