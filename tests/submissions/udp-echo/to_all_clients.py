"""What one client sends goes to every client that was ever seen, as in a chat.

Caught by: udp-echo/several_clients
"""

import sys

sys.path[0] += "/.."
from socket_server import SocketServer


class Broken(SocketServer):
    seen = ()

    def send_datagram(self, endpoint, data, client):
        self.seen = tuple({*self.seen, client})
        for each in self.seen:
            super().send_datagram(endpoint, data, each)


Broken.main()
