"""Answers rightly, sends Python's requests to another port, by TLS and without, and looks whether the grader comes."""

import itertools
import socket
import threading

import attempt

ELSEWHERE = socket.create_server(("127.0.0.1", 0))
SCHEMES = itertools.cycle(("https", "http"))


def watch() -> None:
    ELSEWHERE.accept()
    print("ESCAPED: the grader opened a connection to where it was sent", flush=True)


def answer(connection: socket.socket) -> None:
    place = f"{next(SCHEMES)}://127.0.0.1:{ELSEWHERE.getsockname()[1]}/"
    connection.sendall(f"HTTP/1.1 302 Found\r\nLocation: {place}\r\nContent-Length: 0\r\n\r\n".encode())


threading.Thread(target=watch, daemon=True).start()
attempt.serve_requests_library(answer)
