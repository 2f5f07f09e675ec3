"""The time limit is for the first byte and for the body: the head is waited for without an end.

Caught by: slow-clients/stops_in_the_head
"""

import sys

sys.path[0] += "/.."
from hardened_server import HardenedServer


class Broken(HardenedServer):
    def read_head(self, client):
        if not client.buffer and not self.receive(client):
            return None
        client.socket.settimeout(None)
        head = super().read_head(client)
        client.socket.settimeout(self.timeout)
        return head


Broken.main()
