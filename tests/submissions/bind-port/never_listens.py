"""The socket is bound, but listen is never called, because the program first waits for its user.

Caught by: bind-port/listens
"""

import socket

server = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
server.bind(("localhost", 4221))
input("Press Enter to start the server")
server.listen()
