"""The answer is in capital letters.

Caught by: tcp-ping-pong/answers
"""

import sys

sys.path[0] += "/.."
from socket_server import SocketServer


class Broken(SocketServer):
    pong = b"PONG\n"


Broken.main()
