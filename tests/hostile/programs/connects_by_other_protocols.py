"""Tries to reach a TCP server outside without connect or by what is not quite TCP: MPTCP, SMC, and TCP Fast Open."""

import ctypes
import socket

from attempt import TARGETS, serve, trying

HERE = ("127.0.0.1", TARGETS["tcp"])
MPTCP, SMC, FASTOPEN, FASTOPEN_CONNECT = 262, 256, 0x20000000, 30
SENDMMSG = ctypes.CDLL(None).sendmmsg


class Piece(ctypes.Structure):
    _fields_ = (("start", ctypes.c_char_p), ("length", ctypes.c_size_t))


class Message(ctypes.Structure):
    _fields_ = (
        ("name", ctypes.c_char_p), ("name_length", ctypes.c_uint), ("pieces", ctypes.POINTER(Piece)),
        ("count", ctypes.c_size_t), ("control", ctypes.c_void_p), ("control_length", ctypes.c_size_t),
        ("flags", ctypes.c_int), ("sent", ctypes.c_uint),
    )  # fmt: skip


for protocol in (MPTCP, SMC):
    with trying(f"connected by protocol {protocol}"), socket.socket(proto=protocol) as client:
        client.settimeout(5)
        client.connect(HERE)
with trying("sendto has connected"), socket.socket() as client:
    client.sendto(b"?", FASTOPEN, HERE)
with trying("sendmsg has connected"), socket.socket() as client:
    client.sendmsg([b"?"], [], FASTOPEN, HERE)
with trying("sendmmsg has connected"), socket.socket() as client:
    address = socket.AF_INET.to_bytes(2, "little") + HERE[1].to_bytes(2, "big") + socket.inet_aton(HERE[0]) + bytes(8)
    message = Message(address, len(address), ctypes.pointer(Piece(b"?", 1)), 1)
    assert SENDMMSG(client.fileno(), ctypes.byref(message), 1, FASTOPEN) == 1
with trying("connected when it sends"), socket.socket() as client:
    client.setsockopt(socket.IPPROTO_TCP, FASTOPEN_CONNECT, 1)
    client.connect(HERE)
    client.send(b"?")
serve()
