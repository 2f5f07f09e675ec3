"""The message is read until the client closes, and the client waits for its answer.

Caught by: tcp-ping-pong/answers
"""

import sys

sys.path[0] += "/.."
from socket_server import SocketServer


class Broken(SocketServer):
    def message(self, client):
        message = b""
        while data := self.receive(client):
            message += data
        return message


Broken.main()
