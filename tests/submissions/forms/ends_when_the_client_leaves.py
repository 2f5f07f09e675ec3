"""A client that leaves in the middle of its body ends the program.

Caught by: forms/malformed_is_survived
"""

import os
import sys

sys.path[0] += "/.."
from web_server import WebServer


class Broken(WebServer):
    def read_body(self, client, request):
        body = super().read_body(client, request)
        if body is None:
            os._exit(1)
        return body


Broken.main()
