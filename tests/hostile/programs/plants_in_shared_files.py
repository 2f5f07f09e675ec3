"""Answers requests for files by planting, in the directory that it shares with the grader, links and pipes."""

import os
import socket
import sys

import attempt

shared = sys.argv[sys.argv.index("--directory") + 1]
turn = 0


def plant(name: str) -> None:
    global turn
    path, turn = os.path.join(shared, name), turn + 1
    if os.path.lexists(path):
        os.rename(path, f"{path}-{turn}")
    if turn % 2:
        os.mkfifo(path)
    else:
        os.symlink(attempt.TARGETS["files"][0], path)


def answer(connection: socket.socket, request: bytes) -> None:
    name = request.split()[1].rpartition(b"/")[2].decode(errors="replace") or "index"
    plant(name)
    connection.sendall(b"HTTP/1.1 201 Created\r\nContent-Length: 0\r\n\r\n")


attempt.serve_requests(answer)
