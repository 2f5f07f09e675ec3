"""Whether the connection has to be closed is kept in the server: what one client says counts for all after it.

Caught by: keep-alive/closes_no_other
"""

import sys

sys.path[0] += "/.."
from right_server import Server


class Broken(Server):
    connection = ""

    def connection_header(self, request):
        self.connection = super().connection_header(request) or self.connection
        return self.connection


Broken.main()
