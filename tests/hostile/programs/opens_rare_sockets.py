"""Tries to open sockets of every family but Unix's, the Internet's and netlink, such as those to a machine's host."""

import ctypes
import platform
import socket

from attempt import serve, trying

SYSCALL = ctypes.CDLL(None).syscall
SOCKET = 41 if platform.machine() == "x86_64" else 198
USUAL = (socket.AF_UNIX, socket.AF_INET, socket.AF_INET6, socket.AF_NETLINK)
KINDS = (socket.SOCK_STREAM, socket.SOCK_DGRAM, socket.SOCK_RAW, socket.SOCK_SEQPACKET)

for family in {*range(1, 64)} - {*USUAL}:
    for kind in KINDS:
        with trying(f"a socket of family {family}"):
            socket.socket(family, kind).close()
        with trying(f"a socket of family {family}, with bits beyond"):
            assert SYSCALL(SOCKET, ctypes.c_ulong(1 << 32 | family), int(kind), 0) >= 0
        with trying(f"a pair of family {family}"):
            socket.socketpair(family, kind)
serve()
