"""After 400 it answers what is left in the buffer, but for uploads, and then closes.

Caught by: pipelining/nothing_behind_is_answered
"""

import sys

sys.path[0] += "/.."
from hardened_server import HardenedServer


class Broken(HardenedServer):
    def turn_away(self, client, status):
        self.send(client, self.to_bytes(self.refusal(status)))
        while client.buffer:
            request = self.read_request(client)
            if request.method != "POST":
                self.send(client, self.to_bytes(self.respond(request, True)))


Broken.main()
