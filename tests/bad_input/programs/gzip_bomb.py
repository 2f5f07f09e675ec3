"""Answers everything with a megabyte of gzip that holds a gigabyte of zeros."""

import socket
import struct
import zlib

from listener import HEAD, ask, serve

MEGABYTE = bytes(1 << 20)

squeeze = zlib.compressobj(9, wbits=-15)
block = squeeze.compress(MEGABYTE) + squeeze.flush(zlib.Z_FULL_FLUSH)
checksum = 0
for _ in range(1024):
    checksum = zlib.crc32(MEGABYTE, checksum)
bomb = b"\x1f\x8b\x08\0\0\0\0\0\0\3" + block * 1024 + squeeze.flush() + struct.pack("<II", checksum, 1 << 30)


def answer(connection: socket.socket) -> None:
    ask(connection)
    connection.sendall(HEAD + b"%d\r\nContent-Encoding: gzip\r\n\r\n" % len(bomb) + bomb)


serve(answer)
