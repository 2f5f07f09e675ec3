"""Leaves process groups without a leader, some of them stopped, and takes the terminal's foreground for one."""

import contextlib
import os
import signal

from attempt import LONGEST_LIFE_S, serve


def member(group: int, pipe: int, *, stopped: bool) -> None:
    if os.fork():
        return
    os.close(pipe)
    with contextlib.suppress(OSError):
        os.setpgid(0, group)
    signal.signal(signal.SIGHUP, signal.SIG_IGN)
    signal.alarm(LONGEST_LIFE_S)
    if stopped:
        os.kill(os.getpid(), signal.SIGSTOP)
    while True:
        signal.pause()


signal.signal(signal.SIGTTOU, signal.SIG_IGN)
signal.signal(signal.SIGHUP, signal.SIG_IGN)
for turn in range(3):
    read, write = os.pipe()
    if not (leader := os.fork()):
        os.close(write)
        os.setpgid(0, 0)
        os.read(read, 1)
        os._exit(0)
    os.close(read)
    with contextlib.suppress(OSError):
        os.setpgid(leader, leader)
    member(leader, write, stopped=False)
    member(leader, write, stopped=True)
    with contextlib.suppress(OSError):
        os.tcsetpgrp(0, leader)
    os.close(write)
    os.waitpid(leader, 0)
serve()
