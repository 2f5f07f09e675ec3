"""Gives its sockets SO_RCVTIMEO and tries again every 100 ms.

passes: all
fails: none
advice: none
"""

import socket
import struct

from right import Server


class Odd(Server):
    def receive(self, connection):
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVTIMEO, struct.pack("@ll", 0, 100_000))
        while True:
            try:
                return connection.recv(65536)
            except BlockingIOError:
                continue


if __name__ == "__main__":
    Odd.main()
