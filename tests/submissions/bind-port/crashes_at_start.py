"""The port is given as text, so bind raises before anything listens.

Caught by: bind-port/listens
"""

import socket

server = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
server.bind(("localhost", "4221"))
server.listen()
while True:
    connection, address = server.accept()
    connection.close()
