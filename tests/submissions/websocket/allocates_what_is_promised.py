"""As many bytes are allocated as a frame announces; where that fails, the program ends.

Caught by: websocket/promises_too_much
"""

import os
import sys

sys.path[0] += "/.."
from web_server import WebServer


class Broken(WebServer):
    def read_length(self, client, length):
        if length == 127:
            length = self.integer(self.exactly(client, 8))
            try:
                bytearray(length)
            except (MemoryError, OverflowError) as error:
                print(error, file=sys.stderr)
                os._exit(1)
            return length
        return super().read_length(client, length)


Broken.main()
