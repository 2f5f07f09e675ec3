"""Stands in for nc where none is installed: copies standard input to a connection, and the
connection to the output.

It tells the server when its input ends, as most netcats do.
"""

from __future__ import annotations

import os
import select
import socket
import sys


def copy(connection: socket.socket, idle_s: float | None) -> None:
    sources = [0, connection.fileno()]
    while ready := select.select(sources, [], [], idle_s)[0]:
        if connection.fileno() in ready:
            data = connection.recv(65536)
            if not data:
                return
            os.write(1, data)
        if 0 in ready and not (data := os.read(0, 65536)):
            sources.remove(0)
            connection.shutdown(socket.SHUT_WR)
        elif 0 in ready:
            connection.sendall(data)


if __name__ == "__main__":
    words = sys.argv[1:]
    idle = float(words[words.index("-w") + 1]) if "-w" in words else None
    try:
        with socket.create_connection((words[-2], int(words[-1]))) as opened:
            copy(opened, idle)
    except OSError:
        sys.exit(1)
