"""The listening socket stays open until the last request is answered: new clients connect, and wait.

Caught by: shutdown/refuses_new_connections
"""

import sys

sys.path[0] += "/.."
from hardened_server import HardenedServer


class Broken(HardenedServer):
    def close_listener(self, listener):
        self.listener = listener


Broken.main()
