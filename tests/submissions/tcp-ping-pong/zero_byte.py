"""As in C, the zero byte at the end of the string is sent with it.

Caught by: tcp-ping-pong/only_pong
"""

import sys

sys.path[0] += "/.."
from socket_server import SocketServer


class Broken(SocketServer):
    pong = b"pong\n\0"


Broken.main()
