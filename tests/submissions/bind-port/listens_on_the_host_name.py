"""The server listens on the address that its machine's name has, 127.0.1.1 on many: localhost is another one.

Caught by: bind-port/listens
"""

import socket

with socket.create_server(("127.0.1.1", 4221)) as server:
    while True:
        connection, address = server.accept()
        connection.close()
