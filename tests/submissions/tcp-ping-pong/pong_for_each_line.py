"""As an echo server does, it answers each time when something comes, until the client closes.

Caught by: tcp-ping-pong/closes, tcp-ping-pong/in_two_segments
"""

import sys

sys.path[0] += "/.."
from socket_server import SocketServer


class Broken(SocketServer):
    def ping_pong(self, client):
        while message := self.message(client):
            self.send(client, self.answer(message))


Broken.main()
