"""The connection is kept where all clients share it, so an answer goes to the client that came next.

Caught by: concurrency/reverse_order, concurrency/many_clients
"""

import sys

sys.path[0] += "/.."
from select_server import SelectServer


class Broken(SelectServer):
    def send(self, client, data):
        connected = list(self.clients)
        connected[connected.index(client.socket) :][:2][-1].sendall(data)


Broken.main()
