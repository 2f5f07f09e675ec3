"""A second line follows pong.

Caught by: tcp-ping-pong/only_pong
"""

import sys

sys.path[0] += "/.."
from socket_server import SocketServer


class Broken(SocketServer):
    pong = b"pong\nbye\n"


Broken.main()
