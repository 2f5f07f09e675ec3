"""The server closes as soon as there is a header Connection, whatever it says.

Caught by: keep-alive/ordinary_client
"""

import sys

sys.path[0] += "/.."
from right_server import Server


class Broken(Server):
    def wants_close(self, client, request):
        return bool(self.connection_header(request)) or super().wants_close(client, request)


Broken.main()
