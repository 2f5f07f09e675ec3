"""The time limit is for reading: an answer that the client does not read is sent without an end.

Caught by: slow-clients/stops_reading
"""

import sys

sys.path[0] += "/.."
from hardened_server import HardenedServer


class Broken(HardenedServer):
    def send(self, client, data):
        client.socket.settimeout(None)
        super().send(client, data)
        client.socket.settimeout(self.timeout)


Broken.main()
