"""The handshake is answered with 200.

Caught by: websocket/text_comes_back
"""

import sys

sys.path[0] += "/.."
from web_server import WebServer


class Broken(WebServer):
    def switching(self):
        return 200


Broken.main()
