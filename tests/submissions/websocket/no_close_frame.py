"""A close frame ends the connection, and is not answered.

Caught by: websocket/close
"""

import sys

sys.path[0] += "/.."
from web_server import WebServer


class Broken(WebServer):
    def close(self, client, payload):
        pass


Broken.main()
