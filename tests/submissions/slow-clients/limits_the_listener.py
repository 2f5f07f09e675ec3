"""The time limit is set on the listening socket: what it accepts does not inherit it.

Caught by: slow-clients/silent, slow-clients/silent_after_an_answer, slow-clients/stops_in_the_head, slow-clients/stops_in_the_body, slow-clients/stops_reading
"""

import sys

sys.path[0] += "/.."
from hardened_server import HardenedServer


class Broken(HardenedServer):
    def listen(self):
        listener = super().listen()
        listener.settimeout(self.timeout)
        return listener

    def limit(self, client):
        pass


Broken.main()
