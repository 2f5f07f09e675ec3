"""A close frame without a code raises.

Caught by: websocket/empty_close
"""

import struct
import sys

sys.path[0] += "/.."
from web_server import WebServer


class Broken(WebServer):
    def close_answer(self, payload):
        code, = struct.unpack("!H", payload[:2])
        return struct.pack("!H", code)


Broken.main()
