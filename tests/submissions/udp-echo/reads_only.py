"""Each datagram is printed, and none is sent back.

Caught by: udp-echo/comes_back
"""

import sys

sys.path[0] += "/.."
from socket_server import SocketServer


class Broken(SocketServer):
    def send_datagram(self, endpoint, data, client):
        print(data)


Broken.main()
