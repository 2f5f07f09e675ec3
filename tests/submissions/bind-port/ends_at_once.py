"""The program prepares everything and then comes to the end of main: nothing waits for a client.

Caught by: bind-port/listens
"""

import socket

server = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
server.bind(("localhost", 4221))
print("Server started on port 4221")
