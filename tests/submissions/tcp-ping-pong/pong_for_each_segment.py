"""Each segment of the line is answered with a pong of its own.

Caught by: tcp-ping-pong/in_two_segments
"""

import sys

sys.path[0] += "/.."
from socket_server import SocketServer


class Broken(SocketServer):
    def ping_pong(self, client):
        while message := self.message(client):
            self.send(client, self.answer(message))
            if message.endswith(b"\n"):
                break
        self.finish(client)

    def message(self, client):
        return super().message(client)


Broken.main()
