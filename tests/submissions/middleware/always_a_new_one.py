"""Each answer gets a new id, whatever the client has sent.

Caught by: middleware/keeps_the_clients
"""

import sys

sys.path[0] += "/.."
from web_server import WebServer


class Broken(WebServer):
    def request_id(self, request):
        return self.new_id()


Broken.main()
