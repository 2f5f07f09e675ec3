"""What a client says to its kernel about when segments leave (tcp(7))."""

from __future__ import annotations

import contextlib
import socket


def cork(connection: socket.socket) -> None:
    """What is sent from here on leaves together with the end, when the connection is closed
    (TCP_CORK); where the system has no such option, as soon as it can."""
    if hasattr(socket, "TCP_CORK"):
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_CORK, 1)


def acknowledge_at_once(connection: socket.socket) -> None:
    """What has come is acknowledged now, not 40 ms later (TCP_QUICKACK, which the kernel forgets;
    nothing where the system has no such option).

    A server that sends a head and a body by two calls, without TCP_NODELAY, waits for that before
    the second leaves (Nagle's algorithm, RFC 9293 3.7.4): 22 s in five hundred answers.
    """
    if hasattr(socket, "TCP_QUICKACK") and connection.family != socket.AF_UNIX:
        with contextlib.suppress(OSError):  # it has ended meanwhile
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_QUICKACK, 1)
