"""The listening socket has a timeout, and accept raises when no client comes within it.

Caught by: bind-port/stays_up
"""

import socket

with socket.create_server(("localhost", 4221)) as server:
    server.settimeout(0.5)
    while True:
        connection, address = server.accept()
        connection.close()
