"""Only the word ping is answered.

Caught by: tcp-ping-pong/any_text
"""

import sys

sys.path[0] += "/.."
from socket_server import SocketServer


class Broken(SocketServer):
    def answer(self, message):
        return self.pong if message.strip() == b"ping" else b"what?\n"


Broken.main()
