"""Ends every connection by a reset, as soon as something has come."""

import socket
import struct

import attempt


def answer(connection: socket.socket) -> None:
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    connection.close()


attempt.serve_by(answer)
