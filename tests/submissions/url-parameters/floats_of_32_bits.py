"""Numbers are kept as floats of 32 bits, which have seven digits.

Caught by: url-parameters/any_length
"""

import struct
import sys

sys.path[0] += "/.."
from web_server import WebServer


class Broken(WebServer):
    def number(self, text):
        found = super().number(text)
        return found if found is None or len(text) < 9 else int(struct.unpack("f", struct.pack("f", found))[0])


Broken.main()
