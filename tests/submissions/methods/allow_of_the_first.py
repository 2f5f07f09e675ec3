"""The methods of the first path that is asked for on a connection are those of all the others.

Caught by: methods/all_methods
"""

import sys
import threading

sys.path[0] += "/.."
from hardened_server import HardenedServer

connection = threading.local()  # each connection has a thread of its own


class Broken(HardenedServer):
    def options(self, allowed):
        response = super().options(allowed)
        connection.allow = getattr(connection, "allow", response.headers["Allow"])
        response.headers["Allow"] = connection.allow
        return response


Broken.main()
