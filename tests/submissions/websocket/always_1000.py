"""A close frame is answered with the code 1000, whatever code came.

Caught by: websocket/code_comes_back
"""

import struct
import sys

sys.path[0] += "/.."
from web_server import WebServer


class Broken(WebServer):
    def close_answer(self, payload):
        return struct.pack("!H", 1000)


Broken.main()
