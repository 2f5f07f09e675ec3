"""Leaves daemons that hold its listening socket and would answer 500 to whoever comes next."""

import os
import signal
import socket

import attempt

server = socket.create_server(("127.0.0.1", attempt.PORT), backlog=128)
for _ in range(3):
    if not os.fork():
        os.setsid()
        if os.fork():
            os._exit(0)
        for number in (signal.SIGTERM, signal.SIGHUP, signal.SIGINT):
            signal.signal(number, signal.SIG_IGN)
        signal.alarm(attempt.LONGEST_LIFE_S)
        while True:
            signal.pause()
attempt.take_all(server)
