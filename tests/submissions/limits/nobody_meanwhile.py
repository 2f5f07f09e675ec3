"""As long as a client that was refused has not left, nobody else is served.

Caught by: limits/others_are_served
"""

import sys
import threading

sys.path[0] += "/.."
from hardened_server import HardenedServer


LOCK = threading.Lock()


class Broken(HardenedServer):
    def respond(self, request, close):
        with LOCK:
            return super().respond(request, close)

    def turn_away(self, client, status):
        is_first = LOCK.acquire(blocking=False)  # before anybody hears of it
        self.send(client, self.to_bytes(self.refusal(status)))
        if is_first:
            while client.socket.recv(65536):
                pass
            LOCK.release()


Broken.main()
