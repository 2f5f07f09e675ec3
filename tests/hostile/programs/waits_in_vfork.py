"""Leaves processes that wait uninterruptibly for a child between vfork and exec, which waits for a FIFO."""

import os
import signal
import tempfile

from attempt import LONGEST_LIFE_S, serve

fifo = os.path.join(tempfile.gettempdir(), "fifo")
os.mkfifo(fifo)
for _ in range(3):
    if not os.fork():
        os.setsid()
        for number in (signal.SIGTERM, signal.SIGHUP, signal.SIGINT):
            signal.signal(number, signal.SIG_IGN)
        signal.alarm(LONGEST_LIFE_S)
        opened = [(os.POSIX_SPAWN_OPEN, 0, fifo, os.O_RDONLY, 0)]
        os.posix_spawn("/bin/sleep", ["sleep", "30"], {}, file_actions=opened)
        os._exit(0)
serve()
