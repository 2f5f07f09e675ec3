"""The User-Agent of the first request on a connection is the answer to all who ask for theirs.

Caught by: keep-alive/all_kinds
"""

import sys
import threading

sys.path[0] += "/.."
from right_server import Server


class Broken(Server):
    connection = threading.local()

    def header(self, request, name, default=""):
        found = super().header(request, name, default)
        if name != "User-Agent" or not found:
            return found
        self.connection.agent = getattr(self.connection, "agent", found)
        return self.connection.agent


Broken.main()
