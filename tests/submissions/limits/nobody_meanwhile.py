"""As long as a client that was refused has not left, nobody else is served.

Caught by: limits/others_are_served
"""

import sys
import threading

sys.path[0] += "/.."
from hardened_server import HardenedServer


LEFT = threading.Condition()


class Broken(HardenedServer):
    turned_away = 0

    def respond(self, request, close):
        with LEFT:
            LEFT.wait_for(lambda: not self.turned_away)
        return super().respond(request, close)

    def turn_away(self, client, status):
        with LEFT:
            self.turned_away += 1
        try:
            self.send(client, self.to_bytes(self.refusal(status)))
            while client.socket.recv(65536):
                pass
        finally:
            with LEFT:
                self.turned_away -= 1
                LEFT.notify_all()


Broken.main()
