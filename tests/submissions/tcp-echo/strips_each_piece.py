"""The white space around each piece becomes one line end: right for ordinary lines only.

Caught by: tcp-echo/line_ends
"""

import sys

sys.path[0] += "/.."
from socket_server import SocketServer


class Broken(SocketServer):
    def echoed(self, data):
        return data.strip() + b"\n" if data.endswith(b"\n") and len(data) < 1024 else data


Broken.main()
