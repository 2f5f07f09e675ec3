"""What was not sent when the client closed its half is dropped.

Caught by: tcp-echo/after_the_half_close
"""

import select
import socket
import sys

sys.path[0] += "/.."
from socket_server import SocketServer


class Broken(SocketServer):
    def echo(self, client):
        while data := self.receive(client):
            more, _, _ = select.select([client], [], [], 0.01)
            if more and not client.recv(1, socket.MSG_PEEK):
                return
            self.send(client, data)


Broken.main()
