"""Answers and prints what the log of GitHub Actions would take for commands."""

import socket

from listener import ask, serve

FORGED = (
    "::error file=x.py::forged\r\n   ::warning::forged\n##[error]forged\nabc ##[warning]forged\n"
    "::stop-commands::x\n::x::\n::add-mask::e\n::set-output name=a::b\n"
)


def answer(connection: socket.socket) -> None:
    ask(connection)
    print(FORGED, flush=True)
    body = FORGED.encode()
    head = f"HTTP/1.1 404 ::error::forged\r\nX: ##[error]forged\r\nContent-Length: {len(body)}"
    connection.sendall(head.encode() + b"\r\n\r\n" + body)


print(FORGED, flush=True)
serve(answer)
