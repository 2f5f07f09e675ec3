"""As soon as a client has sent its first byte, the loop stays with it until its request is complete.

Caught by: concurrency/half_a_request
"""

import sys

sys.path[0] += "/.."
from select_server import SelectServer


class Broken(SelectServer):
    def take(self, client):
        alive = super().take(client)
        while alive and not self.is_complete(client):
            alive = super().take(client)
        return alive


Broken.main()
