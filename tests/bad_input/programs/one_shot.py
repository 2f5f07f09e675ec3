"""Serves one client, and ends."""

import socket

from listener import PORT, ok

with socket.create_server(("127.0.0.1", PORT)) as server:
    client, _ = server.accept()
    with client:
        ok(client)
