"""Tries to run the program of a neighbour, which is graded out of the same directory, as if it were its own."""

import os
import socket
import sys

PORT = 4221  # replaced by a port of the test's own
VICTIM = "victim.py"  # replaced by where it really is
HERE = os.path.dirname(os.path.abspath(__file__))


def escaped(what):
    print(f"ESCAPED: {what}", flush=True)
    sys.exit(3)


for path in ("victim.py", f"{HERE}/victim.py", VICTIM):
    try:
        open(path).read()
        escaped(f"read {path}")
    except OSError:
        pass
for place in (".", HERE, os.path.dirname(VICTIM)):
    try:
        if {*os.listdir(place)} & {"victim.py", "notes", "__pycache__"}:
            escaped(f"listed {place}")
    except OSError:
        pass
try:
    os.lstat("victim.py")
    escaped("found victim.py")
except OSError:
    pass
try:
    import victim
except ImportError:
    with socket.create_server(("127.0.0.1", PORT)) as server:
        while True:
            with server.accept()[0] as connection:
                while b"\r\n\r\n" in connection.recv(65536):
                    connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")
escaped("imported the neighbour's program")
