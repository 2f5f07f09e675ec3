"""The socket is one for datagrams (UDP), where HTTP needs a stream (TCP).

Caught by: bind-port/listens
"""

import socket

server = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
server.bind(("localhost", 4221))
while True:
    print(server.recvfrom(1024))
