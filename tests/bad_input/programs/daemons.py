"""Leaves a dozen daemons behind: double forked, in sessions of their own, without a terminal, deaf to signals."""

import os
import signal

from listener import live_on, ok, serve


def become_daemon(number: int) -> None:
    os.setsid()
    if os.fork():
        os._exit(0)
    os.closerange(0, 3)
    for deaf_to in (signal.SIGTERM, signal.SIGHUP, signal.SIGINT):
        signal.signal(deaf_to, signal.SIG_IGN)
    if number % 2:
        os.execve("/bin/sleep", ["sleep", "40"], {})
    live_on()


for each in range(12):
    if not os.fork():
        become_daemon(each)
serve(ok)
