"""The Host is looked at in the first request of a connection only.

Caught by: malformed/refused_later_too
"""

import sys
import threading

sys.path[0] += "/.."
from hardened_server import HardenedServer

connection = threading.local()  # each connection has a thread of its own


class Broken(HardenedServer):
    def check_host(self, request):
        if not getattr(connection, "answered", False):
            super().check_host(request)

    def send(self, client, data):
        super().send(client, data)
        connection.answered = True


Broken.main()
