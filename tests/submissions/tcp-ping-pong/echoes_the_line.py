"""The answer is not pong but the line itself.

Caught by: tcp-ping-pong/answers
"""

import sys

sys.path[0] += "/.."
from socket_server import SocketServer


class Broken(SocketServer):
    def answer(self, message):
        return message


Broken.main()
