"""Each connection is closed with a linger time of zero, which resets it.

Caught by: bind-port/accepts
"""

import socket
import struct

with socket.create_server(("localhost", 4221)) as server:
    while True:
        connection, address = server.accept()
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        connection.close()
