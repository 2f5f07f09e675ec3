"""Idle connections are waited for, and not closed.

Caught by: shutdown/closes_idle_connections, shutdown/closes_silent_connections
"""

import sys

sys.path[0] += "/.."
from hardened_server import HardenedServer


class Broken(HardenedServer):
    def is_idle(self, client):
        return False


Broken.main()
