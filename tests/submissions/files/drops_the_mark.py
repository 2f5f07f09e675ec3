"""Files are read as utf-8-sig where they can be, which drops a byte order mark.

Caught by: files/keeps_the_byte_order_mark
"""

import sys

sys.path[0] += "/.."
from right_server import Server


class Broken(Server):
    def load(self, path):
        return super().load(path).removeprefix(b"\xef\xbb\xbf")


Broken.main()
