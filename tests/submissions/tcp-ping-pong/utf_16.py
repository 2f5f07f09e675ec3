"""The answer is encoded as UTF-16.

Caught by: tcp-ping-pong/answers
"""

import sys

sys.path[0] += "/.."
from socket_server import SocketServer


class Broken(SocketServer):
    pong = "pong\n".encode("utf-16")


Broken.main()
