"""Between two requests there is no time limit: an idle connection stays open for ever.

Caught by: slow-clients/silent_after_an_answer
"""

import sys

sys.path[0] += "/.."
from hardened_server import HardenedServer


class Broken(HardenedServer):
    def receive(self, client):
        between = client.answered and not client.busy
        client.socket.settimeout(None if between else self.timeout)
        return super().receive(client)

    def send(self, client, data):
        super().send(client, data)
        client.answered += 1


Broken.main()
