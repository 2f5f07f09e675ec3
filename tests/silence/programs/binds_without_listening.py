"""Binds, never listens, and waits for input."""

import socket

server = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
server.bind(("127.0.0.1", 4221))
peer, other = socket.socketpair()
peer.recv(1024)  # here
