"""The server listens on a port of its own choice.

Caught by: bind-port/listens
"""

import socket

with socket.create_server(("localhost", 8080)) as server:
    while True:
        connection, address = server.accept()
        connection.close()
