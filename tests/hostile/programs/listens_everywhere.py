"""Listens on every address, with IPv4 and IPv6, TCP and UDP, and under abstract names, on many ports beside its own."""

import contextlib
import socket

from attempt import TARGETS, serve

held = []
for port in TARGETS["ports"]:
    for family, kind, address in (
        (socket.AF_INET, socket.SOCK_STREAM, ("0.0.0.0", port)), (socket.AF_INET, socket.SOCK_DGRAM, ("0.0.0.0", port)),
        (socket.AF_INET6, socket.SOCK_STREAM, ("::", port)), (socket.AF_INET6, socket.SOCK_DGRAM, ("::", port)),
        (socket.AF_UNIX, socket.SOCK_STREAM, f"\0hostile-{port}"),
    ):
        with contextlib.suppress(OSError):
            listener = socket.socket(family, kind)
            if family == socket.AF_INET6:
                listener.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
            listener.bind(address)
            if kind == socket.SOCK_STREAM:
                listener.listen()
            held.append(listener)
serve()
