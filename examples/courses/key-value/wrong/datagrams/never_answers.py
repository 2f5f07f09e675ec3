"""The program reads each datagram and answers none.

Caught by: datagrams/answers
"""

import socket


with socket.socket(type=socket.SOCK_DGRAM) as server:
    server.bind(("127.0.0.1", 6379))
    while True:
        server.recvfrom(65535)
